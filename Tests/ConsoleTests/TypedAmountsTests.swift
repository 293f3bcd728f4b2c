import Chronicle
import Foundation
import Testing

@testable import Console

@Suite("What people type")
struct TypedAmountsTests {
    @Test(
        "An amount is understood as it is meant, or not at all",
        arguments: [
            ("1150", "1150.000000"), ("1150.5", "1150.500000"), ("1,150.50", "1150.500000"), ("1.150,50", "1150.500000"), ("1150,50", "1150.500000"),
            ("1,150", "1150.000000"), ("1,150,000", "1150000.000000"), ("1 150,5", "1150.500000"), ("1’150.50", "1150.500000"), ("0", "0.000000"),
            ("50 usdt", "50.000000"), ("1150.123456", "1150.123456"), ("", nil), ("-5", nil), ("1e3", nil), ("12.1234567", nil), ("a lot", nil),
            ("1.2.3", nil), ("٣", nil), ("0x10", nil),
        ] as [(String, String?)])
    func amounts(typed: String, number: String?) throws {
        let asset = try #require(Asset(code: "USDT", decimals: 6))
        #expect(OfferPage.amount(typed, of: asset)?.number == number)
    }

    @Test(
        "A claim's amount names its coin",
        arguments: [
            ("500 USDT", "500 USDT"), ("1,200.50 usdt", "1200.50 USDT"), ("500", nil), ("USDT", nil), ("five USDT", nil), ("5 6 USDT", nil), ("", nil),
        ] as [(String, String?)])
    func claimed(typed: String, amount: String?) { #expect(FilingPage.amount(typed)?.description == amount) }
}
