import Chronicle

/// The tables behind a `BusinessCalendar`. Made once, then only read.
final class CompiledTimetable: Sendable {
    let timetable: Timetable
    let zone: Zone
    let begins: Instant
    let ends: Instant

    /// Where each stretch of working time starts, in milliseconds; stretches neither touch nor overlap.
    let opens: SortedIndex
    /// Where each ends.
    let closes: ContiguousArray<Int64>
    /// Working milliseconds before each stretch; ascending, from 0.
    let worked: SortedIndex
    let workedInAll: Int64

    let firstDay: Int
    /// Business days before each day of the horizon, and in all.
    let businessDaysBefore: ContiguousArray<Int32>
    /// The day number of each business day.
    let businessDays: ContiguousArray<Int32>
    /// When the last stretch opened on each business day closes, in milliseconds.
    let closings: ContiguousArray<Int64>
    /// Holidays that closed a day the week would have worked, by date.
    let closedHolidays: [Holiday]

    init(_ timetable: Timetable, _ zone: Zone) throws(TimetableError) {
        let name = timetable.name
        guard timetable.zone == zone.name else { throw .otherZone(name, wanted: timetable.zone, given: zone.name) }
        guard timetable.from <= timetable.through else { throw .endsBeforeItBegins(name, from: timetable.from, through: timetable.through) }
        let years = timetable.through.year - timetable.from.year
        guard years < BusinessCalendar.yearsMax else { throw .horizonTooLong(name, years: years + 1) }
        let days = try DayPlan(timetable)

        let firstDay = timetable.from.dayNumber
        let begins = zone.start(of: timetable.from)
        let ends = zone.end(of: timetable.through)
        var stretches: [(opens: Int64, closes: Int64)] = []
        var before: ContiguousArray<Int32> = []
        var businessDays: ContiguousArray<Int32> = []
        var closings: ContiguousArray<Int64> = []
        var closedHolidays: [Holiday] = []

        // The day before the horizon is worked out too: its night shift runs into the first day.
        for dayNumber in firstDay - 1...timetable.through.dayNumber {
            let date = CivilDate(dayNumber: dayNumber)
            let hours = days.hours(on: date)
            var closing: Int64?
            for stretch in hours {
                let opens = zone.instant(of: date, secondsOfDay: stretch.opens.secondsOfDay)
                let closes = zone.instant(
                    of: stretch.crossesMidnight ? date.adding(days: 1) : date, secondsOfDay: stretch.closes.secondsOfDay)
                // A clock change may swallow a stretch whole.
                guard opens < closes else { continue }
                closing = max(closing ?? .min, closes.milliseconds)
                let clipped = (max(opens, begins).milliseconds, min(closes, ends).milliseconds)
                if clipped.0 < clipped.1 { stretches.append(clipped) }
            }
            guard dayNumber >= firstDay else { continue }
            before.append(Int32(businessDays.count))
            if let closing {
                businessDays.append(Int32(dayNumber))
                closings.append(closing)
            } else if let holiday = days.closingHoliday(on: date) {
                closedHolidays.append(holiday)
            }
        }
        before.append(Int32(businessDays.count))
        guard !businessDays.isEmpty, !stretches.isEmpty else { throw .neverOpen(name) }

        (self.timetable, self.zone, self.begins, self.ends) = (timetable, zone, begins, ends)
        (self.firstDay, businessDaysBefore) = (firstDay, before)
        (self.businessDays, self.closings, self.closedHolidays) = (businessDays, closings, closedHolidays)

        let merged = Self.merged(stretches)
        var total: Int64 = 0
        var worked: ContiguousArray<Int64> = []
        for stretch in merged {
            worked.append(total)
            total += stretch.closes - stretch.opens
        }
        opens = SortedIndex(ContiguousArray(merged.map(\.opens)))
        closes = ContiguousArray(merged.map(\.closes))
        self.worked = SortedIndex(worked)
        workedInAll = total
    }

    /// Stretches in order, those that touch or overlap made one.
    private static func merged(_ stretches: [(opens: Int64, closes: Int64)]) -> [(opens: Int64, closes: Int64)] {
        var merged: [(opens: Int64, closes: Int64)] = []
        for stretch in stretches.sorted(by: { $0.opens < $1.opens }) {
            if let last = merged.last, stretch.opens <= last.closes {
                merged[merged.count - 1].closes = max(last.closes, stretch.closes)
            } else {
                merged.append(stretch)
            }
        }
        return merged
    }
}

/// Which hours each date has: the exception if there is one, none on a holiday, else those of the weekday.
private struct DayPlan {
    private let week: WeeklyHours
    private var holidays: [CivilDate: String] = [:]
    private var exceptions: [CivilDate: [OpeningHours]] = [:]

    init(_ timetable: Timetable) throws(TimetableError) {
        week = timetable.week
        for holiday in timetable.holidays {
            // Two feasts may fall on one day; both are named.
            holidays[holiday.date] = holidays[holiday.date].map { "\($0) and \(holiday.name)" } ?? holiday.name
        }
        for exception in timetable.exceptions {
            guard exceptions.updateValue(exception.hours, forKey: exception.date) == nil else {
                throw .twoExceptions(timetable.name, exception.date)
            }
        }
    }

    func hours(on date: CivilDate) -> [OpeningHours] {
        exceptions[date] ?? (holidays[date] == nil ? week[Weekday(of: date)] : [])
    }

    /// The holiday that closed `date`, if the week would have worked it.
    func closingHoliday(on date: CivilDate) -> Holiday? {
        guard exceptions[date] == nil, !week[Weekday(of: date)].isEmpty else { return nil }
        return holidays[date].map { Holiday(date, $0) }
    }
}
