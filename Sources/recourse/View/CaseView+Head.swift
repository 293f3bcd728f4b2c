import Chronicle
import Disputes
import Policies
import Wire

extension CaseView {
    func showHead() {
        if summary.simulated { print(screen.simulated("SIMULATED: from a rehearsal, not from life")) }
        screen.print(screen.strong(headline))
        print("")
        var facts = ["\(summary.type) · \(summary.reason) · tier T\(summary.tier)", "opened \(moments.both(summary.opened)) through \(detail.channel)"]
        facts.append("owner \(summary.owner.map { people.name(of: $0) } ?? "nobody yet")")
        for (number, line) in wrapped("\(summary.short)  " + facts.joined(separator: " · "), to: screen.columns).enumerated() {
            print(number == 0 ? screen.strong(summary.short) + line.dropFirst(summary.short.count) : line)
        }
        if let title = detail.stepTitle { screen.print("Where it stands: \(title) (\(summary.phase.rawValue))" + (ending.map { ", \($0)" } ?? "")) }
        if let amount = summary.amount {
            let value = detail.value.map { $0 == amount ? "" : " (worth \($0.shown))" } ?? ""
            screen.print("At stake: \(amount.shown)\(value) · escrow: \(escrowWords)")
        }
        if detail.legalHold { print(screen.late("LEGAL HOLD: an authority's order freezes this case")) }
        if let reference = summary.reference { print("Reference: \(reference)") }
        if !detail.regimes.isEmpty { screen.print("Regimes: " + detail.regimes.map(\.text).joined(separator: ", ")) }
        showLinks()
        print("")
    }

    /// The claim as a sentence for somebody who knows nothing of codes.
    var headline: String {
        let title = title(summary.reason)
        let filer = principal(.filer)
        let name = (filer?.capacity.rawValue ?? "somebody").capitalisedFirst
        guard let order = detail.order, let other = principal(.other) else {
            let about = detail.links.about.map { " about case …\($0.crockford.suffix(8))" } ?? ""
            let amount = summary.amount.map { ", \($0.shown)" } ?? ""
            return "\(name) claims\(about): \(title.lowercasedFirst)\(amount)."
        }
        var sentence = "\(name) says about \(order.amount.shown)"
        if let fiat = order.fiat { sentence += " against \(fiat.shown)" }
        if let rail = order.rail { sentence += " by \(self.title(rail))" }
        sentence += ": \(title.lowercasedFirst)"
        if let paid = order.markedPaid { sentence += ", marked paid \(moments.relative(paid))" }
        return sentence + "; the \(other.capacity.rawValue) \(detail.answered ? "has replied" : "has not replied")."
    }

    private var ending: String? {
        guard let how = summary.how, let closed = summary.closed else { return nil }
        return "\(how.rawValue) \(moments.both(closed))"
    }

    private var escrowWords: String {
        if detail.order?.escrowHeld != true { return "none" }
        if detail.order?.isPaidOut == true { return "paid out" }
        switch detail.hold {
        case .none: return "with the exchange, not held"
        case .requested: return "a hold is asked for"
        case .placed: return "held until this is decided"
        case .refused: return "the exchange refused the hold"
        case .lifted: return "hold lifted"
        }
    }

    private func showLinks() {
        let links = detail.links
        func names(_ ids: [CaseID]) -> String { ids.map { String($0.crockford.suffix(8)) }.joined(separator: ", ") }
        if let into = links.mergedInto { print("Merged into \(into.crockford.suffix(8))") }
        if !links.duplicates.isEmpty { print("Duplicates: " + names(links.duplicates)) }
        if let incident = links.incident { print("Part of incident \(incident.crockford.suffix(8))") }
        if !links.children.isEmpty { print("Cases of this incident: " + names(links.children)) }
        if !links.complaints.isEmpty { print("Complaints about it: " + names(links.complaints)) }
        if let about = links.about { print("About case \(about.crockford.suffix(8))") }
    }
}

extension String {
    var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
    /// `Paid; seller silent` → `paid; seller silent`; an abbreviation stays.
    var lowercasedFirst: String {
        guard let second = dropFirst().first, second.isLowercase else { return self }
        return prefix(1).lowercased() + dropFirst()
    }
}
