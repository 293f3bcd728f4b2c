import Chronicle
import Policies
import Timekeeping

extension Deliberation {
    mutating func rule(_ draft: RulingDraft) throws(Refusal) {
        try make(draft, byDefaultAgainst: nil, appeal: nil)
        try mustFire(.ruled, for: .rule, closing: .ruled)
    }

    /// A ruling against a side that stayed silent: only after the pack's notices, only as the reason's silence rule says.
    mutating func ruleByDefault(against side: Side, _ draft: RulingDraft) throws(Refusal) {
        let dispute = try dispute()
        guard let reason = policy.reasons[dispute.reason] else { throw .unknownCode(noun: ReasonKind.noun, code: dispute.reason.text) }
        let rule = side == .filer ? reason.ifFilerSilent : reason.ifOtherSilent
        guard case .outcome(let outcome, let notBefore, let needsProof, _, _) = rule else { throw .noDefault(reason: reason.code, side: side) }
        let asked = dispute.requests.filter { $0.side == side }
        guard let lapsed = asked.last(where: { $0.ending == .lapsed }) else {
            if let open = asked.first(where: \.isOpen) { throw .notBefore(open.due, what: "a ruling by default") }
            throw .nothingAsked(of: side)
        }
        // Late is not silent, and neither is part of what was asked.
        guard dispute.given[lapsed.id, default: []].isEmpty,
            !asked.contains(where: { $0.ending == .answered && ($0.ended ?? $0.asked) > lapsed.asked })
        else { throw .notSilent(side) }
        let given = dispute.notices.filter { $0.side == side && $0.at >= lapsed.asked }.count
        guard given >= policy.limits.noticesBeforeDefault else { throw .noticesMissing(given: given, needed: policy.limits.noticesBeforeDefault) }
        if let notBefore, now < dispute.opened + notBefore { throw .notBefore(dispute.opened + notBefore, what: "a ruling by default") }
        guard draft.outcome.code == outcome else { throw .outcomeNotAllowed(draft.outcome.code, reason: reason.code) }
        try make(draft, byDefaultAgainst: side, needsProof: needsProof, appeal: nil)
        try mustFire(.ruled, for: .ruleByDefault, closing: .ruled)
    }

    mutating func make(_ draft: RulingDraft, byDefaultAgainst: Side?, needsProof: Bool = false, appeal: AppealID?) throws(Refusal) {
        guard let staff = context.staff else { throw .notPermitted(act: .rule) }
        let dispute = try dispute()
        guard !dispute.legalHold else { throw .underLegalHold }
        try checkQualified(staff)
        try checkAuthority(staff, dispute.stake(outcome: draft.outcome.code, compensation: draft.compensation, policy))
        let outcome = try checkOutcome(draft, dispute)
        try checkReasons(draft)
        try checkPoints(draft, dispute)
        try checkPrecedents(draft)
        try checkEvidence(outcome, dispute, needsProof: needsProof)
        let ruling = Ruling(
            id: context.ids.next(), outcome: draft.outcome, fault: draft.fault, penalty: try penalty(draft, dispute),
            compensation: draft.compensation, cost: draft.cost, answers: draft.answers, precedents: draft.precedents,
            deviationReason: draft.deviationReason, evidence: dispute.exhibits.map(\.sha256), byDefaultAgainst: byDefaultAgainst,
            assistance: draft.assistance)
        let needed = dispute.needsSecondKey(outcome: ruling.outcome.code, compensation: ruling.compensation, onAppeal: appeal != nil, policy)
        emit(RulingMade(ruling: ruling, by: staff.id, needsSecondKey: needed, appeal: appeal))
        try endOpenRequests(because: "it was decided without it")
        if !needed { try announced() }
    }

