import Chronicle

/// When a clock is due, and why then.
public struct Due: Hashable, Sendable {
    /// The first instant that is too late.
    public let instant: Instant
    public let explanation: Explanation
}

extension RunningClock {
    /// Works out the deadline from all that is known: the rule, the pauses (an open one is taken to last until its deadline), the extensions.
    ///
    /// Pauses lengthen a stopwatch measure by the time the clock stood still; of a measure in days, a day counts when it ends with the
    /// clock running, so an hour's pause at noon moves nothing and one over midnight moves a day.
    public func due(using calendars: Calendars) throws(CalendarError) -> Due {
        var reckoning = try Reckoning(self, calendars)
        try reckoning.run()
        return Due(instant: reckoning.reached, explanation: Explanation(lines: reckoning.lines))
    }
}

/// One working-out of a deadline, leg by leg, writing down each step.
private struct Reckoning {
    private let clock: RunningClock
    private let calendars: Calendars
    private let pauses: CountedPauses
    /// Whose clocks the explanation is told by.
    private let zone: Zone?
    private(set) var reached: Instant
    private(set) var lines: [Explanation.Line] = []
    /// Days that ended with the clock standing still.
    private var lostDays: Set<CivilDate> = []

    private var rule: ClockRule { clock.rule }

    init(_ clock: RunningClock, _ calendars: Calendars) throws(CalendarError) {
        self.clock = clock
        self.calendars = calendars
        pauses = clock.countedPauses
        reached = clock.startedAt
        if let name = clock.rule.zone {
            zone = try calendars.zone(name)
        } else if let name = clock.rule.measure.calendar {
            zone = try calendars.calendar(name).zone
        } else {
            zone = nil
        }
    }

    mutating func run() throws(CalendarError) {
        lines.append(.started(moment(clock.startedAt)))
        lines.append(.rule(rule, phrase: phrase(rule.measure)))
        reached = try end(of: rule.measure, from: clock.startedAt, day0: day(of: clock.startedAt, in: rule.measure))
        for granted in clock.extensions { try extend(granted) }
        try moveOffClosedDays()
        explainPauses()
        try explainHolidays()
        if clock.reopened > 0 { lines.append(.reopened(times: clock.reopened)) }
        lines.append(.ends(moment(reached), convention: rule.measure.countsDays ? rule.ends : nil))
    }

    // MARK: Legs

    private mutating func extend(_ granted: Extension) throws(CalendarError) {
        let before = reached
        switch granted.change {
        case .to(let instant):
            reached = max(reached, instant)
        case .by(let measure):
            // The day a deadline belongs to is that of its last instant in time: 24:00 is still the day that ends.
            let lastInTime = Instant(milliseconds: reached.milliseconds - 1)
            reached = max(reached, try end(of: measure, from: reached, day0: day(of: lastInTime, in: measure)))
        case .wholePeriod(let measure):
            reached = max(reached, try end(of: measure, from: clock.startedAt, day0: day(of: clock.startedAt, in: measure)))
        }
        lines.append(.extended(granted, phrase: granted.measure.map { phrase($0) }, from: moment(before), to: moment(reached)))
    }

    private mutating func end(of measure: Measure, from start: Instant, day0: CivilDate?) throws(CalendarError) -> Instant {
        switch measure {
        case .elapsed(let span):
            return try stopwatch(span, from: start) { from, to throws(CalendarError) in
                to - from
            } after: { span, from in
                from + span
            }
        case .workingTime(let span, let name):
            let calendar = try calendars.calendar(name)
            return try stopwatch(span, from: start) { from, to throws(CalendarError) in
                try calendar.workingTime(from: from, to: to)
            } after: { span, from throws(CalendarError) in
                try calendar.instant(after: span, from: from)
            }
        case .calendarDays(let count): return try days(from: start, day0, measure) { $0.adding(days: count) }
        case .weeks(let count): return try days(from: start, day0, measure) { $0.adding(days: count * 7) }
        case .months(let count): return try days(from: start, day0, measure) { $0.adding(months: count) }
        case .businessDays(let count, let name):
            let calendar = try calendars.calendar(name)
            return try days(from: start, day0, measure) { date throws(CalendarError) in try calendar.businessDay(count, after: date) }
        }
    }

    /// Lets `span` run between the pauses.
    private func stopwatch(
        _ span: Span, from start: Instant, counting: (Instant, Instant) throws(CalendarError) -> Span,
        after: (Span, Instant) throws(CalendarError) -> Instant
    ) throws(CalendarError) -> Instant {
        var left = span
        return try pauses.walk(from: start) { from, to throws(CalendarError) in
            guard let to else { return try after(left, from) }
            let running = try counting(from, to)
            guard running < left else { return try after(left, from) }
            left = left - running
            return nil
        }
    }

