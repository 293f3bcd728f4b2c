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
            kinds = try dispute.settlement(outcome: made.ruling.outcome, compensation: made.ruling.compensation, cost: made.ruling.cost, policy)
        } else if dispute.basis == .agreement, let terms = dispute.agreement, let order = dispute.order, order.escrowHeld, dispute.hold != .refused {
            // Outside escrow the parties pay each other; the agreement is on record, and there is nothing here to move.
            kinds = [Deliberation.kind(for: terms, order)]
        }
        for kind in kinds { emit(SettlementInstructed(instruction: Instruction(id: context.ids.next(), kind: kind))) }
    }

    private static func kind(for terms: Terms, _ order: OrderSnapshot) -> Instruction.Kind {
        if terms.toSeller.isZero { return .release(order: order.reference) }
        if terms.toBuyer.isZero { return .returnToSeller(order: order.reference) }
        return .split(order: order.reference, toBuyer: terms.toBuyer, toSeller: terms.toSeller)
    }

    mutating func confirmSettlement(_ id: InstructionID, _ receipt: String) throws(Refusal) {
        switch try dispute().progress[id] {
        case nil: throw .wrongInstruction
        case .confirmed: return
        case .instructed, .failed: break
        }
        try checkMayAnswer(id)
        emit(SettlementConfirmed(instruction: id, receipt: receipt))
        guard try nothingLeftToCarryOut() else { return }
        try fire(.settlementConfirmed, closing: try wayOfEnding())
    }

    mutating func reportFailure(_ id: InstructionID, _ reason: String) throws(Refusal) {
        guard case .instructed = try dispute().progress[id] else { throw .wrongInstruction }
        try checkMayAnswer(id)
        emit(SettlementFailed(instruction: id, reason: reason))
        try fire(.settlementFailed)
    }

    /// What the exchange carries out it answers for itself: a failure reported by hand while the instruction is on its way, and a second
    /// instruction after it, would pay twice.
    private func checkMayAnswer(_ id: InstructionID) throws(Refusal) {
        guard let instruction = try dispute().instructions.first(where: { $0.id == id }) else { throw .wrongInstruction }
        guard isMachine || instruction.kind.isCarriedOutByHand else { throw .exchangeAnswers }
    }

    /// Instructs again what the exchange refused. A refusal had no effect there, so a new instruction cannot pay twice.
    mutating func retrySettlement() throws(Refusal) {
        let dispute = try dispute()
        guard !dispute.legalHold else { throw .underLegalHold }
        let failed = dispute.instructions.filter { if case .failed = dispute.progress[$0.id] { true } else { false } }
        guard !failed.isEmpty else { throw .wrongInstruction }
        for instruction in failed {
            emit(SettlementInstructed(instruction: Instruction(id: context.ids.next(), kind: instruction.kind)))
        }
    }
}
