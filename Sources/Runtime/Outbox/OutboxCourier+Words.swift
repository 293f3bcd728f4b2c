import Chronicle
import Disputes

/// The translation between what a case wants and what an exchange understands.
extension OutboxCourier {
    static func confirmation(_ kind: String, _ id: InstructionID, receipt: String) -> CaseCommand? {
        switch kind {
        case "hold": .confirmHold(receipt: receipt)
        case "lift": nil
        default: .confirmSettlement(id, receipt: receipt)
        }
    }

    static func refusal(_ kind: String, _ id: InstructionID, reason: String) -> CaseCommand? {
        switch kind {
        case "hold": .refuseHold(reason: reason)
        case "lift": nil
        default: .reportFailure(id, reason: reason)
        }
    }

    static func instruction(_ kind: String, _ id: InstructionID, _ dispute: Case) -> Instruction? {
        let order = (dispute.order?.reference).flatMap(OrderReference.init)
        switch kind {
        case "hold": return dispute.order?.escrowHeld == true ? order.map { .hold(order: $0) } : account(dispute).map { .freezeAccount(account: $0) }
        case "lift": return dispute.order?.escrowHeld == true ? order.map { .liftHold(order: $0) } : account(dispute).map { .unfreezeAccount(account: $0) }
        default:
            guard let wanted = dispute.instructions.first(where: { $0.id == id }) else { return nil }
            return translate(wanted.kind, order, dispute)
        }
    }

    /// The account a case without an escrow freezes: the claimant's own.
    private static func account(_ dispute: Case) -> AccountReference? {
        dispute.principal(.filer)?.account.flatMap { AccountReference($0.text) }
    }

    private static func translate(_ kind: Disputes.Instruction.Kind, _ order: OrderReference?, _ dispute: Case) -> Instruction? {
        func account(_ party: PartyID) -> AccountReference? { dispute.party(party)?.account.flatMap { AccountReference($0.text) } }
        switch kind {
        case .release(let reference): return OrderReference(reference).map { .releaseToBuyer(order: $0) }
        case .returnToSeller(let reference): return OrderReference(reference).map { .returnToSeller(order: $0) }
        case .split(let reference, let toBuyer, let toSeller):
            return OrderReference(reference).map { .split(order: $0, buyer: toBuyer, seller: toSeller) }
        case .compensate(let party, let amount):
            guard let account = account(party), let order else { return nil }
            return .compensate(account: account, amount: amount, order: order)
        case .credit(_, let amount): return order.map { .creditDeposit(order: $0, amount: amount) }
        case .deductDeposit(let merchant, let to, let amount):
            guard let merchant = account(merchant), let victim = account(to), let order else { return nil }
            return .deductDeposit(merchant: merchant, victim: victim, amount: amount, order: order)
        case .acceptChargeback, .represent, .returnToSender: return nil
        }
    }
}

extension CaseCommand {
    /// What the exchange said, in words, where this command carries its answer.
    var told: String {
        switch self {
        case .confirmHold(let receipt), .confirmSettlement(_, let receipt): "done, " + receipt
        case .refuseHold(let reason), .reportFailure(_, let reason): reason
        default: act.rawValue
        }
    }
}