    /// Counts days from `day0` to the day given by `last`, and one more for each that ended while the clock stood still.
    private mutating func days(
        from start: Instant, _ day0: CivilDate?, _ measure: Measure, last: (CivilDate) throws(CalendarError) -> CivilDate
    ) throws(CalendarError) -> Instant {
        let zone = try zone(of: measure)
        guard let day0 else { throw .zoneMissing(rule.code) }
        let timeOfDay = zone.local(clock.startedAt).millisecondOfDay
        let calendar = try measure.calendar.map { (name) throws(CalendarError) in try calendars.calendar(name) }
        func mark(_ date: CivilDate) throws(CalendarError) -> Instant {
            switch rule.ends {
            case .sameTime: return zone.instant(of: LocalTime(date: date, millisecondOfDay: timeOfDay))
            case .closeOfBusiness: if let calendar { return try calendar.closing(of: date) } else { return zone.end(of: date) }
            case .endOfDay: return zone.end(of: date)
            }
        }
        func next(_ date: CivilDate) throws(CalendarError) -> CivilDate {
            if let calendar { try calendar.businessDay(1, after: date) } else { date.adding(days: 1) }
        }
        var date = try last(day0)
        guard !pauses.isEmpty, date > day0 else { return try mark(date) }
        func isLost(_ date: CivilDate) throws(CalendarError) -> Bool {
            let mark = try mark(date)
            return mark > start && pauses.standsStill(before: mark)
        }
        var toMakeUp = 0
        var counted = day0
        while counted < date {
            counted = try next(counted)
            guard try isLost(counted) else { continue }
            toMakeUp += 1
            lostDays.insert(counted)
        }
        while toMakeUp > 0 {
            date = try next(date)
            if try isLost(date) { lostDays.insert(date) } else { toMakeUp -= 1 }
        }
        return try mark(date)
    }

    /// The last day is moved to the next business day if it is closed; a close of business then is that day's.
    private mutating func moveOffClosedDays() throws(CalendarError) {
        guard let name = rule.movesOffClosedDaysOf else { return }
        let calendar = try calendars.calendar(name)
        let zone = try zone(of: rule.measure)
        let end = zone.local(Instant(milliseconds: reached.milliseconds - 1))
        let date = try calendar.businessDay(0, after: end.date)
        let moved =
            switch rule.ends {
            case .endOfDay: zone.end(of: date)
            case .closeOfBusiness: try calendar.closing(of: date)
            case .sameTime: zone.instant(of: LocalTime(date: date, millisecondOfDay: zone.local(reached).millisecondOfDay))
            }
        if date != end.date {
            let holiday = calendar.holidays(in: end.date...end.date).first?.name
            lines.append(.movedOffClosedDay(end.date, why: holiday ?? "\(end.weekday)", to: date))
            reached = moved
        } else if rule.ends == .closeOfBusiness {
            reached = moved
        }
    }

    // MARK: Telling

    private mutating func explainPauses() {
        for share in pauses.shares where share.pause.from < reached {
            lines.append(
                .paused(share.pause.request, from: moment(share.pause.from), to: moment(share.pause.end), share.pause.ending, counted: share.counted))
        }
        if rule.measure.countsDays, !pauses.isEmpty { lines.append(.notCounted(lostDays.sorted())) }
        if let cap = rule.pauseTotalMax, let asked = pauses.uncapped { lines.append(.capped(at: cap, asked: asked)) }
    }

    private mutating func explainHolidays() throws(CalendarError) {
        guard let name = rule.measure.calendar else { return }
        let calendar = try calendars.calendar(name)
        let last = Instant(milliseconds: reached.milliseconds - 1)
        let started = calendar.zone.local(clock.startedAt).date
        // Of days counted the day of the start is day 0: nothing is skipped on it.
        let from = rule.measure.countsDays ? started.adding(days: 1) : started
        let through = calendar.zone.local(last).date
        guard from <= through else { return }
        let skipped = calendar.holidays(in: from...through)
        if !skipped.isEmpty { lines.append(.skipped(skipped)) }
    }

    private func zone(of measure: Measure) throws(CalendarError) -> Zone {
        if let name = measure.calendar { return try calendars.calendar(name).zone }
        guard let name = rule.zone else {
            if let zone { return zone }
            throw .zoneMissing(rule.code)
        }
        return try calendars.zone(name)
    }

    private func day(of instant: Instant, in measure: Measure) throws(CalendarError) -> CivilDate? {
        measure.countsDays ? try zone(of: measure).local(instant).date : nil
    }

    private func moment(_ instant: Instant) -> Explanation.Moment {
        Explanation.Moment(instant: instant, local: zone?.local(instant), zone: zone?.name)
    }

    private func phrase(_ measure: Measure) -> String {
        measure.phrase { calendars.business[$0]?.timetable.title ?? $0.text }
    }
}
