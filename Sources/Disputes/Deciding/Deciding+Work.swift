import Chronicle
import Policies

extension Deliberation {
    mutating func take() throws(Refusal) {
        guard let staff = context.staff else { throw .notPermitted(act: .take) }
        let dispute = try dispute()
        if let owner = dispute.owner {
            guard owner != staff.id else { return }
            throw .alreadyDone("the case was taken by \(owner)")
        }
        try checkQualified(staff)
        emit(CaseAssigned(to: staff.id))
    }

    mutating func assign(to staff: StaffStanding) throws(Refusal) {
        guard !(try dispute().conflicted.contains(staff.id)) else { throw .conflictOfInterest }
        guard try dispute().owner != staff.id else { return }
        try checkQualified(staff)
        emit(CaseAssigned(to: staff.id))
    }

    /// Has this person the certificate the case type's skill needs?
    func checkQualified(_ staff: StaffStanding) throws(Refusal) {
        guard let type = policy.caseTypes[try dispute().type], let skill = policy.skills[type.skill] else { return }
        guard staff.level >= skill.level else { throw .unqualified(needs: skill.level, has: staff.level) }
    }

    mutating func release() throws(Refusal) {
        guard let owner = try dispute().owner else { return }
        emit(CaseReleased(by: owner))
    }

    mutating func setTier(_ tier: TierCode, _ reason: String) throws(Refusal) {
        guard policy.tiers[tier] != nil else { throw .unknownCode(noun: TierKind.noun, code: tier.text) }
        guard !reason.isEmpty else { throw .reasonMissing(part: "change of tier") }
        guard try dispute().tier != tier else { return }
        emit(TierSet(tier: tier, reason: reason))
    }

    mutating func declareRelation(_ staff: StaffID, _ nature: String) throws(Refusal) {
        guard !nature.isEmpty else { throw .reasonMissing(part: "relation") }
        guard !(try dispute().conflicted.contains(staff)) else { return }
        emit(RelationDeclared(staff: staff, nature: nature))
    }

    mutating func conclude() throws(Refusal) {
        // Deciding again while the exchange may still carry the first decision out could pay twice.
        let underWay = try dispute().progress.values.contains { if case .instructed = $0 { true } else { false } }
        guard !underWay else { throw .settlementUnderWay }
        emit(InvestigationConcluded())
        // Enough is known: from now on the parties are not waited for, and no clock of ours stands still on their account.
        try endOpenRequests(because: "enough is known without it")
        try mustFire(.concluded, for: .conclude)
    }
}
