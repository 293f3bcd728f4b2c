import Chronicle

/// One clock of one case: when it started and all that was done to it. When it is due, and whether it is late, is worked out and never stored.
///
/// Instants are arguments and may arrive out of order by a little; intervals of time worked out from them are never negative.
public struct RunningClock: Hashable, Sendable, Codable {
    public let rule: ClockRule
    public let startedAt: Instant
    public private(set) var pauses: [Pause] = []
    public private(set) var extensions: [Extension] = []
    /// When what the clock asks for was done; `nil` while it is open.
    public private(set) var metAt: Instant?
    /// How often it was met and then opened again.
    public private(set) var reopened = 0

    public init(_ rule: ClockRule, startedAt: Instant) {
        self.rule = rule
        self.startedAt = startedAt
    }

    /// Stands still from `instant` until the answer to `request`, or until `deadline`.
    ///
    /// Refused for a gross clock, without a request or a deadline, and for a request that has paused this clock before: sending a chasing
    /// message neither restarts a pause nor makes a new one.
    public mutating func pause(for request: String, at instant: Instant, until deadline: Instant?) throws(ClockRefusal) {
        guard rule.kind == .net else { throw .grossNeverPauses(rule.code) }
        try requireOpen()
        guard request.contains(where: { !$0.isWhitespace }) else { throw .pauseWithoutRequest(rule.code) }
        guard let deadline else { throw .pauseWithoutDeadline(rule.code, request: request) }
        guard instant >= startedAt else { throw .beforeStart(rule.code, startedAt) }
        if let earlier = pauses.first(where: { $0.request == request }) { throw .alreadyAsked(rule.code, request: request, since: earlier.from) }
        guard deadline > instant else { throw .pauseDeadlinePassed(rule.code, request: request, deadline) }
        guard deadline - instant <= Pause.lengthMax else { throw .pauseTooLong(rule.code, request: request, deadline) }
        pauses.append(Pause(request: request, from: instant, deadline: deadline, answered: nil))
    }

    /// Whoever was asked was given longer: the pause for `request` may last until `deadline`. Never for less, and not once it was answered.
    public mutating func prolong(_ request: String, until deadline: Instant) throws(ClockRefusal) {
        try requireOpen()
        guard let index = pauses.firstIndex(where: { $0.request == request }) else { throw .noSuchRequest(rule.code, request: request) }
        let pause = pauses[index]
        if let answered = pause.answered { throw .alreadyAnswered(rule.code, request: request, answered) }
        guard deadline >= pause.deadline else { throw .pauseDeadlinePassed(rule.code, request: request, deadline) }
        guard deadline - pause.from <= Pause.lengthMax else { throw .pauseTooLong(rule.code, request: request, deadline) }
        pauses[index] = Pause(request: request, from: pause.from, deadline: deadline, answered: nil)
    }

    /// The answer to `request` came. After its deadline it changes nothing: the pause ended there by itself.
    public mutating func answer(_ request: String, at instant: Instant) throws(ClockRefusal) {
        guard let index = pauses.firstIndex(where: { $0.request == request }) else { throw .noSuchRequest(rule.code, request: request) }
        if let answered = pauses[index].answered { throw .alreadyAnswered(rule.code, request: request, answered) }
        pauses[index].answered = max(instant, pauses[index].from)
    }

    /// Gives more time. Refused beyond the rule's number of extensions, and without a reason and an authority.
    public mutating func extend(_ more: Extension) throws(ClockRefusal) {
        try requireOpen()
        guard extensions.count < rule.extensionsMax else { throw .noExtensionLeft(rule.code, max: rule.extensionsMax) }
        guard !more.reason.isEmpty, !more.authority.isEmpty else { throw .extensionUnexplained(rule.code) }
        if let measure = more.measure {
            guard measure.isWithinLimits else { throw .measureOutOfLimits(rule.code, measure) }
            guard !measure.needsZone || rule.zone != nil else { throw .extensionNeedsZone(rule.code, measure) }
            if rule.ends == .closeOfBusiness, measure.needsZone, rule.movesOffClosedDaysOf == nil {
                throw .extensionNeedsZone(rule.code, measure)
            }
        }
        extensions.append(more)
    }

    /// What the clock asks for was done at `instant`.
    public mutating func stop(at instant: Instant) throws(ClockRefusal) {
        try requireOpen()
        metAt = max(instant, startedAt)
    }

    /// The matter was opened again: the clock runs on from its original start, and the time while it was closed counts, so that
    /// closing early and reopening gains nobody any time.
    public mutating func resume(at instant: Instant) throws(ClockRefusal) {
        guard let metAt else { throw .notStopped(rule.code) }
        guard instant >= metAt else { throw .resumedBeforeStop(rule.code, metAt) }
        self.metAt = nil
        reopened += 1
    }

    private func requireOpen() throws(ClockRefusal) {
        if let metAt { throw .stopped(rule.code, metAt) }
    }
}