    private func checkAuthority(_ staff: StaffStanding, _ stake: Stake) throws(Refusal) {
        let limits = policy.authority.limits
        guard let limit = limits.last(where: { $0.level <= staff.level }) else {
            throw .unqualified(needs: limits.first?.level ?? .l1, has: staff.level)
        }
        switch stake {
        case .worth(let value):
            guard !stake.exceeds(limit.valueMax) else { throw .beyondAuthority(value: value, limit: limit.valueMax) }
        case .unpriced:
            guard let highest = limits.last, limit.level == highest.level else {
                throw .unpriced(policy.authority.valueAsset, needs: limits.last?.level ?? .l4)
            }
        }
    }

    private func checkOutcome(_ draft: RulingDraft, _ dispute: Case) throws(Refusal) -> Outcome {
        let code = draft.outcome.code
        guard let outcome = policy.outcomes[code] else { throw .unknownCode(noun: OutcomeKind.noun, code: code.text) }
        let allowed = dispute.claims.flatMap { policy.reasons[$0.reason]?.outcomes ?? [] }
        // After a pay-out there is nothing left to divide; the pack says what can still be awarded then.
        guard allowed.contains(code) || dispute.escrowPaidOut && policy.appeals.afterPayout.contains(code) else {
            throw .outcomeNotAllowed(code, reason: dispute.reason)
        }
        guard policy.faults[draft.fault.code] != nil else { throw .unknownCode(noun: FaultKind.noun, code: draft.fault.code.text) }
        switch outcome.settlement {
        case .releaseToBuyer, .returnToSeller, .split:
            guard let order = dispute.order else { throw .moneyWithoutOrder }
            if outcome.settlement == .split {
                guard let terms = draft.outcome.terms, terms.divide(order.amount) else { throw .splitDoesNotAdd(total: order.amount) }
            }
            // The same outcome again is possible: an appeal may change the fault or lift the penalty and leave the rest as it is.
            let moves = try dispute.settlement(outcome: draft.outcome, compensation: draft.compensation, cost: draft.cost, policy)
            guard !dispute.escrowPaidOut || !moves.contains(where: \.emptiesEscrow) else {
                throw .alreadyDone("the escrow was paid out; only compensation is possible")
            }
        case .compensate, .fromDeposit, .credit:
            // Nobody signs what cannot be paid: no amount, a cost above it, no deposit on the other side.
            _ = try dispute.settlement(outcome: draft.outcome, compensation: draft.compensation, cost: draft.cost, policy)
        case .none, .acceptChargeback, .represent, .returnToSender: break
        }
        return outcome
    }

    private func checkReasons(_ draft: RulingDraft) throws(Refusal) {
        guard draft.outcome.reason != nil else { throw .reasonMissing(part: "outcome") }
        guard draft.fault.reason != nil else { throw .reasonMissing(part: "fault") }
        if !draft.penaltiesApplying.isEmpty, draft.penaltyReason == nil { throw .reasonMissing(part: "penalty") }
        if let amount = draft.compensation.amount {
            guard draft.compensation.reason != nil, draft.compensation.to != nil, draft.compensation.source != nil, !amount.isNegative else {
                throw .reasonMissing(part: "compensation")
            }
        }
        if draft.cost.amount != nil, draft.cost.reason == nil { throw .reasonMissing(part: "cost") }
    }

    private func checkPoints(_ draft: RulingDraft, _ dispute: Case) throws(Refusal) {
        let raised = Set(dispute.points.map(\.number))
        if let stray = draft.answers.first(where: { !raised.contains($0.point) }) { throw .answersUnknownPoint(stray.point) }
        let answered = Set(draft.answers.filter { $0.reason != nil }.map(\.point))
        let open = raised.subtracting(answered).sorted()
        guard open.isEmpty else { throw .pointsUnanswered(open) }
    }

    private func checkPrecedents(_ draft: RulingDraft) throws(Refusal) {
        guard draft.unlikePrecedents == nil || draft.deviationReason != nil else { throw .deviationUnexplained }
    }

