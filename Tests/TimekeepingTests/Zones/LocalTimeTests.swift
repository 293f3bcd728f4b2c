import Chronicle
import Testing
import Timekeeping

@Suite("A local time")
struct LocalTimeTests {
    @Test("Midnight as an end is 24:00 of the day that ends")
    func asEnd() throws {
        let midnight = LocalTime(date: try day("2026-03-01"), millisecondOfDay: 0)
        #expect(midnight.asEnd == "28 Feb 2026 24:00")
        #expect(midnight.description == "1 Mar 2026 00:00")
    }

    @Test("shows seconds only when there are any")
    func seconds() throws {
        #expect(LocalTime(date: try day("2026-11-22"), millisecondOfDay: 36_000_000).asEnd == "22 Nov 2026 10:00")
        #expect(LocalTime(date: try day("2026-11-22"), millisecondOfDay: 36_007_000).description == "22 Nov 2026 10:00:07")
    }
}
