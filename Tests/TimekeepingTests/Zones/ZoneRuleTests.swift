import Chronicle
import Testing

@testable import Timekeeping

@Suite("A zone rule")
struct ZoneRuleTests {
    @Test(
        "One second before the change the old offset holds",
        arguments: [
            ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T01:00:00Z", 3_600, 7_200),
            ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T01:00:00Z", 7_200, 3_600),
            ("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T07:00:00Z", -18_000, -14_400),
            ("EST5EDT,M3.2.0,M11.1.0", "2026-11-01T06:00:00Z", -14_400, -18_000),
            // Ireland's winter time is its daylight time, one hour less.
            ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-10-25T01:00:00Z", 3_600, 0),
            // The south: daylight time over the new year.
            ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-04-04T16:00:00Z", 39_600, 36_000),
            ("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", "2022-03-27T01:00:00Z", -10_800, -7_200),
        ])
    func changes(rule: String, instant: String, before: Int, after: Int) throws {
        let rule = try ZoneRule(parsing: rule)
        let second = try at(instant).milliseconds / 1_000
        #expect(rule.offsetSeconds(at: second - 1) == before)
        #expect(rule.offsetSeconds(at: second) == after)
    }

    @Test("that is always daylight time has no gap at the new year")
    func alwaysDaylight() throws {
        let rule = try ZoneRule(parsing: "EST5EDT,0/0,J365/25")
        let newYear = try at("2027-01-01T05:00:00Z").milliseconds / 1_000
        for second in newYear - 7_200...newYear + 7_200 where rule.offsetSeconds(at: second) != -14_400 {
            Issue.record("standard time at \(Instant(seconds: second))")
            break
        }
    }
}
