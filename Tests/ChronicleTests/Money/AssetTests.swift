import Testing

@testable import Chronicle

@Suite("Assets")
struct AssetTests {
    @Test(
        "A code or a precision out of range is refused",
        arguments: [("", 2), ("usdt", 6), ("ABCDEFGHIJKLM", 2), ("EUR", -1), ("EUR", 19), ("E R", 2), ("É", 2)])
    func refused(code: String, decimals: Int) { #expect(Asset(code: code, decimals: decimals) == nil) }

    @Test("One unit has ten to the decimals minor units", arguments: 0...18)
    func units(decimals: Int) throws {
        let asset = try #require(Asset(code: "BTC-1.X", decimals: decimals))
        #expect(String(asset.minorUnitsPerUnit) == "1" + String(repeating: "0", count: decimals))
    }
}
