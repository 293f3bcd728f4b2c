import Chronicle

/// At which moment of its last day a period of days is over.
public enum DayEnd: String, Hashable, Sendable, Codable, CaseIterable {
    /// 24:00 local time, which is how most statutes count (Regulation (EEC, Euratom) No 1182/71, Art. 3).
    case endOfDay = "end-of-day"
    /// The time of day at which the period began.
    case sameTime = "same-time"
    /// When work ends on that business day.
    case closeOfBusiness = "close-of-business"
}

extension BusinessCalendar {
    /// Does work start on this date? A night shift of the day before does not make it one.
    public func isBusinessDay(_ date: CivilDate) throws(CalendarError) -> Bool {
        let day = try index(of: date)
        return plan.businessDaysBefore[day + 1] > plan.businessDaysBefore[day]
    }

    /// The `count`-th business day after `date`, which is day 0 whether it is a business day or not; before it when `count` is negative.
    /// For 0 the day itself, or the next business day if it is closed.
    public func businessDay(_ count: Int, after date: CivilDate) throws(CalendarError) -> CivilDate {
        let day = try index(of: date)
        guard count.magnitude <= plan.businessDays.count else { throw beyondHorizon }
        let position = count > 0 ? Int(plan.businessDaysBefore[day + 1]) + count - 1 : Int(plan.businessDaysBefore[day]) + count
        guard plan.businessDays.indices.contains(position) else { throw beyondHorizon }
        return CivilDate(dayNumber: Int(plan.businessDays[position]))
    }

    /// Business days in `date`, … up to and without `end`; negative when `end` is earlier.
    public func businessDays(from date: CivilDate, to end: CivilDate) throws(CalendarError) -> Int {
        Int(plan.businessDaysBefore[try index(of: end)]) - Int(plan.businessDaysBefore[try index(of: date)])
    }

    /// `businessDays` after `instant`: the day of receipt, by the calendar's own clocks, is day 0.
    public func adding(businessDays count: Int, to instant: Instant, until end: DayEnd = .endOfDay) throws(CalendarError) -> Instant {
        let received = zone.local(instant)
        let date = try businessDay(count, after: received.date)
        switch end {
        case .endOfDay: return zone.end(of: date)
        case .sameTime: return zone.instant(of: LocalTime(date: date, millisecondOfDay: received.millisecondOfDay))
        case .closeOfBusiness: return try closing(of: date)
        }
    }

    /// When the work that starts on `date` ends; for a night shift that is the next morning. For a closed day: of the next business day.
    public func closing(of date: CivilDate) throws(CalendarError) -> Instant {
        let position = Int(plan.businessDaysBefore[try index(of: date)])
        guard position < plan.closings.count else { throw beyondHorizon }
        return Instant(milliseconds: plan.closings[position])
    }

    /// The date under which the desk books `instant`: its day starts at the timetable's `dayStartsAt`.
    public func businessDate(at instant: Instant) -> CivilDate {
        zone.businessDate(at: instant, dayStartsAt: timetable.dayStartsAt)
    }

    /// Holidays in `dates` that closed a day the week would have worked, by date.
    public func holidays(in dates: ClosedRange<CivilDate>) -> [Holiday] {
        let all = plan.closedHolidays
        var low = 0
        var high = all.count
        while low < high {
            let middle = (low + high) / 2
            if all[middle].date < dates.lowerBound { low = middle + 1 } else { high = middle }
        }
        return Array(all[low...].prefix { $0.date <= dates.upperBound })
    }

    private func index(of date: CivilDate) throws(CalendarError) -> Int {
        let index = date.dayNumber - plan.firstDay
        guard index >= 0, index + 1 < plan.businessDaysBefore.count else { throw beyondHorizon }
        return index
    }
}

extension Zone {
    /// `days` calendar days after `instant`, whose local date is day 0. `.closeOfBusiness` is a calendar's notion: use `BusinessCalendar`.
    public func adding(days: Int, to instant: Instant, until end: CivilEnd = .endOfDay) -> Instant {
        let time = local(instant)
        return self.end(end, of: time.date.adding(days: days), time)
    }

    /// The same weekday `weeks` later.
    public func adding(weeks: Int, to instant: Instant, until end: CivilEnd = .endOfDay) -> Instant {
        adding(days: weeks * 7, to: instant, until: end)
    }

    /// The same day of the month `months` later, or the last day of that month when it is shorter.
    public func adding(months: Int, to instant: Instant, until end: CivilEnd = .endOfDay) -> Instant {
        let time = local(instant)
        return self.end(end, of: time.date.adding(months: months), time)
    }

    /// The ends of a day that need no business calendar.
    public enum CivilEnd: Hashable, Sendable { case endOfDay, sameTime }

    private func end(_ end: CivilEnd, of date: CivilDate, _ time: LocalTime) -> Instant {
        switch end {
        case .endOfDay: self.end(of: date)
        case .sameTime: instant(of: LocalTime(date: date, millisecondOfDay: time.millisecondOfDay))
        }
    }
}
