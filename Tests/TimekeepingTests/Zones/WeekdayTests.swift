import Testing
import Timekeeping

@Suite("A weekday")
struct WeekdayTests {
    @Test(
        "is right before and after 1970",
        arguments: [
            ("1970-01-01", Weekday.thursday), ("1969-12-31", .wednesday), ("2026-11-22", .sunday), ("2000-02-29", .tuesday), ("1900-01-01", .monday),
        ])
    func ofDate(date: String, weekday: Weekday) throws {
        #expect(Weekday(of: try day(date)) == weekday)
    }
}
