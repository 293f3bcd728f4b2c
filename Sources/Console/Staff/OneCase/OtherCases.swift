import Disputes
import Policies
import Wire

/// The other cases of one party, as they stand beside the case in hand: whoever claims often, and whoever is claimed against often.
struct OtherCases {
    let party: PartyView
    let cases: [CaseSummary]
    let isMore: Bool

    /// So many of each party.
    static let shown = 5

    init(of party: PartyView, cases: [CaseSummary], isMore: Bool) { (self.party, self.cases, self.isMore) = (party, cases, isMore) }

    func fields(_ names: CaseNames, _ words: Vocabulary, _ visit: Visit) -> Fields {
        [
            "name": .text(visit.phrases("other_cases_of", names.name(party))), "more": .flag(isMore),
            "cases": .list(
                cases.map { summary in
                    let how = summary.how.map { visit.phrases.known("how.\($0.rawValue)") ?? $0.rawValue }
                    let step = words.steps.first { $0.type == summary.type && $0.step == summary.step }?.title ?? summary.step.text
                    return [
                        "short": .text(summary.short), "title": .text(words.title(of: summary.reason)), "state": .text(how ?? step),
                        "at": .markup(visit.clock.at(summary.opened)), "amount": .text(summary.amount?.written ?? ""),
                    ]
                }),
        ]
    }
}
