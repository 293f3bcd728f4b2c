import Chronicle
import Policies
import Timekeeping

extension Deliberation {
    mutating func appeal(_ newEvidence: Bool, _ grounds: Sealed?) throws(Refusal) {
        let party = try actingParty()
        let dispute = try dispute()
        guard let made = dispute.currentRuling else { throw .notAppealable }
        guard policy.outcomes[made.ruling.outcome.code]?.appealable == true else { throw .notAppealable }
        guard grounds != nil else { throw .reasonMissing(part: "appeal") }
        // The window closes at its instant, also when the timer that closes the case comes late.
        if let code = ClockCode("appeal-window"), let window = dispute.clock(code), window.isRunning, window.due <= now {
            throw .windowClosed(at: window.due)
        }
        guard let rung = rung(for: dispute, made.ruling) else { throw .notAppealable }
        emit(
            AppealFiled(
                appeal: Appeal(
                    id: context.ids.next(), by: party.id, level: rung.level, panelSize: rung.panelSize, filed: now, ruling: made.ruling.id,
                    newEvidence: newEvidence, grounds: grounds)))
        try mustFire(.appealFiled, for: .appeal)
    }

    /// The next rung of the ladder; a large value or a grave penalty goes straight to the panel.
    private func rung(for dispute: Case, _ ruling: Ruling) -> AppealLadder.Rung? {
        let ladder = policy.appeals
        switch dispute.currentAppeal?.level {
        case .l3: return nil
        case .l2: return ladder.rung(.l3)
        case nil:
            let large = dispute.value.flatMap { try? $0.exceeds(ladder.panelAbove) } ?? false
            let grave = ruling.penalty.code.map { ladder.panelPenalties.contains($0) } ?? false
            return ladder.rung(large || grave ? .l3 : .l2) ?? ladder.rungs.first
        }
    }

    private func openAppeal(_ staff: StaffStanding) throws(Refusal) -> (Appeal, AppealLadder.Rung) {
        guard case .appeal(let appeal) = try dispute().stage, let rung = policy.appeals.rung(appeal.level) else { throw .noSuchThing("open appeal") }
        guard staff.level >= rung.certificate else { throw .unqualified(needs: rung.certificate, has: staff.level) }
        guard !(try dispute().handlers.union(dispute().reviewers).contains(staff.id)) else { throw .mustBeIndependent }
        return (appeal, rung)
    }

    mutating func vote(_ vote: CaseCommand.BlindVote) throws(Refusal) {
        guard let staff = context.staff else { throw .notPermitted(act: .vote) }
        let (appeal, rung) = try openAppeal(staff)
        guard rung.panelSize > 1 else { throw .noSuchThing("panel on this appeal") }
        guard appeal.votes[staff.id] == nil else { throw .alreadyVoted }
        guard appeal.votes.count < rung.panelSize else { throw .panelFull }
        guard vote.concealed.isOf(vote.opened), let ballot = Appeal.Ballot(vote.opened.text) else { throw .concealmentBroken }
        try check(ballot)
        emit(VoteCast(appeal: appeal.id, by: staff.id, vote: vote.concealed))
        guard appeal.votes.count + 1 == rung.panelSize else { return }
        var ballots = [staff.id: ballot]
        for (voter, concealed) in appeal.votes {
            guard let opened = vote.earlier[voter], concealed.isOf(opened), let earlier = Appeal.Ballot(opened.text) else { throw .concealmentBroken }
            ballots[voter] = earlier
        }
        emit(VotesRevealed(appeal: appeal.id, ballots: ballots))
    }

    private func check(_ ballot: Appeal.Ballot) throws(Refusal) {
        guard case .change(let outcome) = ballot else { return }
        let dispute = try dispute()
        guard
            dispute.claims.contains(where: { policy.reasons[$0.reason]?.outcomes.contains(outcome) == true })
                || dispute.escrowPaidOut && policy.appeals.afterPayout.contains(outcome)
        else { throw .outcomeNotAllowed(outcome, reason: dispute.reason) }
        guard dispute.canStillEnd(outcome, policy) else { throw .alreadyDone("the escrow was paid out; only compensation is possible") }
    }

    /// What one person should not decide alone (a new question, a precedent that would change, a merchant's ban) goes to the panel.
    mutating func escalateAppeal(_ reason: String) throws(Refusal) {
        guard let staff = context.staff else { throw .notPermitted(act: .decideAppeal) }
        let (appeal, _) = try openAppeal(staff)
        guard !reason.isEmpty else { throw .reasonMissing(part: "step up to the panel") }
        guard appeal.level == .l2, let panel = policy.appeals.rung(.l3) else { throw .alreadyDone("the panel has this appeal") }
        emit(AppealEscalated(appeal: appeal.id, level: panel.level, panelSize: panel.panelSize, by: staff.id, reason: reason))
        try mustFire(.appealEscalated, for: .decideAppeal)
    }

    mutating func decideAppeal(
        _ result: Appeal.Result, _ cause: OverturnCode?, _ reason: Sealed?, _ draft: RulingDraft?
    ) throws(Refusal) {
        guard let staff = context.staff else { throw .notPermitted(act: .decideAppeal) }
        let (appeal, rung) = try openAppeal(staff)
        guard reason != nil else { throw .reasonMissing(part: "decision on the appeal") }
        if rung.panelSize > 1 { try checkMajority(appeal, rung, staff, result, draft) }
        if result == .upheld {
            emit(AppealDecided(appeal: appeal.id, result: result, cause: nil, by: staff.id, reason: reason))
            try mustFire(.appealUpheld, for: .decideAppeal, closing: .ruled)
        } else {
            guard let cause else { throw .causeMissing }
            guard policy.overturnCauses[cause] != nil else { throw .unknownCode(noun: OverturnKind.noun, code: cause.text) }
            guard let draft else { throw .reasonMissing(part: "new ruling") }
            try make(draft, byDefaultAgainst: nil, appeal: appeal.id)
            emit(AppealDecided(appeal: appeal.id, result: result, cause: cause, by: staff.id, reason: reason))
            try mustFire(.appealChanged, for: .decideAppeal, closing: .ruled)
        }
    }

    /// A panel's decision is written by one of its members and says what the majority voted.
    private func checkMajority(
        _ appeal: Appeal, _ rung: AppealLadder.Rung, _ staff: StaffStanding, _ result: Appeal.Result, _ draft: RulingDraft?
    ) throws(Refusal) {
        guard let ballots = appeal.revealed else { throw .votesOutstanding(rung.panelSize - appeal.votes.count) }
        guard ballots[staff.id] != nil else { throw .notYours("appeal") }
        let written: Appeal.Ballot = result == .upheld ? .uphold : draft.map { .change(to: $0.outcome.code) } ?? .uphold
        let majority = Dictionary(grouping: ballots.values, by: { $0 }).first { $0.value.count * 2 > rung.panelSize }?.key
        // Three of three minds: one of the three is written down, never a fourth that nobody voted for.
        guard majority == written || majority == nil && ballots.values.contains(written) else { throw .againstMajority }
    }
}
