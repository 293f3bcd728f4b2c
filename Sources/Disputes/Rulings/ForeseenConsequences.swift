import Chronicle
import Policies

/// What a ruling would do, said before it is signed: asked of the same rules that will carry it out.
public struct ForeseenConsequences: Hashable, Sendable {
    /// A sentence each, for whoever signs.
    public let lines: [String]
    public let needsSecondKey: Bool

    /// - Parameter onAppeal: it would be the decision on an appeal.
    public init(of draft: RulingDraft, onAppeal: Bool, on dispute: Case, _ policy: Policy) throws(Refusal) {
        guard let outcome = policy.outcomes[draft.outcome.code] else { throw .unknownCode(noun: OutcomeKind.noun, code: draft.outcome.code.text) }
        let instructions = try dispute.settlement(outcome: draft.outcome, compensation: draft.compensation, cost: draft.cost, policy)
        var lines = instructions.map { ForeseenConsequences.line($0, dispute) }
        if lines.isEmpty { lines.append(outcome.settlement == .none ? "Moves no money by itself." : "Moves no money: that was done already.") }
        if let owed = draft.compensation.amount, let source = draft.compensation.source, source == .counterparty || source == .scheme,
            !instructions.contains(where: \.pays)
        {
            let owes = source == .scheme ? "the card scheme" : "the other side"
            lines.append(
                "Orders \(owed.shown) to be paid to \(ForeseenConsequences.named(draft.compensation.to, dispute)) by \(owes); the desk does not move it.")
        }
        if let penalty = draft.penaltiesApplying.compactMap({ policy.penalties[$0] }).max(by: { $0.severity < $1.severity }) {
            lines.append("Imposes on \(ForeseenConsequences.named(draft.penaltyAgainst, dispute)): \(penalty.title).")
        }
        if let other = draft.unlikePrecedents {
            lines.append("\(other) of \(draft.precedents.count) precedents were decided otherwise: the parties read why this case is different.")
        }
        needsSecondKey = dispute.needsSecondKey(outcome: outcome.code, compensation: draft.compensation, onAppeal: onAppeal, policy)
        if needsSecondKey {
            lines.append("Waits for a second person's key first.")
        }
        if !onAppeal { lines.append(outcome.appealable ? "Either party may appeal." : "Cannot be appealed.") }
        self.lines = lines
    }

    private static func line(_ kind: Instruction.Kind, _ dispute: Case) -> String {
        let amount = (dispute.order?.amount ?? dispute.amount).map(\.shown) ?? "the amount"
        return switch kind {
        case .release: "Releases \(amount) to \(named(dispute.order?.buyer, dispute))."
        case .returnToSeller: "Returns \(amount) to \(named(dispute.order?.seller, dispute))."
        case .split(_, let toBuyer, let toSeller): "Splits \(amount): \(toBuyer.shown) to the buyer, \(toSeller.shown) to the seller."
        case .compensate(let party, let amount): "Pays \(amount.shown) to \(named(party, dispute)) from the platform."
        case .credit(let party, let amount): "Credits \(amount.shown) to \(named(party, dispute))."
        case .deductDeposit(_, let party, let amount): "Pays \(amount.shown) to \(named(party, dispute)) from the merchant's deposit."
        case .returnToSender: "Sends \(amount) back to the address it came from."
        case .acceptChargeback: "Accepts the chargeback of \(amount)."
        case .represent: "Answers the chargeback of \(amount) with the evidence on file."
        }
    }

    private static func named(_ id: PartyID?, _ dispute: Case) -> String {
        guard let party = id.flatMap(dispute.party) else { return "whoever claims" }
        return "the \(party.capacity.rawValue)" + (party.account.map { " \($0)" } ?? "")
    }
}

extension Instruction.Kind {
    fileprivate var pays: Bool {
        switch self {
        case .compensate, .credit, .deductDeposit: true
        default: false
        }
    }
}
