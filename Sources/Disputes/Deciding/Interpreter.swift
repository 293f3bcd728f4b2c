import Chronicle
import Policies
import Timekeeping

/// The workflow interpreter: a trigger fires, the pack says where the case goes, entering the step does what the pack says.
extension Deliberation {
    func step() throws(Refusal) -> Step {
        let dispute = try dispute()
        guard let step = policy.workflows[dispute.workflow]?.steps[dispute.step] else {
            throw .packFault("workflow \(dispute.workflow) has no step \(dispute.step)")
        }
        return step
    }

    /// The exit the pack provides for `trigger` here, if it provides one.
    func exit(on trigger: Trigger) throws(Refusal) -> Exit? {
        let facts = try dispute().facts(policy)
        return try step().exits.first { exit in exit.on == trigger && exit.when.allSatisfy { $0.holds(in: facts) } }
    }

    /// Moves the case if the pack wires the trigger here. Returns whether it did.
    @discardableResult
    mutating func fire(_ trigger: Trigger, closing how: Stage.How? = nil) throws(Refusal) -> Bool {
        guard let exit = try exit(on: trigger) else { return false }
        try enter(exit.to, on: trigger, closing: how)
        return true
    }

    /// The same where the act makes no sense unless the case moves.
    mutating func mustFire(_ trigger: Trigger, for act: Act, closing how: Stage.How? = nil) throws(Refusal) {
        guard try fire(trigger, closing: how) else {
            let step = try step()
            throw .notNow(act: act, step: step.title, phase: step.phase)
        }
    }

    mutating func enter(_ code: StepCode, on trigger: Trigger?, closing how: Stage.How?) throws(Refusal) {
        let before = try dispute()
        guard let step = policy.workflows[before.workflow]?.steps[code] else {
            throw .packFault("workflow \(before.workflow) has no step \(code)")
        }
        emit(StepEntered(step: code, phase: step.phase, holder: step.holder, from: trigger == nil ? nil : before.step, on: trigger))
        if !isImport {
            for action in step.onEntry { try perform(action) }
            // Only now: leaving the step half entered would do the rest of its entry in the next one.
            if step.onEntry.contains(where: \.asksForEvidence), try dispute().step == code { try evidenceMayBeSettled() }
        }
        if step.isTerminal {
            try settleAccounts(how ?? .ruled)
            emit(CaseClosed(how: how ?? .ruled))
        }
        if step.phase == .execution, try nothingLeftToCarryOut() { try fire(.settlementConfirmed, closing: try wayOfEnding()) }
    }

    func nothingLeftToCarryOut() throws(Refusal) -> Bool {
        try dispute().progress.values.allSatisfy { if case .confirmed = $0 { true } else { false } }
    }

    /// How a case that closes by itself now has ended: by ruling, by the parties' agreement, or because time ran out on it.
    func wayOfEnding() throws(Refusal) -> Stage.How {
        let dispute = try dispute()
        return switch dispute.basis {
        case .ruling: .ruled
        case .agreement: .settledByParties
        case nil: .timedOut
        }
    }

    private mutating func perform(_ action: EntryAction) throws(Refusal) {
        switch action {
        case .start(let clock): try startClock(clock)
        case .stop(let clock): try meetClock(clock)
        case .cancel(let clock): try cancelClock(clock)
        case .requestEvidence(let clock): try requestWhatReasonDemands(by: clock)
        case .hold: try requestHold()
        case .liftHold: try liftHoldIfPlaced()
        case .settle: try instructSettlement()
        case .send(let letter, let audience):
            emit(LetterSent(id: context.ids.next(), letter: letter, audience: audience))
        }
    }

    /// What the pack's last step has left open ends with the case: requests and offers lapse, clocks end, the hold is lifted.
    private mutating func settleAccounts(_ how: Stage.How) throws(Refusal) {
        try endOpenRequests(because: "the case is closing")
        for offer in try dispute().offers where offer.isOpen { emit(OfferEnded(offer: offer.id, how: .lapsed)) }
        for clock in try dispute().clocks where clock.isRunning {
            let kept = clock.regime != nil && [.ruled, .responded, .settledByParties, .schemeDecided].contains(how)
            if kept { emit(ClockMet(clock: clock.code)) } else { emit(ClockCancelled(clock: clock.code)) }
        }
        try liftHoldIfPlaced()
    }
}
