import Chronicle
import Disputes
import Policies
import Wire

extension CaseView {
    func showOffers() {
        guard !detail.offers.isEmpty || detail.agreement != nil else { return }
        print(screen.heading("Offers"))
        for offer in detail.offers {
            let what = offer.toBuyer.map { "\($0.shown) to the buyer" + (offer.toSeller.map { ", \($0.shown) to the seller" } ?? "") } ?? "in secret"
            let state = offer.ending?.rawValue ?? "open, expires \(moments.relative(offer.expires))"
            print("  \(people.name(of: offer.by)): \(what) (\(state))")
        }
        if let agreed = detail.agreement { print("  " + screen.good("Agreed: \(agreed.toBuyer.shown) to the buyer, \(agreed.toSeller.shown) to the seller")) }
        print("")
    }

    /// The ruling in its five parts, each with its own reason.
    func showRuling() {
        guard let ruling = detail.ruling else { return }
        var title = "Ruling by \(people.name(of: ruling.by)), \(moments.relative(ruling.at))"
        if let approved = ruling.approvedBy { title += ", second key by \(people.name(of: approved))" }
        if summary.phase == .approval, ruling.approvedBy == nil { title += ", WAITS FOR A SECOND KEY" }
        if ruling.byDefaultAgainst != nil { title += ", by default" }
        print(screen.heading(title))
        part("Outcome", named(ruling.outcome), "outcome")
        part("Fault", named(ruling.fault), "fault")
        let penalty = ruling.penalty.map { code in
            named(code) + " for \(ruling.penaltyAgainst.map { people.name(of: $0) } ?? "nobody")" + (ruling.offence.map { ", offence \($0)" } ?? "")
        }
        part("Penalty", penalty ?? "none", "penalty")
        let compensation = ruling.compensation.map { amount in
            "\(amount.shown) to \(ruling.compensationTo.map { people.name(of: $0) } ?? "nobody") from \(ruling.compensationFrom?.rawValue ?? "nobody")"
        }
        part("Compensation", compensation ?? "none", "compensation")
        part("Cost", ruling.cost.map { "\($0.shown), borne by \(ruling.costBearer.rawValue)" } ?? "none", "cost")
        for answer in ruling.answers { part("Point \(answer.point)", answer.accepted ? "accepted" : "turned down", "point \(answer.point)") }
        for precedent in ruling.precedents { part("Precedent", "…\(precedent.decided.crockford.suffix(8)), \(precedent.outcome)", "") }
        if let deviation = ruling.reasons["deviation"] { part("Deviation", deviation.shown, "") }
        for instruction in detail.instructions {
            print("  " + padded("Settlement", to: 13) + Happening.words(instruction) + ": " + progress(instruction))
        }
        print("")
    }

    /// A code with what the pack calls it.
    private func named(_ code: some CustomStringConvertible) -> String {
        let title = title(code)
        return title == code.description ? title : "\(code) \(title)"
    }

    private func part(_ name: String, _ what: String, _ reason: String) {
        print("  " + padded(name, to: 13) + what.trimmed)
        if let words = detail.ruling?.reasons[reason] { screen.print("“\(words.shown)”", indent: 15) }
    }

    private func progress(_ instruction: InstructionView) -> String {
        switch instruction.progress {
        case .waiting: "—"
        case .instructed: "on its way"
        case .confirmed: "carried out, receipt \(instruction.receipt ?? "none")"
        case .failed: screen.late("not carried out" + (instruction.failure.map { ": \($0)" } ?? ""))
        }
    }

    func showAppeals() {
        guard !detail.appeals.isEmpty else { return }
        print(screen.heading("Appeals"))
        for appeal in detail.appeals {
            print(
                "  \(appeal.level.rawValue) by \(people.name(of: appeal.by)), filed \(moments.relative(appeal.filed))"
                    + (appeal.newEvidence ? ", with new evidence" : ""))
            if let grounds = appeal.grounds { screen.print("“\(grounds.shown)”", indent: 4) }
            if let votes = appeal.votes {
                let told = votes.map { "\(StaffID($0.key).map { people.name(of: $0) } ?? $0.key) \($0.value)" }.sorted().joined(separator: ", ")
                print("    votes: \(told)")
            } else if appeal.panelSize > 1, appeal.result == nil {
                print("    \(appeal.votesIn) of \(appeal.panelSize) votes are in; none is shown before the last")
            }
            if let result = appeal.result {
                let writer = appeal.decidedBy.map { ", written by \(people.name(of: $0))" } ?? ""
                print("    \(result.rawValue)" + (appeal.cause.map { ", \($0)" } ?? "") + writer)
            }
        }
        print("")
    }

    func showMessages() {
        guard !messages.isEmpty else { return }
        print(screen.heading("Last messages"))
        for message in messages {
            print("  \(moments.relative(message.at)), \(people.name(of: message.by)) to \(message.to.rawValue):")
            screen.print(message.text?.shown ?? "(nothing)", indent: 4)
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
