import Chronicle
import Testing

@testable import Timekeeping

@Suite("The day on which clocks change")
struct ClockChangeTests {
    @Test(
        "is found in every kind of notation",
        arguments: [
            ("M3.2.0", 2026, "2026-03-08"), ("M11.1.0", 2026, "2026-11-01"), ("M3.5.0", 2026, "2026-03-29"), ("M10.5.0", 2025, "2025-10-26"),
            ("M2.5.0", 2026, "2026-02-22"), ("M2.5.4", 2024, "2024-02-29"), ("M10.1.4", 2026, "2026-10-01"),
            ("J60", 2024, "2024-03-01"), ("J60", 2025, "2025-03-01"), ("J59", 2024, "2024-02-28"), ("J365", 2024, "2024-12-31"),
            ("59", 2024, "2024-02-29"), ("59", 2025, "2025-03-01"), ("0", 2025, "2025-01-01"), ("365", 2024, "2024-12-31"),
        ])
    func day(text: String, year: Int, date: String) throws {
        let rule = try ZoneRule(parsing: "STD0DST,\(text)/0,J1")
        let second = try #require(rule.daylight).starts.localSecond(inYear: year)
        #expect(CivilDate(dayNumber: Int(second / 86_400)).description == date)
    }

    @Test("may be reached by hours before or beyond a day")
    func hoursOutsideTheDay() throws {
        let rule = try ZoneRule(parsing: "IST-2IDT,M3.4.4/26,M10.5.0/-1")
        let daylight = try #require(rule.daylight)
        // Thursday 26 March 2026 + 26 hours is Friday 02:00; Sunday 25 October 2026 − 1 hour is Saturday 23:00.
        #expect(Instant(seconds: daylight.starts.localSecond(inYear: 2026)) == (try at("2026-03-27T02:00:00Z")))
        #expect(Instant(seconds: daylight.ends.localSecond(inYear: 2026)) == (try at("2026-10-24T23:00:00Z")))
    }
}
