import Chronicle
import RecourseClient
import Wire

extension Route {
    static let logProofs: [Route] = [
        Route(.get, "/log", for: .staff) { visit in try await visit.logPage() },
        Route(.post, "/log/head", for: .staff) { visit in
            try await visit.file("log-head.note") { try await visit.client.signCheckpoint() }
        },
        Route(.post, "/log/event", for: .staff) { visit in
            guard let sequence = visit.request["sequence"].flatMap({ Int64($0) }) else {
                return try await visit.logPage(problem: Problem(.malformed, visit.phrases("not_a_sequence")))
            }
            return try await visit.file("event-\(sequence).proof") {
                try await visit.client.proveEvent(sequence, withholdingBody: visit.request["withhold"] == "yes")
            }
        },
        Route(.post, "/log/growth", for: .staff) { visit in
            guard let size = visit.request["size"].flatMap({ Int64($0) }) else { throw Problem(.malformed, visit.phrases("not_a_sequence")) }
            return try await visit.file("log-grown-since-\(size).proof") { try await visit.client.proveGrowth(since: size) }
        },
    ]
}

extension Visit {
    fileprivate func logPage(problem: Problem? = nil) async throws -> PageReply {
        let frame = try await StaffFrame(self)
        var problem = problem
        var events: [EventView]?
        if let named = request.query["case"], !named.isEmpty {
            do { events = try await client.listEvents(named).events } catch let refused as Problem where refused.status < 500 { problem = refused }
        }
        let page = LogPage(
            log: try await client.showLog(), checkpoints: try await client.listCheckpoints().checkpoints, tabs: administrationTabs(frame),
            problem: problem?.detail, named: request.query["case"] ?? "", events: events)
        return try render(page, status: problem?.status ?? 200, nav: frame.nav(self))
    }

    fileprivate func file(_ name: String, _ bytes: () async throws -> [UInt8]) async throws -> PageReply {
        do { return .download(try await bytes(), name: name, type: "application/octet-stream") } catch let problem as Problem where problem.status < 500 {
            return try await logPage(problem: problem)
        }
    }
}

/// The log as evidence: its signed head, proofs of single events, and that it only grew.
struct LogPage: Page {
    static let template = "admin-log"
    /// So many heads are listed; the earlier ones are in the API.
    private static let headsMax = 50
    let log: LogView
    let checkpoints: [CheckpointView]
    let tabs: [Fields]
    let problem: String?
    let named: String
    let events: [EventView]?

    func title(_ visit: Visit) -> String { visit.phrases("log_proofs") }

    func fields(_ visit: Visit) -> Fields {
        let phrases = visit.phrases
        return [
            "tabs": .list(tabs), "anyTabs": .flag(!tabs.isEmpty), "problem": Field(problem), "size": .init(count: Int(log.size)),
            "root": .text(log.root.description), "key": .text(log.key ?? "—"), "signs": .flag(log.key != nil),
            "sequence": .text(visit.request["sequence"] ?? ""), "case": .text(named), "anyHeads": .flag(!checkpoints.isEmpty),
            "heads": .list(
                checkpoints.prefix(LogPage.headsMax).map {
                    [
                        "size": .init(count: Int($0.size)), "number": .text(String($0.size)), "root": .text($0.root.description),
                        "name": .text(phrases("prove_growth_since", Int($0.size).grouped)),
                    ]
                }),
            "events": events.map { events in
                .group([
                    "heading": .text(phrases("events_of", named)),
                    "rows": .list(
                        events.map { event in
                            let kind = String(event.type.prefix { $0 != "/" })
                            return [
                                "sequence": .init(count: Int(event.sequence)), "number": .text(String(event.sequence)),
                                "kind": .text(phrases.known("event.\(kind)") ?? kind), "at": .markup(visit.clock.at(event.occurred)),
                                "name": .text(phrases("download_proof_of", Int(event.sequence).grouped)),
                            ]
                        }),
                ])
            } ?? .none,
        ]
    }
}
