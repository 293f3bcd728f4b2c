import Chronicle
import Policies

extension Deliberation {
    /// Turns the ruling in force, or the parties' agreement, into instructions to the exchange.
    mutating func instructSettlement() throws(Refusal) {
        guard !isImport else { return }
        let dispute = try dispute()
        guard !dispute.legalHold else { throw .underLegalHold }
        var kinds: [Instruction.Kind] = []
        if dispute.basis == .ruling, let made = dispute.currentRuling {
            kinds = try self.kinds(for: made.ruling, dispute)
        } else if dispute.basis == .agreement, let terms = dispute.agreement, let order = dispute.order {
            kinds = [Deliberation.kind(for: terms, order)]
        }
        for kind in kinds { emit(SettlementInstructed(instruction: Instruction(id: context.ids.next(), kind: kind))) }
    }

    private static func kind(for terms: Terms, _ order: OrderSnapshot) -> Instruction.Kind {
        if terms.toSeller.isZero { return .release(order: order.reference) }
        if terms.toBuyer.isZero { return .returnToSeller(order: order.reference) }
        return .split(order: order.reference, toBuyer: terms.toBuyer, toSeller: terms.toSeller)
    }

    private func kinds(for ruling: Ruling, _ dispute: Case) throws(Refusal) -> [Instruction.Kind] {
        guard let outcome = policy.outcomes[ruling.outcome.code] else { throw .unknownCode(noun: OutcomeKind.noun, code: ruling.outcome.code.text) }
        let reference = dispute.order?.reference ?? dispute.reference?.number ?? dispute.id.description
        let beneficiary = ruling.compensation.to ?? dispute.claim.by
        let amount = ruling.compensation.amount ?? dispute.amount
        var kinds: [Instruction.Kind] = []
        var compensated = false
        switch outcome.settlement {
        case .none: break
        case .releaseToBuyer: kinds.append(.release(order: reference))
        case .returnToSeller: kinds.append(.returnToSeller(order: reference))
        case .split:
            guard let terms = ruling.outcome.terms else { throw .moneyWithoutOrder }
            kinds.append(.split(order: reference, toBuyer: terms.toBuyer, toSeller: terms.toSeller))
        case .compensate, .credit, .fromDeposit:
            guard let amount else { throw .moneyWithoutOrder }
            compensated = true
            if outcome.settlement == .fromDeposit || ruling.compensation.source == .deposit {
                guard let merchant = dispute.parties.first(where: { $0.merchant != nil }) else {
                    throw .partiesMissing("there is no merchant with a deposit on this case")
                }
                kinds.append(.deductDeposit(merchant: merchant.id, to: beneficiary, amount: amount))
            } else {
                kinds.append(outcome.settlement == .credit ? .credit(party: beneficiary, amount: amount) : .compensate(party: beneficiary, amount: amount))
            }
        case .acceptChargeback: kinds.append(.acceptChargeback(reference: reference))
        case .represent: kinds.append(.represent(reference: reference))
        case .returnToSender: kinds.append(.returnToSender(reference: reference))
        }
        if !compensated, let extra = ruling.compensation.amount {
            if ruling.compensation.source == .deposit, let merchant = dispute.parties.first(where: { $0.merchant != nil }) {
                kinds.append(.deductDeposit(merchant: merchant.id, to: beneficiary, amount: extra))
            } else {
                kinds.append(.compensate(party: beneficiary, amount: extra))
            }
        }
        return kinds
    }

    mutating func confirmSettlement(_ id: InstructionID, _ receipt: String) throws(Refusal) {
        switch try dispute().progress[id] {
        case nil: throw .wrongInstruction
        case .confirmed: return
        case .instructed, .failed: break
        }
        emit(SettlementConfirmed(instruction: id, receipt: receipt))
        guard try nothingLeftToCarryOut() else { return }
        try fire(.settlementConfirmed, closing: try wayOfEnding())
    }

    mutating func reportFailure(_ id: InstructionID, _ reason: String) throws(Refusal) {
        guard case .instructed = try dispute().progress[id] else { throw .wrongInstruction }
        emit(SettlementFailed(instruction: id, reason: reason))
        try fire(.settlementFailed)
    }

    /// Instructs again what the exchange refused. A refusal had no effect there, so a new instruction cannot pay twice.
    mutating func retrySettlement() throws(Refusal) {
        let dispute = try dispute()
        let failed = dispute.instructions.filter { if case .failed = dispute.progress[$0.id] { true } else { false } }
        guard !failed.isEmpty else { throw .wrongInstruction }
        for instruction in failed {
            emit(SettlementInstructed(instruction: Instruction(id: context.ids.next(), kind: instruction.kind)))
        }
    }
}
