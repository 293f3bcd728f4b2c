import Chronicle
import Disputes
import Policies
import RecourseClient
import Wire

extension Visit {
    /// Each is asked for by itself.
    private static var cardsMax: Int { 10 }

    func myCases() async throws -> PageReply {
        let page: CasePage
        do { page = try await client.listCases(after: request.query["after"], limit: Visit.cardsMax) } catch let problem as Problem
            where problem.code == .notPermitted
        {
            // They came by a link, and have that one case.
            return try render(HomePage(cards: [], more: nil, isGuest: true), nav: ["in": true])
        }
        var cards: [PartyCase] = []
        // Whose turn it is stands in the case, not in the list.
        try await withThrowingTaskGroup(of: (Int, PartyCase).self) { group in
            for (index, summary) in page.cases.enumerated() { group.addTask { (index, try await PartyCase(outlineOf: summary.id.description, self)) } }
            var found: [(Int, PartyCase)] = []
            for try await one in group { found.append(one) }
            cards = found.sorted { $0.0 < $1.0 }.map(\.1)
        }
        return try render(HomePage(cards: cards, more: page.next), nav: ["in": true])
    }
}

struct HomePage: Page {
    static let template = "portal-home"
    static let layout = "portal"
    let cards: [PartyCase]
    let more: String?
    var isGuest = false

    func title(_ visit: Visit) -> String { visit.phrases("p_home_title") }

    func fields(_ visit: Visit) throws -> Fields {
        let phrases = visit.phrases
        let made = cards.map { (subject: $0, next: MyCasePage(subject: $0).next(visit)) }
        let mine = made.filter { isYours($0.next) }
        let waiting = mine.count
        let lead = waiting > 0 ? phrases.counted("p_home_waiting", waiting) : cards.isEmpty ? phrases("p_home_none") : phrases("p_home_nothing")
        return [
            "lead": .text(isGuest ? phrases("p_guest_one_case") : lead), "guest": .flag(isGuest), "any": .flag(!cards.isEmpty),
            "more": Field(more.map { RecourseClient.address("/my", [("after", $0)]) }),
            "cards": .list((mine + made.filter { !isYours($0.next) }).map { card($0.subject, $0.next, visit) }),
        ]
    }

    private func isYours(_ next: Fields) -> Bool { if case .flag(true)? = next["yours"] { true } else { false } }

    private func card(_ subject: PartyCase, _ next: Fields, _ visit: Visit) -> Fields {
        let phrases = visit.phrases
        let claim = visit.words.claim(subject.summary.reason, pack: subject.title(subject.summary.reason))
        let isDecided = subject.detail.ruling != nil
        let amount = subject.detail.order?.amount ?? subject.summary.amount
        let name: String =
            if let ruling = subject.detail.ruling {
                visit.words.outcome(ruling.outcome, to: subject.me.capacity, amount?.written, pack: subject.title(ruling.outcome))
            } else if let words = subject.summary.how.flatMap({ phrases.known("p_head.\($0.rawValue)") }) {
                words
            } else if subject.isFiler { phrases("p_you_say", claim) } else { phrases("p_they_say", visit.words.The(subject.filer?.capacity ?? .any), claim) }
        let state = isYours(next) ? "p_state.yours" : subject.isClosed ? "p_state.closed" : isDecided ? "p_state.decided" : "p_state.ours"
        return [
            "href": .text(subject.address), "short": .text(subject.summary.short), "name": .text(name), "state": .text(phrases(state)),
            "meaning": .text(isYours(next) ? "is-soon" : isDecided ? "is-good" : ""), "amount": Field(amount?.written),
            "next": next["headline"] ?? .none, "relative": next["relative"] ?? .none, "order": Field(subject.detail.order?.reference ?? subject.summary.order),
        ]
    }
}
