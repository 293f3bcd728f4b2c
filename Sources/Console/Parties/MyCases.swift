import Chronicle
import Disputes
import Policies
import RecourseClient
import Wire

extension Visit {
    /// Each is asked for by itself.
    private static var cardsMax: Int { 10 }

    func myCases() async throws -> PageReply {
        let filter = HomePage.Filter(request)
        let page = try await client.listOwnCases(filter.query, after: request.query["after"], limit: Visit.cardsMax)
        var cards: [PartyCase] = []
        // Whose turn it is stands in the case, not in the list.
        try await withThrowingTaskGroup(of: (Int, PartyCase).self) { group in
            for (index, summary) in page.cases.enumerated() { group.addTask { (index, try await PartyCase(outlineOf: summary.id.description, self)) } }
            var found: [(Int, PartyCase)] = []
            for try await one in group { found.append(one) }
            cards = found.sorted { $0.0 < $1.0 }.map(\.1)
        }
        return try render(HomePage(cards: cards, more: page.next, filter: filter, isGuest: session?.onlyCase != nil), nav: ["in": true])
    }
}

struct HomePage: Page {
    static let template = "portal-home"
    static let layout = "portal"
    let cards: [PartyCase]
    let more: String?
    let filter: Filter
    let isGuest: Bool

    /// What of one's cases is shown; it stands in the address.
    struct Filter: Sendable {
        enum Show: String, Sendable, CaseIterable { case all, waiting, open, closed }
        var show = Show.all
        /// Those one filed, or those against one.
        var side: Side?
        var order: String?

        init(_ request: PageRequest) {
            show = request.query["show"].flatMap(Show.init) ?? .all
            side = request.query["side"].flatMap(Side.init)
            order = request.query["order"].map(\.trimmed).flatMap { $0.isEmpty ? nil : $0 }
        }

        var isNarrow: Bool { show != .all || side != nil || order != nil }

        var query: OwnCaseQuery {
            var query = OwnCaseQuery()
            (query.side, query.order) = (side, order)
            switch show {
            case .all: break
            case .waiting: query.waiting = true
            case .open: query.open = true
            case .closed: query.open = false
            }
            return query
        }

        func address(_ more: [(String, String)] = []) -> String {
            let words: [(String, String?)] = [("show", show == .all ? nil : show.rawValue), ("side", side?.rawValue), ("order", order)]
            return RecourseClient.address("/my", words.compactMap { name, value in value.map { (name, $0) } } + more)
        }
    }

    func title(_ visit: Visit) -> String { visit.phrases("p_home_title") }

    func fields(_ visit: Visit) throws -> Fields {
        let phrases = visit.phrases
        let made = cards.map { (subject: $0, next: MyCasePage(subject: $0).next(visit)) }
        let mine = made.filter { isYours($0.next) }
        let waiting = mine.count
        let lead =
            waiting > 0
            ? phrases.counted("p_home_waiting", waiting)
            : filter.isNarrow ? phrases("p_home_narrow") : cards.isEmpty ? phrases("p_home_none") : phrases("p_home_nothing")
        return [
            "lead": .text(isGuest ? phrases("p_guest_one_case") : lead), "guest": .flag(isGuest), "any": .flag(!cards.isEmpty),
            "more": Field(more.map { filter.address([("after", $0)]) }), "filters": filters(visit), "merchant": .flag(isMerchant && !isGuest),
            "nothing": .flag(cards.isEmpty && filter.isNarrow), "narrow": .flag(filter.isNarrow),
            "cards": .list((mine + made.filter { !isYours($0.next) }).map { card($0.subject, $0.next, visit) }),
        ]
    }

    private var isMerchant: Bool { cards.contains { $0.me.merchantTier != nil || $0.me.capacity == .merchant } }

    /// Which of one's cases are shown: a row of links, and a search by order; for whoever has more than fit on a page, or narrowed them.
    private func filters(_ visit: Visit) -> Field {
        guard !isGuest, filter.isNarrow || isMerchant || cards.count > 3 else { return .none }
        func choice(_ name: String, _ change: (inout Filter) -> Void) -> Fields {
            var other = filter
            change(&other)
            return ["href": .text(other.address()), "name": .text(visit.phrases(name)), "on": .flag(other.address() == filter.address())]
        }
        return .group([
            "shows": .list(Filter.Show.allCases.map { show in choice("p_show.\(show.rawValue)") { $0.show = show } }),
            "sides": .list([choice("p_show.both") { $0.side = nil }, choice("p_show.filer") { $0.side = .filer }, choice("p_show.other") { $0.side = .other }]),
            "show": .text(filter.show.rawValue), "side": .text(filter.side?.rawValue ?? ""), "order": .text(filter.order ?? ""),
        ])
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
