import Chronicle
import Policies

extension Deliberation {
    mutating func reopen(_ reason: String) throws(Refusal) {
        guard !reason.isEmpty else { throw .reasonMissing(part: "reopening") }
        if try dispute().phase == .appealWindow {
            // A slip in a decision is put right by whoever made it; nobody has to appeal against a typing error.
            emit(CaseReopened(reason: reason))
            return try mustFire(.reopened, for: .reopen)
        }
        guard case .closed(let closure) = try dispute().stage else { throw .notNow(act: .reopen, step: try step().title, phase: try step().phase) }
        guard try dispute().links.mergedInto == nil else { throw .alreadyDone("the case was merged into another, which goes on; undo the merge instead") }
        let until = closure.at + .days(Int64(policy.limits.reopenWindowDays))
        guard now <= until else { throw .windowClosed(at: until) }
        emit(CaseReopened(reason: reason))
        try takeUpAgain()
        try mustFire(.reopened, for: .reopen)
    }

    mutating func merge(into primary: CaseCommand.MergeTarget) throws(Refusal) {
        let dispute = try dispute()
        guard primary.id != dispute.id else { throw .noSuchThing("other case to merge into") }
        guard dispute.links.mergedInto == nil else { throw .alreadyDone("the case was merged") }
        guard !dispute.isClosed else { throw .closed(.byStaff) }
        switch dispute.phase {
        case .intake, .negotiation, .investigation, .decision, .referred: break
        // What was decided, or told to the exchange, is this case's to see through.
        case .approval, .execution, .appealWindow, .appeal, .closed:
            throw .notNow(act: .merge, step: try step().title, phase: dispute.phase)
        }
        guard primary.isOpen else { throw .notADuplicate("the other case is closed") }
        guard primary.order == dispute.order?.reference else { throw .notADuplicate("the two cases are about different orders") }
        if primary.order == nil {
            guard primary.type == dispute.type else { throw .notADuplicate("the two cases are of different types") }
        }
        guard primary.parties.contains(dispute.claim.by) else {
            throw .notADuplicate("whoever claims here is no party of the other case")
        }
        guard !dispute.legalHold else { throw .underLegalHold }
        // A regulator counts this complaint, whatever another one says.
        guard !dispute.clocks.contains(where: { $0.isRunning && $0.regime != nil }) else { throw .regulatorWaits }
        emit(MergedAsDuplicate(into: primary.id))
        try enter(try terminalStep(), on: .closedByStaff, closing: .merged)
    }

    /// Undoes a merge: the case goes on where it stood.
    mutating func unmerge(_ reason: String) throws(Refusal) {
        guard let primary = try dispute().links.mergedInto else { throw .noSuchThing("merge to undo") }
        guard !reason.isEmpty else { throw .reasonMissing(part: "undoing the merge") }
        emit(MergeUndone(from: primary, reason: reason))
        emit(CaseReopened(reason: reason))
        try takeUpAgain()
        let dispute = try dispute()
        guard let back = dispute.leftBehind ?? policy.workflows[dispute.workflow]?.start else { throw .packFault("no step to go back to") }
        try enter(back, on: .reopened, closing: nil)
    }

    /// What ended with the case and goes on with it: a regulator's clock that was not met runs from the day the complaint came in, and
    /// what the case had frozen is frozen again.
    private mutating func takeUpAgain() throws(Refusal) {
        for clock in try dispute().clocks where clock.cancelled && clock.regime != nil {
            try startClock(clock.code, clock.running.rule, regime: clock.regime, at: clock.running.startedAt)
        }
        if try dispute().hold == .lifted { try requestHold() }
    }

    mutating func close(_ reason: String) throws(Refusal) {
        guard !reason.isEmpty else { throw .reasonMissing(part: "closing") }
        guard !(try dispute().clocks.contains { $0.isRunning && $0.regime != nil }) else { throw .regulatorWaits }
        try mustFire(.closedByStaff, for: .close, closing: .byStaff)
    }

    func terminalStep() throws(Refusal) -> StepCode {
        let steps = policy.workflows[try dispute().workflow]?.steps.values.filter(\.isTerminal) ?? []
        guard let code = steps.map(\.code).min() else { throw .packFault("the workflow has no last step") }
        return code
    }

    /// Judged by another pack from now on; one that does not know where the case stands could not lead it on.
    mutating func movePolicy(_ to: Policy, _ changes: [String]) throws(Refusal) {
        let dispute = try dispute()
        guard dispute.policy != to.hash else { return }
        guard to.workflows[dispute.workflow]?.steps[dispute.step] != nil else {
            throw .packFault("pack \(to.hash.short) has no step \(dispute.step) in workflow \(dispute.workflow)")
        }
        for claim in dispute.claims where to.reasons[claim.reason] == nil {
            throw .packFault("pack \(to.hash.short) has no reason \(claim.reason)")
        }
        guard to.caseTypes[dispute.type] != nil else { throw .packFault("pack \(to.hash.short) has no case type \(dispute.type)") }
        emit(PolicyMoved(from: dispute.policy, to: to.hash, changes: changes))
    }

    mutating func importHistory(_ change: CaseCommand.ImportedChange) throws(Refusal) {
        if change.reopens, try dispute().isClosed {
            emit(CaseReopened(reason: "reopened in the source"))
            guard let start = policy.workflows[try dispute().workflow]?.start else { throw .packFault("no first step") }
            try enter(start, on: .reopened, closing: nil)
        }
        emit(
            HistoryImported(
                state: change.state, holder: change.holder, changed: change.changed, group: change.group, assignee: change.assignee,
                priority: change.priority, slaMet: change.slaMet))
        if change.closes, !(try dispute().isClosed) { try enter(try terminalStep(), on: .closedByStaff, closing: .imported) }
    }
}
