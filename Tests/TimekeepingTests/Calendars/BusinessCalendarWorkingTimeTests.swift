import Chronicle
import Testing
import Timekeeping

@Suite("Working time")
struct BusinessCalendarWorkingTimeTests {
    @Test("Beyond the horizon there is no answer", arguments: ["2025-12-31T15:59:59.999Z", "2027-12-31T16:00:00.001Z"])
    func beyondHorizon(text: String) throws {
        let calendar = try Sample.malaysia()
        let expected = CalendarError.beyondHorizon(calendar.name, from: try day("2026-01-01"), through: try day("2027-12-31"))
        let (outside, inside) = (try at(text), try at("2026-06-01T00:00:00Z"))
        #expect(throws: expected) { try calendar.workingTime(from: inside, to: outside) }
        #expect(throws: expected) { try calendar.workingTime(from: outside, to: inside) }
        #expect(throws: expected) { try calendar.instant(after: .hours(1), from: outside) }
        #expect(throws: expected) { try calendar.isOpen(at: outside) }
        #expect(throws: expected) { try calendar.nextOpening(after: outside) }
        #expect(throws: expected) { try calendar.instant(after: .days(4_000), from: inside) }
        #expect(throws: expected) { try calendar.instant(after: Span(milliseconds: .max), from: inside) }
        #expect(throws: expected) { try calendar.nextOpening(after: at("2027-12-31T10:00:00Z")) }
    }

    @Test("Negative working time cannot be added")
    func negative() throws {
        let calendar = try Sample.malaysia()
        #expect(throws: CalendarError.negativeWorkingTime(.hours(-1))) { try calendar.instant(after: .hours(-1), from: at("2026-06-01T00:00:00Z")) }
    }

    @Test(
        "counts only what lies in working hours",
        arguments: [
            ("2026-03-03T10:00:00+08:00", "2026-03-03T12:30:00+08:00", 150),
            ("2026-03-03T07:00:00+08:00", "2026-03-03T10:00:00+08:00", 60),
            ("2026-03-03T17:00:00+08:00", "2026-03-04T10:00:00+08:00", 120),
            ("2026-03-06T17:00:00+08:00", "2026-03-09T10:00:00+08:00", 120),  // over a weekend
            ("2026-03-19T17:00:00+08:00", "2026-03-23T10:00:00+08:00", 120),  // over Hari Raya and the weekend
            ("2026-03-07T00:00:00+08:00", "2026-03-08T23:00:00+08:00", 0),
            ("2026-03-03T12:30:00+08:00", "2026-03-03T10:00:00+08:00", -150),
        ])
    func counted(from: String, to: String, minutes: Int64) throws {
        #expect(try Sample.malaysia().workingTime(from: at(from), to: at(to)) == .minutes(minutes))
    }

    @Test(
        "added ends in working hours, at a closing rather than at the next opening",
        arguments: [
            (60, "2026-03-03T10:00:00+08:00", "2026-03-03T11:00:00+08:00"),
            (60, "2026-03-03T17:00:00+08:00", "2026-03-03T18:00:00+08:00"),
            (61, "2026-03-03T17:00:00+08:00", "2026-03-04T09:01:00+08:00"),
            (1, "2026-03-07T10:00:00+08:00", "2026-03-09T09:01:00+08:00"),
            (540 * 3, "2026-03-18T09:00:00+08:00", "2026-03-23T18:00:00+08:00"),
            (0, "2026-03-07T10:00:00+08:00", "2026-03-07T10:00:00+08:00"),
        ])
    func added(minutes: Int64, from: String, to: String) throws {
        #expect(try Sample.malaysia().instant(after: .minutes(minutes), from: at(from)) == at(to))
    }

    @Test("Openings are inside, closings outside")
    func open() throws {
        let calendar = try Sample.malaysia()
        #expect(try calendar.isOpen(at: at("2026-03-03T09:00:00+08:00")))
        #expect(try !calendar.isOpen(at: at("2026-03-03T18:00:00+08:00")))
        #expect(try !calendar.isOpen(at: at("2026-03-20T10:00:00+08:00")))
        #expect(try !calendar.isOpen(at: at("2026-01-01T00:00:00+08:00")))
        #expect(try calendar.nextOpening(after: at("2026-03-03T09:00:00+08:00")) == at("2026-03-04T09:00:00+08:00"))
        #expect(try calendar.nextOpening(after: at("2026-03-19T18:00:00+08:00")) == at("2026-03-23T09:00:00+08:00"))
        #expect(try calendar.firstOpen(from: at("2026-03-03T09:30:00+08:00")) == at("2026-03-03T09:30:00+08:00"))
        #expect(try calendar.firstOpen(from: at("2026-03-03T18:00:00+08:00")) == at("2026-03-04T09:00:00+08:00"))
    }

    @Test(
        "A night in which the clocks change has seven or nine hours",
        arguments: [
            ("2026-03-06", 8), ("2026-03-28", 7), ("2026-10-24", 9),
        ])
    func clockChange(date: String, hoursExpected: Int64) throws {
        let zone = try Sample.berlin()
        var timetable = try Sample.nightDesk(in: zone).timetable
        timetable.week = WeeklyHours(Dictionary(uniqueKeysWithValues: try Weekday.allCases.map { ($0, [try hours("22:00-06:00")]) }))
        let desk = try BusinessCalendar(timetable, in: zone)
        let evening = zone.instant(of: try day(date), secondsOfDay: 12 * 3_600)
        #expect(try desk.workingTime(from: evening, to: evening + .hours(24)) == .hours(hoursExpected))
    }

    @Test("The night before the first day reaches into it")
    func nightBeforeHorizon() throws {
        // 31 December 2025 was a Wednesday, a working night.
        let desk = try Sample.nightDesk(in: Sample.kualaLumpur())
        #expect(try desk.workingTime(from: at("2026-01-01T00:00:00+08:00"), to: at("2026-01-01T12:00:00+08:00")) == .hours(6))
    }

    @Test("Around the clock every minute counts")
    func aroundTheClock() throws {
        var timetable = try Sample.malaysia().timetable
        timetable.week = .aroundTheClock
        timetable.holidays = []
        let calendar = try BusinessCalendar(timetable, in: Sample.kualaLumpur())
        let (from, to) = (calendar.horizon.lowerBound, calendar.horizon.upperBound)
        #expect(try calendar.workingTime(from: from, to: to) == .days(730))
        #expect(try calendar.instant(after: .days(730), from: from) == to)
    }
}
