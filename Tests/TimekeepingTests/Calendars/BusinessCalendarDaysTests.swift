import Chronicle
import Testing
import Timekeeping

@Suite("Business days")
struct BusinessCalendarDaysTests {
    @Test("Days outside the horizon are refused", arguments: ["2025-12-31", "2028-01-01"])
    func beyondHorizon(date: String) throws {
        let calendar = try Sample.malaysia()
        let date = try day(date)
        #expect(throws: CalendarError.self) { try calendar.isBusinessDay(date) }
        #expect(throws: CalendarError.self) { try calendar.businessDay(1, after: date) }
        #expect(throws: CalendarError.self) { try calendar.businessDay(1_000, after: day("2026-06-01")) }
        #expect(throws: CalendarError.self) { try calendar.businessDay(-1_000, after: day("2026-06-01")) }
        #expect(throws: CalendarError.self) { try calendar.businessDay(.max, after: day("2026-06-01")) }
        #expect(throws: CalendarError.self) { try calendar.businessDay(.min, after: day("2026-06-01")) }
        #expect(throws: CalendarError.self) { try calendar.closing(of: day("2027-12-31").adding(days: 1)) }
    }

    @Test(
        "The day of receipt is day 0; closed days do not count",
        arguments: [
            (1, "2026-03-03", "2026-03-04"), (10, "2026-03-03", "2026-03-17"), (1, "2026-03-06", "2026-03-09"), (1, "2026-03-07", "2026-03-09"),
            (1, "2026-03-19", "2026-03-23"), (0, "2026-03-19", "2026-03-19"), (0, "2026-03-20", "2026-03-23"), (-1, "2026-03-23", "2026-03-19"),
            (-5, "2026-03-03", "2026-02-24"), (-1, "2026-03-21", "2026-03-19"),
        ])
    func counted(count: Int, date: String, expected: String) throws {
        #expect(try Sample.malaysia().businessDay(count, after: day(date)) == day(expected))
    }

    @Test(
        "end by the convention that the rule states",
        arguments: [
            (DayEnd.endOfDay, "2026-03-17T16:00:00Z"), (.sameTime, "2026-03-17T02:00:00Z"), (.closeOfBusiness, "2026-03-17T10:00:00Z"),
        ])
    func conventions(end: DayEnd, expected: String) throws {
        #expect(try Sample.malaysia().adding(businessDays: 10, to: at("2026-03-03T10:00:00+08:00"), until: end) == at(expected))
    }

    @Test("The date of receipt is the one on the calendar's own wall")
    func zoneOfCalendar() throws {
        // 17:30 UTC on the 3rd is 01:30 on the 4th in Kuala Lumpur.
        #expect(try Sample.malaysia().adding(businessDays: 1, to: at("2026-03-03T17:30:00Z")) == at("2026-03-05T16:00:00Z"))
    }

    @Test("A night that ends in the morning makes no business day of it")
    func nights() throws {
        let desk = try Sample.nightDesk(in: Sample.kualaLumpur())
        #expect(try desk.isBusinessDay(day("2026-03-06")))
        #expect(try !desk.isBusinessDay(day("2026-03-07")))
        #expect(try desk.closing(of: day("2026-03-06")) == at("2026-03-07T06:00:00+08:00"))
        #expect(desk.businessDate(at: try at("2026-03-07T03:00:00+08:00")) == (try day("2026-03-06")))
    }

    @Test(
        "The close of business is the last closing, in whatever order the hours are written",
        arguments: [
            ["14:00-18:00", "09:00-13:00"], ["09:00-13:00", "14:00-18:00"], ["09:00-18:00", "10:00-11:00"],
        ])
    func lastClosing(texts: [String]) throws {
        var timetable = try Sample.malaysia().timetable
        timetable.week = WeeklyHours([.tuesday: try texts.map { try hours($0) }])
        let calendar = try BusinessCalendar(timetable, in: Sample.kualaLumpur())
        #expect(try calendar.closing(of: day("2026-03-03")) == at("2026-03-03T18:00:00+08:00"))
        // A closed day closes when the next business day does.
        #expect(try calendar.closing(of: day("2026-03-04")) == at("2026-03-10T18:00:00+08:00"))
    }

    @Test("counted between dates agree with a walk from day to day")
    func walk() throws {
        let calendar = try Sample.malaysia()
        let (from, to) = (try day("2026-01-01"), try day("2026-12-31"))
        var walked = 0
        for number in from.dayNumber..<to.dayNumber where try calendar.isBusinessDay(CivilDate(dayNumber: number)) { walked += 1 }
        #expect(try calendar.businessDays(from: from, to: to) == walked)
        #expect(try calendar.businessDays(from: to, to: from) == -walked)
        // 261 weekdays in 2026, without Thursday the 31st of December, and the holidays on weekdays.
        #expect(walked == 257)
    }

    @Test("Holidays that fall on a day off are not told as skipped")
    func holidays() throws {
        let march = try Sample.malaysia().holidays(in: day("2026-03-01")...day("2026-03-31"))
        #expect(march.map(\.date) == [try day("2026-03-20")])
    }

    @Test(
        "Calendar days, weeks and months go by the calendar",
        arguments: [
            ("2026-03-28T09:00:00Z", "days", 1, Zone.CivilEnd.sameTime, "2026-03-29T08:00:00Z"),
            ("2026-03-28T09:00:00Z", "days", 1, .endOfDay, "2026-03-29T22:00:00Z"),
            ("2026-10-18T09:00:00Z", "weeks", 1, .sameTime, "2026-10-25T10:00:00Z"),
            ("2026-01-31T09:00:00Z", "months", 1, .sameTime, "2026-02-28T09:00:00Z"),
            ("2026-12-31T09:00:00Z", "months", 2, .endOfDay, "2027-02-28T23:00:00Z"),
            ("2026-03-05T09:00:00Z", "days", -5, .endOfDay, "2026-02-28T23:00:00Z"),
        ])
    func civil(from: String, unit: String, count: Int, end: Zone.CivilEnd, expected: String) throws {
        let zone = try Sample.berlin()
        let start = try at(from)
        let found =
            switch unit {
            case "days": zone.adding(days: count, to: start, until: end)
            case "weeks": zone.adding(weeks: count, to: start, until: end)
            default: zone.adding(months: count, to: start, until: end)
            }
        #expect(found == (try at(expected)))
    }
}
