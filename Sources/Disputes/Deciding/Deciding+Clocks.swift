import Chronicle
import Policies
import Timekeeping

extension Deliberation {
    /// Starts a clock of the pack, unless it runs already.
    mutating func startClock(_ code: ClockCode) throws(Refusal) {
        let dispute = try dispute()
        guard dispute.clock(code)?.isRunning != true else { return }
        guard let rule = policy.clocks[code]?.rule(for: dispute.facts(policy)) else { throw .packFault("clock \(code) has no rule for this case") }
        try startClock(code, try ofTheStage(rule), regime: nil, at: now)
    }

    /// In a later stage of a card scheme its clocks run as long as that stage's row says, not as long as the first one's.
    private func ofTheStage(_ rule: ClockRule) throws(Refusal) -> ClockRule {
        let dispute = try dispute()
        guard let scheme = dispute.scheme.flatMap({ policy.schemes[$0] }), let code = dispute.schemeStage,
            let stage = scheme.stages.first(where: { $0.code == code })
        else { return rule }
        let days: Int
        switch rule.code.text {
        case "card-internal": days = stage.networkDays - stage.internalLeadDays
        case "card-network": days = stage.networkDays
        default: return rule
        }
        do {
            return try ClockRule(
                rule.code, .calendarDays(days), kind: rule.kind, ends: rule.ends, zone: rule.zone, movesOffClosedDaysOf: rule.movesOffClosedDaysOf,
                pauseTotalMax: rule.pauseTotalMax, extensionsMax: rule.extensionsMax, source: rule.source, confidence: rule.confidence)
        } catch {
            throw .packFault("\(error)")
        }
    }

    mutating func startClock(_ code: ClockCode, _ rule: ClockRule, regime: RegimeCode?, at started: Instant) throws(Refusal) {
        let due = try due(RunningClock(rule, startedAt: started))
        emit(ClockStarted(clock: code, regime: regime, rule: rule, started: started, due: due))
    }

    mutating func meetClock(_ code: ClockCode) throws(Refusal) {
        if try dispute().clock(code)?.isRunning == true { emit(ClockMet(clock: code)) }
    }

    mutating func cancelClock(_ code: ClockCode) throws(Refusal) {
        if try dispute().clock(code)?.isRunning == true { emit(ClockCancelled(clock: code)) }
    }

    /// Puts the case under the clocks of a regime, from the moment the complaint was received.
    mutating func startRegime(_ code: RegimeCode) throws(Refusal) {
        guard let regime = policy.regimes[code] else { throw .unknownCode(noun: RegimeKind.noun, code: code.text) }
        let fallback = policy.regimes.values.first { $0.isFallback }
        if let rule = regime.acknowledge ?? fallback?.acknowledge {
            try startClock(try Deliberation.clockCode(code, "ack"), rule, regime: code, at: now)
        }
        if let rule = regime.final ?? fallback?.final {
            try startClock(try Deliberation.clockCode(code, "final"), rule, regime: code, at: now)
        }
    }

    static func clockCode(_ regime: RegimeCode, _ what: String) throws(Refusal) -> ClockCode {
        guard let code = ClockCode("\(regime.text).\(what)") else { throw .packFault("regime \(regime) has too long a name") }
        return code
    }

    func due(_ clock: RunningClock) throws(Refusal) -> Instant {
        do {
            return try clock.due(using: policy.calendars).instant
        } catch {
            throw .clockFault("\(error)")
        }
    }

    /// Net clocks of staff stand still while a request to a party is open; the pause has the request's deadline.
    mutating func pauseClocks(for request: EvidenceRequest) throws(Refusal) {
        for clock in try dispute().clocks where clock.isArmed && clock.regime == nil {
            guard policy.clocks[clock.code]?.bound == .staff else { continue }
            var running = clock.running
            do {
                try running.pause(for: request.id.description, at: now, until: request.due)
            } catch {
                continue
            }
            emit(ClockPaused(clock: clock.code, request: request.id, until: request.due, due: try self.due(running)))
        }
    }

