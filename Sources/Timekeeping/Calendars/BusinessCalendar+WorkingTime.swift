import Chronicle

extension BusinessCalendar {
    /// Working time between two instants; negative when `end` is before `start`, so that spans of neighbours always add up.
    public func workingTime(from start: Instant, to end: Instant) throws(CalendarError) -> Span {
        Span(milliseconds: try worked(before: end) - (try worked(before: start)))
    }

    /// The earliest instant at which `span` of working time has passed since `start`; `start` itself for none.
    ///
    /// Time that is used up exactly at closing ends at that closing, not at the next opening.
    public func instant(after span: Span, from start: Instant) throws(CalendarError) -> Instant {
        guard span >= .zero else { throw .negativeWorkingTime(span) }
        let done = try worked(before: start)
        guard span > .zero else { return start }
        let (target, overflow) = done.addingReportingOverflow(span.milliseconds)
        guard !overflow, target <= plan.workedInAll else { throw beyondHorizon }
        let index = plan.worked.last(notAfter: target - 1)
        return Instant(milliseconds: plan.opens.keys[index] + target - plan.worked.keys[index])
    }

    /// Is work being done at `instant`? Openings are included, closings are not.
    public func isOpen(at instant: Instant) throws(CalendarError) -> Bool {
        try check(instant)
        let index = plan.opens.last(notAfter: instant.milliseconds)
        return index >= 0 && instant.milliseconds < plan.closes[index]
    }

    /// The next opening strictly after `instant`.
    public func nextOpening(after instant: Instant) throws(CalendarError) -> Instant {
        try check(instant)
        let index = plan.opens.last(notAfter: instant.milliseconds) + 1
        guard index < plan.closes.count else { throw beyondHorizon }
        return Instant(milliseconds: plan.opens.keys[index])
    }

    /// The earliest instant from `instant` on at which work can be done: `instant` itself when open, else the next opening.
    public func firstOpen(from instant: Instant) throws(CalendarError) -> Instant {
        try isOpen(at: instant) ? instant : nextOpening(after: instant)
    }

    /// Working milliseconds from the beginning of the horizon to `instant`.
    private func worked(before instant: Instant) throws(CalendarError) -> Int64 {
        try check(instant)
        let index = plan.opens.last(notAfter: instant.milliseconds)
        guard index >= 0 else { return 0 }
        return plan.worked.keys[index] + min(instant.milliseconds, plan.closes[index]) - plan.opens.keys[index]
    }

    /// The very end of the horizon is a valid end of an interval.
    private func check(_ instant: Instant) throws(CalendarError) {
        guard plan.begins <= instant, instant <= plan.ends else { throw beyondHorizon }
    }

    var beyondHorizon: CalendarError {
        .beyondHorizon(name, from: timetable.from, through: timetable.through)
    }
}
