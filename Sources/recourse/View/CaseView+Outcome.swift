import Chronicle
import Disputes
import Policies
import Runtime

extension CaseView {
    func showOffers() {
        guard !dispute.offers.isEmpty || dispute.agreement != nil else { return }
        print(screen.heading("Offers"))
        for offer in dispute.offers {
            let what = offer.terms.map { "\($0.toBuyer.shown) to the buyer, \($0.toSeller.shown) to the seller" } ?? "in secret"
            let state = offer.ending?.rawValue ?? "open, expires \(Moments(now: now).relative(offer.expires))"
            print("  \(people.name(of: offer.by)): \(what) (\(state))")
        }
        if let agreed = dispute.agreement { print("  " + screen.good("Agreed: \(agreed.toBuyer.shown) to the buyer, \(agreed.toSeller.shown) to the seller")) }
        print("")
    }

    /// The ruling in its five parts, each with its own reason.
    func showRuling() {
        guard let made else { return }
        let ruling = made.ruling
        var title = "Ruling by \(people.name(of: made.by)), \(Moments(now: now).relative(made.at))"
        if let approved = made.approvedBy { title += ", second key by \(people.name(of: approved))" }
        if case .approval = dispute.stage, reader == nil { title += ", WAITS FOR A SECOND KEY" }
        if ruling.byDefaultAgainst != nil { title += ", by default" }
        print(screen.heading(title))
        part("Outcome", "\(ruling.outcome.code) \(policy.outcomes[ruling.outcome.code]?.title ?? "")", "outcome")
        part("Fault", "\(ruling.fault.code) \(policy.faults[ruling.fault.code]?.title ?? "")", "fault")
        let penalty = ruling.penalty.code.map { code in
            "\(code) \(policy.penalties[code]?.title ?? "") for \(ruling.penalty.against.map { people.name(of: $0) } ?? "nobody")"
                + (ruling.penalty.offence.map { ", offence \($0)" } ?? "")
        }
        part("Penalty", penalty ?? "none", "penalty")
        let compensation = ruling.compensation.amount.map { amount in
            "\(amount.shown) to \(ruling.compensation.to.map { people.name(of: $0) } ?? "nobody") from \(ruling.compensation.source?.rawValue ?? "nobody")"
        }
        part("Compensation", compensation ?? "none", "compensation")
        part("Cost", ruling.cost.amount.map { "\($0.shown), borne by \(ruling.cost.bearer.rawValue)" } ?? "none", "cost")
        for answer in ruling.answers { part("Point \(answer.point)", answer.accepted ? "accepted" : "turned down", "answer \(answer.point)") }
        for precedent in ruling.precedents { part("Precedent", "…\(precedent.case.crockford.suffix(8)), \(precedent.outcome)", "") }
        if let deviation = reasons["deviation"]?.text { part("Deviation", deviation, "") }
        for instruction in dispute.instructions {
            print("  " + padded("Settlement", to: 13) + Happening.words(instruction.kind) + ": " + progress(instruction.id))
        }
        print("")
    }

    private func part(_ name: String, _ what: String, _ reason: String) {
        print("  " + padded(name, to: 13) + what.trimmed)
        if let text = reasons[reason]?.text { screen.print("“\(text)”", indent: 15) }
    }

    private func progress(_ id: InstructionID) -> String {
        switch dispute.progress[id] {
        case nil: "—"
        case .instructed: "on its way"
        case .confirmed(let receipt): "carried out, receipt \(receipt)"
        case .failed(let reason): screen.late("not carried out: \(reason)")
        }
    }

    func showAppeals() {
        guard !dispute.appeals.isEmpty else { return }
        print(screen.heading("Appeals"))
        for appeal in dispute.appeals {
            print(
                "  \(appeal.level.rawValue) by \(people.name(of: appeal.by)), filed \(Moments(now: now).relative(appeal.filed))"
                    + (appeal.newEvidence ? ", with new evidence" : ""))
            // Stage carries the votes while the appeal is open.
            var current = appeal
            if case .appeal(let open) = dispute.stage, open.id == appeal.id { current = open }
            if let ballots = current.revealed {
                let votes = ballots.map { "\(people.name(of: $0.key)) \($0.value.text)" }.sorted().joined(separator: ", ")
                print("    votes: \(votes)")
            } else if current.panelSize > 1, current.decision == nil {
                print("    \(current.votes.count) of \(current.panelSize) votes are in; none is shown before the last")
            }
            if let decision = current.decision {
                print("    \(decision.result.rawValue)" + (decision.cause.map { ", \($0)" } ?? "") + ", written by \(people.name(of: decision.by))")
            }
        }
        print("")
    }

    func showMessages() {
        guard !messages.isEmpty else { return }
        print(screen.heading("Last messages"))
        for message in messages {
            print("  \(Moments(now: now).relative(message.at)), \(message.by) to \(message.audience.rawValue):")
            screen.print(message.words.text ?? "(nothing)", indent: 4)
        }
        print("")
    }
}

extension String {
    var trimmed: String {
        var text = Substring(self)
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }
}
