import Chronicle
import Foundation
import Testing
import Timekeeping

@Suite("A timetable")
struct TimetableTests {
    private func timetable(_ change: (inout Timetable) throws -> Void = { _ in }) throws -> Timetable {
        var timetable = try Sample.malaysia().timetable
        try change(&timetable)
        return timetable
    }

    @Test("Another zone than its own is refused")
    func otherZone() throws {
        let expected = TimetableError.otherZone(try calendarName("MY"), wanted: try zoneName("Asia/Kuala_Lumpur"), given: try zoneName("Europe/Berlin"))
        #expect(throws: expected) { try BusinessCalendar(timetable(), in: Sample.berlin()) }
        #expect(expected.description == "the calendar MY is kept in Asia/Kuala_Lumpur, but was given the zone Europe/Berlin")
    }

    @Test("A horizon turned round, or of centuries, is refused")
    func horizon() throws {
        let turned = try timetable { $0.through = try day("2025-12-31") }
        #expect(throws: TimetableError.endsBeforeItBegins(turned.name, from: turned.from, through: turned.through)) {
            try BusinessCalendar(turned, in: Sample.kualaLumpur())
        }
        let long = try timetable { $0.through = try day("2226-01-01") }
        #expect(throws: TimetableError.horizonTooLong(long.name, years: 201)) { try BusinessCalendar(long, in: Sample.kualaLumpur()) }
    }

    @Test("Two statements about one day are refused")
    func twoExceptions() throws {
        let date = try day("2026-02-14")
        let twice = try timetable { $0.exceptions = [ExceptionalDay(date, hours: [], "a"), ExceptionalDay(date, hours: [.wholeDay], "b")] }
        #expect(throws: TimetableError.twoExceptions(twice.name, date)) { try BusinessCalendar(twice, in: Sample.kualaLumpur()) }
    }

    @Test("A calendar that never opens is refused")
    func neverOpen() throws {
        let closed = try timetable { $0.week = WeeklyHours([:]) }
        #expect(throws: TimetableError.neverOpen(closed.name)) { try BusinessCalendar(closed, in: Sample.kualaLumpur()) }
    }

    @Test("An exception wins over a holiday, and may open or close a day")
    func exceptions() throws {
        let worked = try timetable {
            $0.exceptions = [
                ExceptionalDay(try day("2026-08-31"), hours: [try hours("10:00-14:00")], "stocktaking"),
                ExceptionalDay(try day("2026-08-29"), hours: [try hours("09:00-12:00")], "working Saturday"),
                ExceptionalDay(try day("2026-08-28"), hours: [], "office moves"),
            ]
        }
        let calendar = try BusinessCalendar(worked, in: Sample.kualaLumpur())
        #expect(try calendar.isBusinessDay(day("2026-08-31")))
        #expect(try calendar.isBusinessDay(day("2026-08-29")))
        #expect(try !calendar.isBusinessDay(day("2026-08-28")))
        // Friday closed, Saturday 3 h, Sunday closed, Monday 4 h.
        #expect(try calendar.workingTime(from: at("2026-08-28T00:00:00+08:00"), to: at("2026-09-01T00:00:00+08:00")) == .hours(7))
        #expect(calendar.holidays(in: try day("2026-08-01")...day("2026-08-31")).isEmpty)
    }

    @Test("Two feasts on one day are both named")
    func twoFeasts() throws {
        let twice = try timetable { $0.holidays.append(Holiday(try day("2026-05-01"), "Wesak Day")) }
        let calendar = try BusinessCalendar(twice, in: Sample.kualaLumpur())
        #expect(calendar.holidays(in: try day("2026-05-01")...day("2026-05-01")).map(\.name) == ["Labour Day and Wesak Day"])
    }

    @Test("is the same after it was stored and read")
    func codable() throws {
        let timetable = try timetable()
        #expect(try JSONDecoder().decode(Timetable.self, from: JSONEncoder().encode(timetable)) == timetable)
    }
}
