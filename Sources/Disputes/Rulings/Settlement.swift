import Chronicle
import Policies

extension Case {
    /// What the exchange would be told if this were the ruling: the one place where a decision becomes instructions, asked before signing
    /// as well as after.
    ///
    /// A later ruling replaces an earlier one, and what it awards is a total: what was carried out already is not carried out again, and of
    /// a payment only the difference is. Compensation that a counterparty or a scheme owes is ordered, not paid: the desk moves only what is
    /// in escrow, in the merchant's deposit, or the platform's.
    public func settlement(
        outcome part: Ruling.OutcomePart, compensation: Ruling.CompensationPart, cost: Ruling.CostPart, _ policy: Policy
    ) throws(Refusal) -> [Instruction.Kind] {
        guard let outcome = policy.outcomes[part.code] else { throw .unknownCode(noun: OutcomeKind.noun, code: part.code.text) }
        let reference = order?.reference ?? self.reference?.number ?? id.description
        let beneficiary = compensation.to ?? claim.by
        var kinds: [Instruction.Kind] = []
        switch outcome.settlement {
        case .none: break
        case .releaseToBuyer: kinds.append(.release(order: reference))
        case .returnToSeller: kinds.append(.returnToSeller(order: reference))
        case .split:
            guard let terms = part.terms else { throw .moneyWithoutOrder }
            kinds.append(.split(order: reference, toBuyer: terms.toBuyer, toSeller: terms.toSeller))
        case .compensate, .credit, .fromDeposit:
            let stake: Amount? = if let awarded = compensation.amount { awarded } else { try amountLess(cost, for: beneficiary) }
            guard let amount = stake else { throw .moneyWithoutOrder }
            if outcome.settlement == .fromDeposit || compensation.source == .deposit {
                kinds.append(.deductDeposit(merchant: try merchantWithDeposit(against: beneficiary), to: beneficiary, amount: amount))
            } else {
                kinds.append(outcome.settlement == .credit ? .credit(party: beneficiary, amount: amount) : .compensate(party: beneficiary, amount: amount))
            }
        case .acceptChargeback: kinds.append(.acceptChargeback(reference: reference))
        case .represent: kinds.append(.represent(reference: reference))
        case .returnToSender: kinds.append(.returnToSender(reference: reference))
        }
        if let extra = compensation.amount, !outcome.settlement.paysTheCompensation {
            switch compensation.source {
            case .deposit: kinds.append(.deductDeposit(merchant: try merchantWithDeposit(against: beneficiary), to: beneficiary, amount: extra))
            case .platform: kinds.append(.compensate(party: beneficiary, amount: extra))
            case .counterparty, .scheme, nil: break
            }
        }
        return kinds.compactMap(stillToDo)
    }

    /// What is at stake, less the cost where the one who gets it bears it: recovered less the fee.
    private func amountLess(_ cost: Ruling.CostPart, for beneficiary: PartyID) throws(Refusal) -> Amount? {
        guard let amount else { return nil }
        guard let fee = cost.amount, let side = party(beneficiary)?.side, cost.bearer == (side == .filer ? .filer : .other) else { return amount }
        guard fee.asset == amount.asset, !fee.isNegative, fee.minorUnits < amount.minorUnits else { throw .costTooHigh(fee, of: amount) }
        return Amount(minorUnits: amount.minorUnits - fee.minorUnits, of: amount.asset)
    }

    /// The merchant whose deposit answers for it: the one on the other side, never the one who is to be paid.
    private func merchantWithDeposit(against beneficiary: PartyID) throws(Refusal) -> PartyID {
        let side = party(beneficiary)?.side
        guard let merchant = parties.first(where: { $0.merchant != nil && $0.side != side }) else {
            throw .partiesMissing("there is no merchant with a deposit on the other side of this case")
        }
        return merchant.id
    }

    /// What the exchange has carried out for this case.
    var carriedOut: [Instruction.Kind] {
        instructions.compactMap { instruction in
            guard case .confirmed = progress[instruction.id] else { return nil }
            return instruction.kind
        }
    }

    private func stillToDo(_ kind: Instruction.Kind) -> Instruction.Kind? {
        func rest(_ amount: Amount, after paid: (Instruction.Kind) -> Amount?) -> Amount? {
            let already = carriedOut.compactMap(paid).filter { $0.asset == amount.asset }.reduce(Int128(0)) { $0 + $1.minorUnits }
            let rest = Amount(minorUnits: amount.minorUnits - already, of: amount.asset)
            return already == 0 || rest.minorUnits > 0 ? rest : nil
        }
        switch kind {
        case .compensate(let party, let amount):
            return rest(amount) { if case .compensate(party, let paid) = $0 { paid } else { nil } }.map { .compensate(party: party, amount: $0) }
        case .credit(let party, let amount):
            return rest(amount) { if case .credit(party, let paid) = $0 { paid } else { nil } }.map { .credit(party: party, amount: $0) }
        case .deductDeposit(let merchant, let party, let amount):
            return rest(amount) { if case .deductDeposit(merchant, party, let paid) = $0 { paid } else { nil } }
                .map { .deductDeposit(merchant: merchant, to: party, amount: $0) }
        case .release, .returnToSeller, .split, .returnToSender: return carriedOut.contains(kind) ? nil : kind
        // Each stage of a card scheme wants an answer of its own.
        case .acceptChargeback, .represent: return kind
        }
    }

    /// Can a case like this still end so? What was paid out cannot be divided again; the very same outcome may be repeated.
    func canStillEnd(_ code: OutcomeCode, _ policy: Policy) -> Bool {
        guard escrowPaidOut, let settlement = policy.outcomes[code]?.settlement, settlement.emptiesEscrow else { return true }
        return carriedOut.contains { done in
            switch (settlement, done) {
            case (.releaseToBuyer, .release), (.returnToSeller, .returnToSeller), (.split, .split): true
            default: false
            }
        }
    }

    /// Has an instruction that empties the escrow been carried out?
    var escrowPaidOut: Bool { carriedOut.contains(where: \.emptiesEscrow) }
}

extension Instruction.Kind {
    /// Chargeback answers are filed with the card scheme by a person, and coins sent back on a chain by the treasury desk, who then confirm;
    /// everything else goes out to the exchange by itself.
    public var isCarriedOutByHand: Bool {
        switch self {
        case .acceptChargeback, .represent, .returnToSender: true
        default: false
        }
    }

    /// Does the exchange empty the escrow for it?
    var emptiesEscrow: Bool {
        switch self {
        case .release, .returnToSeller, .split: true
        default: false
        }
    }
}

extension Outcome.Settlement {
    /// Is the compensation named in the ruling the very payment this outcome makes?
    var paysTheCompensation: Bool { [.compensate, .credit, .fromDeposit].contains(self) }
}