    /// A receipt or a screenshot is never sufficient alone for the side the outcome favours. The coins leave the seller's escrow only on
    /// proof, whoever gave it; that they stay the seller's needs none, unless the pack says so (`needs-proof`).
    private func checkEvidence(_ outcome: Outcome, _ dispute: Case, needsProof: Bool) throws(Refusal) {
        guard dispute.agreement == nil else { return }
        let favoured: Set<Filer>
        switch outcome.settlement {
        case .releaseToBuyer: favoured = [.buyer, .payer]
        case .returnToSeller where needsProof || outcome.against == .buyer: favoured = [.seller, .merchant]
        default: return
        }
        guard let party = dispute.parties.first(where: { favoured.contains($0.capacity) && $0.represents == nil }) else { return }
        func sufficient(_ exhibits: [Exhibit]) -> Bool {
            exhibits.contains { policy.evidenceTypes[$0.type]?.sufficientAlone == true }
        }
        let own = dispute.exhibits.filter { $0.side == party.side }
        let system = dispute.exhibits.contains { policy.evidenceTypes[$0.type]?.automatic == true }
        if own.isEmpty {
            guard outcome.settlement == .returnToSeller, !needsProof else {
                guard system || sufficient(dispute.exhibits) else { throw .insufficientEvidence(side: party.side) }
                return
            }
        } else {
            guard system || sufficient(own) else { throw .insufficientEvidence(side: party.side) }
        }
    }

    /// The highest single penalty of those that apply; never several, never derived from the outcome.
    private func penalty(_ draft: RulingDraft, _ dispute: Case) throws(Refusal) -> Ruling.PenaltyPart {
        var candidates: [Penalty] = []
        for code in draft.penaltiesApplying {
            guard let penalty = policy.penalties[code] else { throw .unknownCode(noun: PenaltyKind.noun, code: code.text) }
            candidates.append(penalty)
        }
        guard let highest = candidates.max(by: { $0.severity < $1.severity }) else { return Ruling.PenaltyPart(reason: draft.penaltyReason) }
        guard let against = draft.penaltyAgainst, let party = dispute.party(against) else { throw .penaltyWithoutParty }
        guard !highest.merchantsOnly || party.merchant != nil else { throw .penaltyForMerchantsOnly(highest.code) }
        let offence = (context.priorOffences[against]?[highest.code] ?? 0) + 1
        return Ruling.PenaltyPart(code: highest.code, against: against, offence: offence, reason: draft.penaltyReason)
    }

    mutating func approve(_ ruling: RulingID) throws(Refusal) {
        guard case .approval(let waiting) = try dispute().stage else { throw .wrongRuling }
        guard waiting.ruling.id == ruling else { throw .wrongRuling }
        guard let staff = context.staff else { throw .notPermitted(act: .approve) }
        guard staff.id != waiting.by else { throw .selfApproval }
        // A relation that came to light after the ruling: it is sent back, not signed.
        guard !(try dispute().conflicted.contains(waiting.by)) else { throw .conflictOfInterest }
        // Who voted for it has said already what they think of it.
        let appeal = try dispute().currentRuling?.appeal
        guard try dispute().appeals.last(where: { $0.id == appeal })?.votes[staff.id] == nil else { throw .mustBeIndependent }
        guard !(try dispute().legalHold) else { throw .underLegalHold }
        emit(RulingApproved(ruling: ruling, by: staff.id))
        try announced()
        try mustFire(.approved, for: .approve, closing: .ruled)
    }

    /// A signed decision answers the parties: whoever has not had a word from a person has it now.
    private mutating func announced() throws(Refusal) {
        if let firstReply = ClockCode("first-reply") { try meetClock(firstReply) }
    }

    mutating func returnRuling(_ ruling: RulingID, _ reason: String) throws(Refusal) {
        guard case .approval(let waiting) = try dispute().stage, waiting.ruling.id == ruling else { throw .wrongRuling }
        guard let staff = context.staff, staff.id != waiting.by else { throw .selfApproval }
        guard !reason.isEmpty else { throw .reasonMissing(part: "return") }
        emit(RulingReturned(ruling: ruling, by: staff.id, reason: reason))
        try mustFire(.returned, for: .returnRuling)
    }
}
