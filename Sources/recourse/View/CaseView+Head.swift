import Chronicle
import Disputes
import Policies
import Runtime

extension CaseView {
    var short: String { String(dispute.id.crockford.suffix(8)) }
    var step: Step? { policy.workflows[dispute.workflow]?.steps[dispute.step] }
    private var moments: Moments { Moments(now: now) }

    func showHead() {
        if dispute.simulated { print(screen.simulated("SIMULATED: from a rehearsal, not from life")) }
        screen.print(screen.strong(headline))
        print("")
        var facts = ["\(dispute.type) · \(dispute.reason) · tier \(dispute.tier)", "opened \(moments.both(dispute.opened)) through \(dispute.channel)"]
        facts.append("owner \(dispute.owner.map { people.name(of: $0) } ?? "nobody yet")")
        for (number, line) in wrapped("\(short)  " + facts.joined(separator: " · "), to: screen.columns).enumerated() {
            print(number == 0 ? screen.strong(short) + line.dropFirst(short.count) : line)
        }
        if let title = step?.title { screen.print("Where it stands: \(title) (\(dispute.phase.rawValue))" + (ending.map { ", \($0)" } ?? "")) }
        if let amount = dispute.amount {
            let value = dispute.value.map { $0 == amount ? "" : " (worth \($0.shown))" } ?? ""
            screen.print("At stake: \(amount.shown)\(value) · escrow: \(escrowWords)")
        }
        if dispute.legalHold { print(screen.late("LEGAL HOLD: an authority's order freezes this case")) }
        if let reference = dispute.reference { print("Reference: \(reference.source):\(reference.number)") }
        if !dispute.regimes.isEmpty { screen.print("Regimes: " + dispute.regimes.map(\.text).joined(separator: ", ")) }
        showLinks()
        print("")
    }

    /// The claim as a sentence for somebody who knows nothing of codes.
    var headline: String {
        let title = policy.reasons[dispute.reason]?.title ?? dispute.reason.text
        let filer = dispute.principal(.filer)
        let name = (filer?.capacity.rawValue ?? "somebody").capitalisedFirst
        guard let order = dispute.order, let other = dispute.principal(.other) else {
            let about = dispute.links.about.map { " about case …\($0.crockford.suffix(8))" } ?? ""
            let amount = dispute.amount.map { ", \($0.shown)" } ?? ""
            return "\(name) claims\(about): \(title.lowercasedFirst)\(amount)."
        }
        var sentence = "\(name) says about \(order.amount.shown)"
        if let fiat = order.fiat { sentence += " against \(fiat.shown)" }
        if let rail = order.rail.flatMap({ policy.rails[$0] }) { sentence += " by \(rail.title)" }
        sentence += ": \(title.lowercasedFirst)"
        if let paid = order.markedPaid { sentence += ", marked paid \(moments.relative(paid))" }
        return sentence + "; the \(other.capacity.rawValue) \(dispute.answered ? "has replied" : "has not replied")."
    }

    private var ending: String? {
        guard case .closed(let closure) = dispute.stage else { return nil }
        return "\(closure.how.rawValue) \(moments.both(closure.at))"
    }

    private var escrowWords: String {
        if dispute.order?.escrowHeld != true { return "none" }
        if dispute.isPaidOut { return "paid out" }
        switch dispute.hold {
        case .none: return "with the exchange, not held"
        case .requested: return "a hold is asked for"
        case .placed: return "held until this is decided"
        case .refused: return "the exchange refused the hold"
        case .lifted: return "hold lifted"
        }
    }

    private func showLinks() {
        let links = dispute.links
        func names(_ ids: Set<CaseID>) -> String { ids.sorted().map { String($0.crockford.suffix(8)) }.joined(separator: ", ") }
        if let into = links.mergedInto { print("Merged into \(into.crockford.suffix(8))") }
        if !links.duplicates.isEmpty { print("Duplicates: " + names(links.duplicates)) }
        if let incident = links.incident { print("Part of incident \(incident.crockford.suffix(8))") }
        if !links.children.isEmpty { print("Cases of this incident: " + names(links.children)) }
        if !links.complaints.isEmpty { print("Complaints about it: " + names(links.complaints)) }
        if let about = links.about { print("About case \(about.crockford.suffix(8))") }
    }
}

extension Case {
    /// Has the escrow been emptied, by decision, by agreement or by the parties themselves?
    var isPaidOut: Bool {
        if case .closed(let closure) = stage, closure.how == .escrowMovedByParties { return true }
        return instructions.contains { instruction in
            guard case .confirmed = progress[instruction.id] else { return false }
            return switch instruction.kind {
            case .release, .returnToSeller, .split: true
            default: false
            }
        }
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
