import Chronicle
import RecourseClient
import Wire

extension Route {
    static let exchangeLine: [Route] = [
        Route(.get, "/administration/exchange", for: .staff) { visit in try await visit.exchangePage() },
        Route(.post, "/administration/exchange/{instruction}/retry", for: .staff) { visit in
            try await visit.doing("/administration/exchange", said: "sent_again") {
                _ = try await visit.client.retryInstruction(visit.parameter("instruction"))
            } refused: {
                try await visit.exchangePage(problem: $0)
            }
        },
    ]
}

extension Visit {
    fileprivate func exchangePage(problem: Problem? = nil) async throws -> PageReply {
        let frame = try await StaffFrame(self)
        async let health = client.showExchange()
        async let outbox = client.listOutbox()
        let page = ExchangePage(
            health: try await health, entries: try await outbox.entries, tabs: administrationTabs(frame), administers: frame.administers,
            problem: problem?.detail)
        return try render(page, status: problem?.status ?? 200, nav: frame.nav(self))
    }
}

/// The way to the exchange: what waits, what fails, what needs a person.
struct ExchangePage: Page {
    static let template = "admin-exchange"
    /// An instruction that waits for longer is late: the exchange is asked within seconds.
    private static let oldAfter = Span.minutes(10)
    let health: ExchangeView
    let entries: [OutboxEntry]
    let tabs: [Fields]
    let administers: Bool
    let problem: String?

    func title(_ visit: Visit) -> String { visit.phrases("exchange_line") }

    func fields(_ visit: Visit) -> Fields {
        let phrases = visit.phrases
        func measure(_ name: String, _ value: String, _ meaning: String, _ note: String) -> Fields {
            ["name": .text(phrases(name)), "value": .text(value), "meaning": .text(meaning), "note": .text(note)]
        }
        let isOld = health.oldestWaiting.map { visit.now - $0 > ExchangePage.oldAfter } ?? false
        let isHealthy = health.failing == 0 && health.aside == 0 && !isOld
        return [
            "lead": .text(phrases(isHealthy ? "exchange_well" : "exchange_unwell")), "tabs": .list(tabs), "anyTabs": .flag(!tabs.isEmpty),
            "problem": Field(problem), "any": .flag(!entries.isEmpty),
            "measures": .list([
                measure("exchange_pending", Int(health.pending).grouped, "", phrases("exchange_pending_why")),
                measure(
                    "exchange_failing", Int(health.failing).grouped, health.failing > 0 ? "is-soon" : "is-good",
                    phrases(health.failing > 0 ? "exchange_failing_why" : "nothing_there")),
                measure(
                    "exchange_aside", Int(health.aside).grouped, health.aside > 0 ? "is-late" : "is-good",
                    phrases(health.aside > 0 ? "exchange_aside_why" : "nothing_there")),
                measure(
                    "exchange_oldest", health.oldestWaiting.map { visit.clock.long(visit.now - $0) } ?? "—", isOld ? "is-late" : "is-good",
                    health.oldestWaiting.map { phrases("since_at", visit.clock.short($0)) } ?? phrases("nothing_waits_there")),
                measure(
                    "exchange_answered", health.lastAnswer.map { phrases("ago", visit.clock.long(visit.now - $0)) } ?? "—", "",
                    health.lastAnswer.map { visit.clock.short($0) } ?? phrases("not_since_recorded")),
            ]),
            "entries": .list(
                entries.sorted { ($0.state, $0.due) < ($1.state, $1.due) }.map { entry in
                    let isAside = entry.state == "aside"
                    return [
                        "id": .text(entry.id), "kind": .text(phrases.known("instruction.\(entry.kind)") ?? entry.kind), "case": .text(entry.dispute),
                        "short": .text(String(entry.dispute.suffix(8))), "state": .text(phrases(isAside ? "outbox_aside" : "outbox_pending")),
                        "meaning": .text(isAside ? "is-late" : entry.attempts > 0 ? "is-soon" : ""), "attempts": .init(count: Int(entry.attempts)),
                        "due": isAside || entry.due.milliseconds == 0 ? .text("—") : .markup(visit.clock.at(entry.due)), "error": .text(entry.error ?? ""),
                        "retry": .flag(isAside && administers),
                    ]
                }),
        ]
    }
}
