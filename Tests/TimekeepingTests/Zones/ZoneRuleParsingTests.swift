import Foundation
import Testing

@testable import Timekeeping

@Suite("Reading a POSIX TZ string")
struct ZoneRuleParsingTests {
    @Test(
        "What is not a rule is refused at the character where it stops being one",
        arguments: [
            ("", 0, ZoneRuleError.Expectation.name),
            ("UT0", 2, .name),
            ("<+08-8", 6, .name),
            ("CET", 3, .offset),
            ("CET-25", 6, .offsetInRange),
            ("CET-1:60", 8, .offset),
            ("CET-1CEST", 9, .daylightRule),
            ("CET-1CEST,M3.5.0", 16, .comma),
            ("CET-1CEST,M13.5.0,M10.5.0", 13, .month),
            ("CET-1CEST,M3.6.0,M10.5.0", 14, .week),
            ("CET-1CEST,M3.5.7,M10.5.0", 16, .weekday),
            ("CET-1CEST,M3-5.0,M10.5.0", 12, .point),
            ("CET-1CEST,J0,J365", 12, .julianDay),
            ("CET-1CEST,366,J365", 13, .dayOfYear),
            ("CET-1CEST,M3.5.0/x,M10.5.0", 17, .time),
            ("CET-1CEST,M3.5.0/168,M10.5.0", 20, .timeInRange),
            ("CET-1CEST,M3.5.0,M10.5.0/3 ", 26, .end),
        ])
    func refused(text: String, position: Int, expected: ZoneRuleError.Expectation) {
        let error = #expect(throws: ZoneRuleError.self) { try ZoneRule(parsing: text) }
        #expect(error?.position == position)
        #expect(error?.expected == expected)
        #expect(error?.description.contains("“\(text)” is not a time zone rule") == true)
    }

    @Test(
        "Offsets count eastwards, whatever the text does",
        arguments: [
            ("UTC0", 0), ("EST5EDT,M3.2.0,M11.1.0", -18_000), ("<+08>-8", 28_800), ("IST-5:30", 19_800), ("<+0545>-5:45", 20_700), ("LMT0:01:15", -75),
        ])
    func offsets(text: String, seconds: Int) throws {
        #expect(try ZoneRule(parsing: text).standard.offsetSeconds == seconds)
    }

    @Test(
        "Written back it is the same text",
        arguments: [
            "UTC0", "<+08>-8", "EST5EDT,M3.2.0,M11.1.0", "IST-1GMT0,M10.5.0,M3.5.0/1", "<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", "IST-2IDT,M3.4.4/26,M10.5.0",
            "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "EST5EDT,0/0,J365/25", "XXX-2YYY,J60/1:30,59/0:00:01",
        ])
    func roundTrip(text: String) throws {
        let rule = try ZoneRule(parsing: text)
        #expect(rule.description == text)
        #expect(try JSONDecoder().decode(ZoneRule.self, from: JSONEncoder().encode(rule)) == rule)
    }

    @Test("A rule that does not read is refused when decoding, with the same sentence")
    func decoding() {
        let error = #expect(throws: DecodingError.self) { try JSONDecoder().decode(ZoneRule.self, from: Data("\"CET\"".utf8)) }
        guard case .dataCorrupted(let context)? = error else { Issue.record("another error: \(String(describing: error))"); return }
        #expect(context.debugDescription.contains("an offset like 5"))
    }
}
