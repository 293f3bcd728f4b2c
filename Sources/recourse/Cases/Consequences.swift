import Chronicle
import Disputes
import Policies

/// What a ruling would do with money, said before it is signed.
struct Consequences {
    let lines: [String]
    let moves: Bool

    init(of draft: RulingDraft, on dispute: Case, _ policy: Policy) throws(Refusal) {
        guard let outcome = policy.outcomes[draft.outcome.code] else { throw .unknownCode(noun: OutcomeKind.noun, code: draft.outcome.code.text) }
        func named(_ id: PartyID?) -> String {
            guard let party = id.flatMap(dispute.party) else { return "whoever claims" }
            return "the \(party.capacity.rawValue)" + (party.account.map { " \($0)" } ?? "")
        }
        let amount = (dispute.order?.amount ?? dispute.amount).map(\.shown) ?? "the amount"
        var lines: [String] = []
        switch outcome.settlement {
        case .none: lines.append("Moves no money by itself.")
        case .releaseToBuyer: lines.append("Releases \(amount) to \(named(dispute.order?.buyer)).")
        case .returnToSeller: lines.append("Returns \(amount) to \(named(dispute.order?.seller)).")
        case .split:
            let terms = draft.outcome.terms
            lines.append(
                "Splits \(amount): \(terms.map { "\($0.toBuyer.shown) to the buyer, \($0.toSeller.shown) to the seller" } ?? "say how with --to-buyer").")
        case .compensate: lines.append("Pays \(draft.compensation.amount?.shown ?? amount) to \(named(draft.compensation.to)) from the platform.")
        case .credit: lines.append("Credits \(draft.compensation.amount?.shown ?? amount) to \(named(draft.compensation.to)).")
        case .fromDeposit: lines.append("Pays \(draft.compensation.amount?.shown ?? amount) to \(named(draft.compensation.to)) from the merchant's deposit.")
        case .returnToSender: lines.append("Sends \(amount) back to the address it came from.")
        case .acceptChargeback: lines.append("Accepts the chargeback of \(amount).")
        case .represent: lines.append("Answers the chargeback of \(amount) with the evidence on file.")
        }
        if let extra = draft.compensation.amount, ![.compensate, .credit, .fromDeposit].contains(outcome.settlement) {
            lines.append("Pays \(extra.shown) to \(named(draft.compensation.to)) from \(draft.compensation.source?.rawValue ?? "nobody named").")
        }
        let moves = outcome.settlement != .none || draft.compensation.amount != nil
        if let penalty = draft.penaltiesApplying.compactMap({ policy.penalties[$0] }).max(by: { $0.severity < $1.severity }) {
            lines.append("Imposes on \(named(draft.penaltyAgainst)): \(penalty.title).")
        }
        let large = dispute.value.map { (try? $0.exceeds(policy.authority.fourEyesAbove)) ?? true } ?? false
        if moves, large || policy.authority.fourEyesOutcomes.contains(outcome.code) { lines.append("Waits for a second person's key first.") }
        if outcome.appealable { lines.append("Either party may appeal.") } else { lines.append("Cannot be appealed.") }
        (self.lines, self.moves) = (lines, moves)
    }
}

extension OpenDesk {
    /// Shows what a ruling does and has it confirmed: by `--yes`, or by a person at a terminal.
    func confirm(_ draft: RulingDraft, on dispute: Case, yes: Bool) async throws {
        let consequences = try Consequences(of: draft, on: dispute, try await policy(of: dispute))
        if !options.json { for line in consequences.lines { print("  " + line) } }
        guard !yes else { return }
        guard Console.canAsk, !options.json else { throw Failure("this is decided about money; confirm it with --yes") }
        guard Console.confirms("Type yes to sign:") else { throw Failure("not signed; nothing was done") }
    }
}
