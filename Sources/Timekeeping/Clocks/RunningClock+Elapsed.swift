import Chronicle

extension RunningClock {
    /// Time from the start to `instant`, or to the moment it was met. Pauses change nothing here.
    ///
    /// Counted in working time for a rule in working time, in clock time for all others; the answer says which.
    public func elapsedGross(at instant: Instant, using calendars: Calendars) throws(CalendarError) -> Elapsed {
        try elapsed(from: startedAt, to: lastCounted(instant), calendars)
    }

    /// The same without the pauses that count. Always shown beside the gross time: a pause must not be able to hide a slow case.
    public func elapsedNet(at instant: Instant, using calendars: Calendars) throws(CalendarError) -> Elapsed {
        let end = lastCounted(instant)
        var net = try elapsed(from: startedAt, to: end, calendars).span
        for pause in countedPauses.intervals {
            let (from, to) = (min(pause.lowerBound, end), min(pause.upperBound, end))
            net = net - (try elapsed(from: from, to: to, calendars).span)
        }
        return Elapsed(net, in: rule.measure.basis)
    }

    /// How a clock stands.
    public enum Status: Hashable, Sendable {
        /// Open and in time, with this much left, in the rule's own basis.
        case running(left: Elapsed)
        /// Open, and standing still until then unless the answer comes sooner.
        case paused(until: Instant)
        /// Done in time.
        case met(at: Instant)
        /// Not done in time, be it still open or done too late.
        case breached(since: Instant)
    }

    /// Deadlines are half-open as all intervals are: what is done before the due instant is in time, what is open at it is late.
    public func status(at instant: Instant, using calendars: Calendars) throws(CalendarError) -> Status {
        let due = try due(using: calendars).instant
        if let metAt, metAt <= instant { return metAt < due ? .met(at: metAt) : .breached(since: due) }
        guard instant < due else { return .breached(since: due) }
        if let pause = countedPauses.containing(instant) { return .paused(until: pause.upperBound) }
        return .running(left: try elapsed(from: instant, to: due, calendars))
    }

    var countedPauses: CountedPauses { CountedPauses(pauses, totalMax: rule.pauseTotalMax) }

    private func lastCounted(_ instant: Instant) -> Instant {
        max(startedAt, min(instant, metAt ?? instant))
    }

    private func elapsed(from start: Instant, to end: Instant, _ calendars: Calendars) throws(CalendarError) -> Elapsed {
        guard case .workingTime(_, let name) = rule.measure else { return Elapsed(end - start, in: .clock) }
        return Elapsed(try calendars.calendar(name).workingTime(from: start, to: end), in: .working(name))
    }
}
