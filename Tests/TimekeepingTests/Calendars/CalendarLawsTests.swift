import Chronicle
import TestKit
import Testing
import Timekeeping

/// Random calendars, checked against the slowest calendar there is: one that asks of each minute whether the wall clock shows working hours.
@Suite("The laws of working time")
struct CalendarLawsTests {
    /// A random calendar of a season with a clock change in it. Hours begin and end outside 00:00…03:59, where wall clocks may show a time twice.
    private func calendar(_ random: inout Seeded) throws -> BusinessCalendar {
        let zones = [try Sample.newYork(), try Sample.berlin(), try Sample.kualaLumpur(), try zone("Australia/Sydney", "AEST-10AEDT,M10.1.0,M4.1.0/3")]
        let zone = zones[Int.random(in: 0..<zones.count, using: &random)]
        var week: [Weekday: [OpeningHours]] = [:]
        for weekday in Weekday.allCases {
            switch Int.random(in: 0...5, using: &random) {
            case 0: week[weekday] = []
            case 1: week[weekday] = [.wholeDay]
            case 2: week[weekday] = [try stretch(18...23, 4...9, &random)]
            case 3: week[weekday] = [try stretch(4...8, 9...12, &random), try stretch(13...15, 16...23, &random)]
            default: week[weekday] = [try stretch(6...10, 15...20, &random)]
            }
        }
        if week.values.allSatisfy(\.isEmpty) { week[.wednesday] = [.wholeDay] }
        let from = try day(Bool.random(using: &random) ? "2026-03-01" : "2026-09-15")
        let holidays = (0..<5).map { Holiday(from.adding(days: Int.random(in: 0...60, using: &random)), "holiday \($0)") }
        let timetable = Timetable(
            name: try calendarName("random"), title: "random", zone: zone.name, week: WeeklyHours(week), holidays: holidays,
            from: from, through: from.adding(days: 60))
        return try BusinessCalendar(timetable, in: zone)
    }

    private func stretch(_ opens: ClosedRange<Int>, _ closes: ClosedRange<Int>, _ random: inout Seeded) throws -> OpeningHours {
        let half = { (hour: Int, random: inout Seeded) in hour * 3_600 + (Bool.random(using: &random) ? 1_800 : 0) }
        let opening = try #require(TimeOfDay(secondsOfDay: half(Int.random(in: opens, using: &random), &random)))
        let closing = try #require(TimeOfDay(secondsOfDay: half(Int.random(in: closes, using: &random), &random)))
        return OpeningHours(opens: opening, closes: closing)
    }

    /// Is the wall clock inside working hours of today, or of a night that began yesterday?
    private func isOpen(_ calendar: BusinessCalendar, _ holidays: Set<CivilDate>, _ instant: Instant) -> Bool {
        let local = calendar.zone.local(instant)
        let hours = { (date: CivilDate) in holidays.contains(date) ? [] : calendar.timetable.week[Weekday(of: date)] }
        let second = local.secondOfDay
        return hours(local.date).contains { $0.opens.secondsOfDay <= second && ($0.crossesMidnight || second < $0.closes.secondsOfDay) }
            || hours(local.date.adding(days: -1)).contains { $0.crossesMidnight && second < $0.closes.secondsOfDay }
    }

    @Test("A walk minute by minute finds the same", arguments: UInt64(1)...16)
    func bruteForce(seed: UInt64) throws {
        var random = Seeded(seed)
        let calendar = try calendar(&random)
        let holidays = Set(calendar.timetable.holidays.map(\.date))
        let begin = calendar.horizon.lowerBound
        let minutes = Int((calendar.horizon.upperBound - begin).milliseconds / 60_000)
        var worked = [0]
        for minute in 0..<minutes {
            worked.append(worked[minute] + (isOpen(calendar, holidays, begin + .minutes(Int64(minute))) ? 1 : 0))
        }
        #expect(try calendar.workingTime(from: begin, to: calendar.horizon.upperBound) == .minutes(Int64(worked[minutes])), "seed \(seed)")
        for _ in 0..<300 {
            let (a, b) = (Int.random(in: 0...minutes, using: &random), Int.random(in: 0...minutes, using: &random))
            let (start, end) = (begin + .minutes(Int64(a)), begin + .minutes(Int64(b)))
            #expect(try calendar.workingTime(from: start, to: end) == .minutes(Int64(worked[b] - worked[a])), "seed \(seed), \(start)…\(end)")
            guard a < minutes else { continue }
            #expect(try calendar.isOpen(at: start) == (worked[a + 1] > worked[a]), "seed \(seed), \(start)")
            let span = Int.random(in: 1...3_000, using: &random)
            if let found = worked[a...].firstIndex(of: worked[a] + span) {
                #expect(try calendar.instant(after: .minutes(Int64(span)), from: start) == begin + .minutes(Int64(found)), "seed \(seed), \(start)")
            } else {
                #expect(throws: CalendarError.self, "seed \(seed), \(start)") { try calendar.instant(after: .minutes(Int64(span)), from: start) }
            }
        }
    }

    @Test("Working time adds up, never shrinks, and leads back to where it was counted", arguments: UInt64(100)...130)
    func laws(seed: UInt64) throws {
        var random = Seeded(seed)
        let calendar = try calendar(&random)
        let range = calendar.horizon.lowerBound.milliseconds...calendar.horizon.upperBound.milliseconds
        for _ in 0..<200 {
            let (a, b, c) = (
                Instant(milliseconds: .random(in: range, using: &random)), Instant(milliseconds: .random(in: range, using: &random)),
                Instant(milliseconds: .random(in: range, using: &random))
            )
            let (ab, bc, ac) = (try calendar.workingTime(from: a, to: b), try calendar.workingTime(from: b, to: c), try calendar.workingTime(from: a, to: c))
            #expect(ab + bc == ac, "seed \(seed)")
            #expect((ab >= .zero) == (a <= b) || ab == .zero, "seed \(seed)")
            guard a <= b else { continue }
            #expect(ab <= b - a, "seed \(seed)")
            let back = try calendar.instant(after: ab, from: a)
            #expect(back <= b, "seed \(seed): the earliest such instant is not after \(b)")
            #expect(try calendar.workingTime(from: a, to: back) == ab, "seed \(seed)")
            #expect(try calendar.workingTime(from: back, to: b) == .zero, "seed \(seed)")
            let opening = try? calendar.nextOpening(after: b)
            if let opening { #expect(try calendar.isOpen(at: opening) && opening > b, "seed \(seed)") }
        }
    }
}
