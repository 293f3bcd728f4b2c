import Chronicle
import Policies

extension Case {
    /// The closed facts of this case that guards and clock tables may ask about.
    func facts(_ policy: Policy) -> Facts {
        let type = policy.caseTypes[type]
        let ruling = currentRuling?.ruling
        let outcome = ruling.flatMap { policy.outcomes[$0.outcome.code] }
        let rail = order?.rail.flatMap { policy.rails[$0] }
        let silent = silentSides
        return Facts(
            [
                .sides: type?.sides == .two ? "two" : "one",
                .escrow: order?.escrowHeld == true && hold != .refused ? "held" : "none",
                .filer: filerFact,
                .answered: answered ? "yes" : "no",
                .evidence: openRequests.isEmpty ? "complete" : "incomplete",
                .money: ruling.map { moneyMoves($0, policy) } ?? (agreement != nil) ? "moves" : "stays",
                .secondKey: currentRuling?.needsSecondKey ?? false ? "needed" : "free",
                .appealable: outcome?.appealable ?? true ? "yes" : "no",
                .appealLevel: currentAppeal?.level.rawValue ?? "none",
                .tier: tier.text,
                .railSpeed: rail.map { $0.instant ? "instant" : "slow" } ?? "none",
                .phaseLive: type?.escrowHeld == true ? "live" : "post",
                .scheme: scheme?.text.lowercased() ?? "none",
                .parent: links.children.isEmpty ? "no" : "yes",
                .novel: ruling?.precedents.isEmpty ?? true ? "yes" : "no",
                .silent: silent,
                .ruled: basis == .ruling && currentRuling?.isSigned == true ? "yes" : "no",
                .keepsHold: rulingKeepsHold(policy) ? "yes" : "no",
            ] as KeyValuePairs)
    }

    private var filerFact: String {
        switch principal(.filer)?.capacity {
        case .buyer, .payer: "buyer"
        case .seller: "seller"
        case .merchant: "merchant"
        case .issuer: "issuer"
        case .authority, .regulator: "authority"
        default: "user"
        }
    }

    /// Which sides let what was asked of them run out.
    private var silentSides: String {
        func silent(_ side: Side) -> Bool { requests.contains { $0.side == side && $0.ending == .lapsed } }
        return switch (silent(.filer), silent(.other)) {
        case (true, true): "both"
        case (true, false): "filer"
        case (false, true): "other"
        case (false, false): "nobody"
        }
    }

    /// Will carrying this ruling out move money?
    func moneyMoves(_ ruling: Ruling, _ policy: Policy) -> Bool { moneyMoves(ruling.outcome.code, ruling.compensation, policy) }

    private func moneyMoves(_ outcome: OutcomeCode, _ compensation: Ruling.CompensationPart, _ policy: Policy) -> Bool {
        guard let outcome = policy.outcomes[outcome] else { return false }
        return outcome.settlement != .none || compensation.amount != nil
    }

    /// Would such a ruling need a second person's key?
    public func needsSecondKey(
        outcome: OutcomeCode, compensation: Ruling.CompensationPart, onAppeal: Bool, _ policy: Policy
    ) -> Bool {
        let authority = policy.authority
        if authority.fourEyesOutcomes.contains(outcome) { return true }
        guard moneyMoves(outcome, compensation, policy) else { return false }
        if stake(outcome: outcome, compensation: compensation, policy).exceeds(authority.fourEyesAbove) { return true }
        return onAppeal && authority.fourEyesOnAppealRelease && policy.outcomes[outcome]?.settlement == .releaseToBuyer
    }
}
