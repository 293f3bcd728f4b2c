import Chronicle
import Disputes
import Wire

/// The order, the case's own facts, and the cases it belongs to.
extension OneCasePage {
    func order(_ names: CaseNames, _ visit: Visit) -> Field {
        guard let order = detail.order else { return .none }
        func fact(_ name: String, _ value: String?, amount: Bool = false) -> Fields? {
            value.map { ["name": .text(visit.phrases(name)), "value": .text($0), "amount": .flag(amount)] }
        }
        let facts = [
            fact("coins", order.amount.written, amount: true), fact("for", order.fiat?.written, amount: true), fact("rail", order.rail.map { names.title($0) }),
            fact("buyer", order.buyer.map { names.name($0) }), fact("seller", order.seller.map { names.name($0) }),
            fact("placed", order.created.map(visit.clock.short)), fact("marked_paid", order.markedPaid.map(visit.clock.short)), fact("escrow", escrow(visit)),
        ]
        return .group(["reference": .text(order.reference), "facts": .list(facts.compactMap(\.self))])
    }

    func facts(_ names: CaseNames, _ visit: Visit) -> [Fields] {
        let summary = detail.summary
        func fact(_ name: String, _ value: String?, amount: Bool = false) -> Fields? {
            value.map { ["name": .text(visit.phrases(name)), "value": .text($0), "amount": .flag(amount)] }
        }
        let owner = summary.owner.map { names.name(.staff($0), handles) + ($0 == frame.me.id ? visit.phrases("you") : "") }
        let ended = summary.closed.map { closed in
            (summary.how.map { visit.phrases.known("how.\($0.rawValue)") ?? $0.rawValue } ?? "") + " " + visit.clock.short(closed)
        }
        return [
            fact("step", detail.stepTitle ?? summary.step.text), fact("owner", owner ?? visit.phrases("nobody")),
            fact("opened", visit.phrases("opened_through", visit.clock.short(summary.opened), detail.channel)), fact("ended", ended),
            fact("worth", detail.value?.written, amount: true), fact("reference", summary.reference),
            fact("regimes", detail.regimes.isEmpty ? nil : detail.regimes.map(\.text).joined(separator: ", ")), fact("policy", detail.policy.short),
            fact("version", String(summary.version)),
        ].compactMap(\.self)
    }

    func links(_ visit: Visit) -> Field {
        let links = detail.links
        func line(_ id: CaseID, _ what: String) -> Fields { ["short": .text(String(id.crockford.suffix(8))), "what": .text(visit.phrases(what))] }
        let list =
            [
                links.mergedInto.map { line($0, "link.merged_into") }, links.incident.map { line($0, "link.incident") },
                links.about.map { line($0, "link.about") },
            ]
            .compactMap(\.self) + links.duplicates.map { line($0, "link.duplicate") } + links.children.map { line($0, "link.child") }
            + links.complaints.map { line($0, "link.complaint") }
        return list.isEmpty ? .none : .group(["list": .list(list)])
    }
}
