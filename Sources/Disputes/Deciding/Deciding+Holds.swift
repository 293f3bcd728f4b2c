import Chronicle
import Policies

extension Deliberation {
    mutating func requestHold() throws(Refusal) {
        let dispute = try dispute()
        guard !isImport, dispute.hold == .none || dispute.hold == .lifted, dispute.holds(policy) != nil else { return }
        emit(HoldRequested(instruction: context.ids.next()))
    }

    /// The same, asked for by a person, who is told when there is nothing to hold.
    mutating func placeHold() throws(Refusal) {
        guard try dispute().holds(policy) != nil else { throw .noSuchThing("escrow or account that this case could freeze") }
        try requestHold()
    }

    /// Frees what this case froze. A person may do it at any time; a case that ends does it by itself, unless its ruling keeps the coins.
    mutating func liftHoldIfPlaced(byHand: Bool = false) throws(Refusal) {
        let dispute = try dispute()
        guard dispute.hold == .placed || dispute.hold == .requested, !dispute.escrowPaidOut, !dispute.legalHold else { return }
        guard byHand || !dispute.rulingKeepsHold(policy) else { return }
        emit(HoldLifted(instruction: context.ids.next()))
    }

    mutating func confirmHold(_ receipt: String) throws(Refusal) {
        guard try dispute().hold == .requested else { return }
        emit(HoldPlaced(receipt: receipt))
    }

    mutating func refuseHold(_ reason: String) throws(Refusal) {
        guard try dispute().hold == .requested else { return }
        emit(HoldRefused(reason: reason))
    }

    mutating func placeLegalHold(_ authority: String, _ reference: Sealed?) throws(Refusal) {
        guard !(try dispute().legalHold) else { throw .alreadyDone("a legal hold is in place") }
        guard !authority.isEmpty else { throw .reasonMissing(part: "legal hold") }
        emit(LegalHoldPlaced(authority: authority, reference: reference))
        // An order of an authority keeps the coins where they are, whoever let them go a moment ago.
        try requestHold()
        try fire(.legalHoldPlaced)
    }

    mutating func liftLegalHold() throws(Refusal) {
        guard try dispute().legalHold else { throw .noSuchThing("legal hold") }
        emit(LegalHoldLifted())
        // The case may have closed in the meantime; what only the order kept is free now.
        if try dispute().isClosed { try liftHoldIfPlaced() } else { try fire(.legalHoldLifted) }
    }

    mutating func escrowMoved(_ how: EscrowMoved.How, _ reference: String) throws(Refusal) {
        emit(EscrowMoved(how: how, reference: reference))
        try fire(.escrowMoved, closing: .escrowMovedByParties)
    }
}

/// What a hold keeps in place.
public enum HeldThing: Hashable, Sendable { case escrow, account }

extension Case {
    /// What a hold on this case would freeze at the exchange: the escrow of its order, or the account somebody else may be in.
    public func holds(_ policy: Policy) -> HeldThing? {
        if order?.escrowHeld == true { return escrowPaidOut ? nil : .escrow }
        return policy.caseTypes[type]?.freezesAccount == true && principal(.filer)?.account != nil ? .account : nil
    }

    /// Does the ruling in force keep the coins frozen after the case has ended?
    func rulingKeepsHold(_ policy: Policy) -> Bool {
        guard basis == .ruling, let made = currentRuling, made.isSigned else { return false }
        return policy.outcomes[made.ruling.outcome.code]?.keepsHold ?? false
    }
}
