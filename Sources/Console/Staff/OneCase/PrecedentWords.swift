import Disputes
import Policies
import Wire

/// Decided cases most like the one in hand, in words: what was decided there, and how it differs from here.
struct PrecedentWords {
    let list: PrecedentList
    let words: Vocabulary
    let visit: Visit

    private var phrases: Phrases { visit.phrases }

    /// What they come to, for whoever decides.
    var finding: String {
        let near = list.nearest.filter(\.near)
        if list.nearest.isEmpty { return phrases("precedents.none") }
        if near.count < list.needed { return phrases("precedents.few", String(near.count), String(list.near), String(list.needed)) }
        guard let prevailing = list.prevailing else { return phrases("precedents.split", String(near.count)) }
        return phrases("precedents.agree", String(near.count { $0.outcome == prevailing }), String(near.count), outcome(prevailing))
    }

    func rows(_ limit: Int) -> [Fields] {
        list.nearest.prefix(limit).map { known in
            [
                "short": .text(known.short), "outcome": .text(outcome(known.outcome)), "fault": .text(title(known.fault.text, words.faults)),
                "at": .markup(visit.clock.at(known.decided)), "alike": .text(phrases("precedents.alike", String(known.likeness))), "near": .flag(known.near),
                "deviates": .flag(known.deviates), "differs": .text(differences(known)),
            ]
        }
    }

    private func outcome(_ code: OutcomeCode) -> String { words.outcomes.first { $0.code == code }?.title ?? code.text }
    private func title(_ code: String, _ titled: [Vocabulary.Titled]) -> String { titled.first { $0.code == code }?.title ?? code }

    private func differences(_ known: PrecedentView) -> String {
        known.differs.isEmpty ? phrases("precedents.same") : known.differs.map { difference($0, list.here, known.features) }.joined(separator: " · ")
    }

    /// How the other case differs in one aspect: what was there, seen from here.
    private func difference(_ aspect: Aspect, _ here: FeaturesView, _ there: FeaturesView) -> String {
        switch aspect {
        case .reason: return phrases("precedents.reason", words.title(of: there.reason))
        case .evidence: return evidence(here, there)
        case .answered: return phrases(there.answered ? "precedents.answered" : "precedents.silent")
        case .filer: return phrases("precedents.filer", there.filedBy.map { phrases("chair.\($0.rawValue)") } ?? phrases("somebody"))
        case .rail: return there.rail.map { phrases("precedents.rail", title($0.text, words.rails)) } ?? phrases("precedents.no_rail")
        case .amount:
            guard let one = here.magnitude, let other = there.magnitude else { return phrases("precedents.unpriced") }
            let times = String(1 << min(abs(one - other), 30))
            return phrases(other > one ? "precedents.more" : "precedents.less", times)
        case .merchant: return phrases(there.merchant ? "precedents.merchant" : "precedents.no_merchant")
        case .jurisdiction: return phrases("precedents.jurisdiction", there.jurisdiction?.text ?? phrases("precedents.unknown"))
        }
    }

    private func evidence(_ here: FeaturesView, _ there: FeaturesView) -> String {
        func names(_ shown: [FeaturesView.Shown]) -> String {
            shown.map { item in
                let title = words.evidence.first { $0.code == item.type }?.title ?? item.type.text
                return item.side.map { phrases("precedents.paper_of", title.firstLower, phrases("side.\($0.rawValue)").firstLower) } ?? title.firstLower
            }
            .joined(separator: ", ")
        }
        let more = there.evidence.filter { !here.evidence.contains($0) }
        let fewer = here.evidence.filter { !there.evidence.contains($0) }
        return [
            more.isEmpty ? nil : phrases("precedents.also", names(more)), fewer.isEmpty ? nil : phrases("precedents.without", names(fewer)),
        ].compactMap(\.self).joined(separator: "; ")
    }
}

/// All of them on a page of their own.
struct PrecedentsPage: Page {
    static let template = "precedents"
    let names: CaseNames
    let found: PrecedentList

    func title(_ visit: Visit) -> String { visit.phrases("precedents.title", names.detail.summary.short) }

    func fields(_ visit: Visit) -> Fields {
        let words = PrecedentWords(list: found, words: names.words, visit: visit)
        return [
            "short": .text(names.detail.summary.short), "headline": .text(names.headline), "finding": .text(words.finding),
            "rows": .list(words.rows(found.nearest.count)), "any": .flag(!found.nearest.isEmpty),
        ]
    }
}
