import Chronicle
import Foundation
import Testing
import Timekeeping

@Suite("A measure of time")
struct MeasureTests {
    @Test(
        "What is not a measure is refused",
        arguments: [
            "", "10", "ten CD", "10 cd", "10  CD", "10 BD", "10 BD M Y", "10 CD MY", "4 h working", "4 h resting MY", "-4 h", "101 Y", "36501 CD",
            "99999999999999999999 CD", "9999999999 h",
            "1.5 h",
        ])
    func refused(text: String) {
        #expect(Measure(text) == nil)
    }

    @Test(
        "Read and written it stays what it is",
        arguments: [
            ("90 min", "90 min"), ("72 h", "72 h"), ("3 d", "72 h"), ("60 min", "1 h"), ("1500 ms", "1500 ms"), ("0 h", "0 min"), ("30 CD", "30 CD"),
            ("-5 CD", "-5 CD"), ("8 W", "8 W"),
            ("2 M", "2 M"), ("10 BD MY", "10 BD MY"), ("4 h working desk-kl", "4 h working desk-kl"),
        ])
    func roundTrip(text: String, written: String) throws {
        let measure = try measure(text)
        #expect(measure.description == written)
        #expect(Measure(written) == measure)
        #expect(try JSONDecoder().decode([Measure].self, from: JSONEncoder().encode([measure])) == [measure])
    }

    @Test(
        "is said in words",
        arguments: [
            ("10 BD MY", "10 business days of MY"), ("1 CD", "1 calendar day"), ("8 W", "8 weeks"), ("1 M", "1 month"),
            ("4 h working MY", "4 h of working time of MY"), ("72 h", "72 h"),
        ])
    func phrase(text: String, said: String) throws {
        #expect(try measure(text).phrase() == said)
    }
}
