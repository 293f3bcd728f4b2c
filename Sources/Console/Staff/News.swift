import Chronicle
import Disputes
import Policies
import RecourseClient
import Wire

extension Route {
    static let news: [Route] = [
        Route(.get, "/followed", for: .staff) { visit in try await visit.news(isMentions: false) },
        Route(.get, "/mentioned", for: .staff) { visit in try await visit.news(isMentions: true) },
    ]
}

extension Visit {
    fileprivate func news(isMentions: Bool) async throws -> PageReply {
        async let frame = StaffFrame(self)
        async let users = client.listUsers()
        let list = try await isMentions ? client.listMentions() : client.listFollowed()
        let staff = try await frame
        let page = NewsPage(
            isMentions: isMentions, list: list, words: staff.words, handles: Dictionary(try await users.users.map { ($0.id, $0.handle) }) { $1 })
        return try render(page, nav: staff.nav(self))
    }
}

/// Cases somebody follows, or into whose notes they were called, with what happened there since they last read them.
struct NewsPage: Page {
    static let template = "news"
    let isMentions: Bool
    let list: NewsList
    let words: Vocabulary
    let handles: [StaffID: String]

    func title(_ visit: Visit) -> String { visit.phrases(isMentions ? "mentioned" : "followed") }

    func fields(_ visit: Visit) -> Fields {
        [
            "heading": .text(title(visit)), "lead": .text(visit.phrases(isMentions ? "mentioned_lead" : "followed_lead")), "any": .flag(!list.cases.isEmpty),
            "none": .text(visit.phrases(isMentions ? "mentioned_none" : "followed_none")),
            "noneWhy": .text(visit.phrases(isMentions ? "mentioned_none_why" : "followed_none_why")), "mentions": .flag(isMentions),
            "here": .text(visit.request.path), "cases": .list(list.cases.map { line($0, visit) }),
        ]
    }

    private func line(_ news: NewsView, _ visit: Visit) -> Fields {
        let summary = news.summary
        return [
            "short": .text(summary.short), "reason": .text(words.title(of: summary.reason)), "step": .text(words.title(of: summary.step, in: summary.type)),
            "version": .text(String(summary.version)), "unread": .flag(!news.seen),
            "by": Field(news.by.map { visit.phrases("called_by", handles[$0] ?? visit.phrases("staff")) }),
            "due": summary.due.map {
                .group(["until": .markup(visit.clock.until($0)), "at": .text(visit.clock.short($0)), "meaning": .text(visit.clock.meaning($0))])
            }
                ?? .none,
            "anyNews": .flag(!news.news.isEmpty), "newsCount": .text(visit.phrases.counted(isMentions ? "since_then" : "news", news.newsCount)),
            "news": .list(
                news.news.reversed().map { event in
                    [
                        "what": .text(happening(event, visit.phrases)), "by": .text(name(event.actor, visit.phrases)),
                        "at": .markup(visit.clock.at(event.occurred)),
                    ]
                }),
        ]
    }

    private func happening(_ event: EventView, _ phrases: Phrases) -> String {
        let kind = String(event.type.prefix { $0 != "/" })
        return phrases.known("event.\(kind)") ?? kind.replacing("-", with: " ").firstUpper
    }

    private func name(_ actor: Actor, _ phrases: Phrases) -> String {
        switch actor {
        case .staff(let id): handles[id] ?? phrases("staff")
        case .party(let id): phrases("party_short", String(id.crockford.suffix(6)))
        case .machine(let name): name
        case .clock: phrases("clock_actor")
        }
    }
}