    mutating func resumeClocks(for request: RequestID) throws(Refusal) {
        for clock in try dispute().clocks where clock.isRunning {
            guard clock.running.pauses.contains(where: { $0.request == request.description && $0.answered == nil }) else { continue }
            var running = clock.running
            do {
                try running.answer(request.description, at: now)
            } catch {
                continue
            }
            emit(ClockResumed(clock: clock.code, request: request, due: try self.due(running)))
        }
    }

    /// Grants more time, with a reason. A regulator's extension is the rule's, not ours to choose: the longest date it allows.
    mutating func extend(_ code: ClockCode, by span: Span?, reason: String) throws(Refusal) {
        guard let clock = try dispute().clock(code), clock.isRunning else { throw .clockNotRunning(code) }
        // More time is given before the time is up; afterwards it would only hide that it was not kept.
        guard clock.due > now else { throw .windowClosed(at: clock.due) }
        if clock.regime != nil || policy.clocks[code]?.bound == .legal { try mayExtendLegalClocks() }
        let change: Extension.Change
        if let regime = clock.regime {
            guard let extended = policy.regimes[regime]?.extended else { throw .extensionTooLong(until: clock.due) }
            change = .wholePeriod(extended.measure)
        } else {
            guard let span, span > .zero else { throw .extensionTooLong(until: clock.due) }
            change = .by(.elapsed(span))
        }
        let granted = Extension(change, reason: reason, authority: context.actor.description)
        var running = clock.running
        do {
            try running.extend(granted)
        } catch {
            throw .clockFault("\(error)")
        }
        let due = try self.due(running)
        guard due > clock.due else { throw .extensionTooLong(until: clock.due) }
        if clock.regime == nil {
            // At most as long again as the clock itself.
            let latest = try self.due(RunningClock(clock.running.rule, startedAt: clock.due))
            guard due <= latest else { throw .extensionTooLong(until: latest) }
        }
        let moved = try dispute().openRequests.filter { $0.due == clock.due }
        emit(ClockExtended(clock: code, granted: granted, due: due))
        for request in moved { try prolongPauses(for: request.id, until: due) }
    }

    private func mayExtendLegalClocks() throws(Refusal) {
        guard case .staff(let id) = context.actor else { throw .notPermitted(act: .extendLegal) }
        try Permission.checkStaff(id, .extendLegal, try dispute(), context)
    }

    /// Who has longer to answer keeps staff's clocks waiting longer.
    private mutating func prolongPauses(for request: RequestID, until: Instant) throws(Refusal) {
        for clock in try dispute().clocks where clock.isRunning {
            var running = clock.running
            guard (try? running.prolong(request.description, until: until)) != nil else { continue }
            emit(ClockPaused(clock: clock.code, request: request, until: until, due: try self.due(running)))
        }
    }

    /// Time itself acts. Harmless when the deadline has gone, moved, or was seen before.
    mutating func passTime(_ key: DeadlineKey, due: Instant) throws(Refusal) {
        guard due <= now else { throw .notBefore(due, what: "passing this deadline") }
        switch key {
        case .clock(let code):
            guard let clock = try dispute().clock(code), clock.isArmed, clock.due == due else { return }
            emit(DeadlinePassed(key: key, due: due))
            try fire(.deadline(code), closing: try wayOfEnding())
        case .request(let id):
            guard let request = try dispute().requests.first(where: { $0.id == id }), request.isOpen, request.due == due else { return }
            emit(DeadlinePassed(key: key, due: due))
            emit(EvidenceRequestEnded(request: id, how: .lapsed, statement: nil, reason: nil))
            try resumeClocks(for: id)
            try evidenceMayBeSettled()
        case .offer(let id):
            guard let offer = try dispute().offers.first(where: { $0.id == id }), offer.isOpen, offer.expires == due else { return }
            emit(DeadlinePassed(key: key, due: due))
            emit(OfferEnded(offer: id, how: .lapsed))
        }
    }
}
