import Chronicle
import RecourseClient
import Wire

extension Route {
    static let keys: [Route] = [
        Route(.get, "/administration", for: .staff) { _ in .goOn(to: "/people") },
        Route(.get, "/administration/keys", for: .staff) { visit in try await visit.keysPage() },
        Route(.post, "/administration/keys", for: .staff) { visit in
            let days = visit.request["days"].flatMap { Int64($0) }
            let scopes = visit.request.form["scope"] ?? []
            let body = KeyBody(
                holder: visit.request["holder"] ?? "", scopes: scopes.isEmpty ? nil : scopes, label: visit.request["label"] ?? "",
                expires: days.map { visit.now + .days($0) })
            do {
                return try await visit.keysPage(made: try await visit.client.issueKey(body))
            } catch let problem as Problem where problem.status < 500 {
                return problem.code == .codeNeeded ? visit.codeFirst("/administration/keys") : try await visit.keysPage(problem: problem)
            }
        },
        Route(.post, "/administration/keys/{key}/revoke", for: .staff) { visit in
            try await visit.doing("/administration/keys", said: "key_revoked") {
                _ = try await visit.client.revokeKey(visit.parameter("key"), because: visit.request["because"] ?? "")
            } refused: {
                try await visit.keysPage(problem: $0)
            }
        },
    ]
}

extension Visit {
    fileprivate func keysPage(problem: Problem? = nil, made: IssuedKey? = nil) async throws -> PageReply {
        let frame = try await StaffFrame(self)
        let page = KeysPage(keys: try await client.listKeys().keys, tabs: administrationTabs(frame), me: frame.me.handle, problem: problem, made: made)
        return try render(page, status: problem?.status ?? 200, nav: frame.nav(self))
    }
}

/// Keys of access: who has one, what it opens, when it was last shown.
struct KeysPage: Page {
    static let template = "admin-keys"
    /// What a person may give a machine; the others are an operator's to give.
    static let scopes = ["read", "act", "audit", "monitor"]
    let keys: [KeyView]
    let tabs: [Fields]
    let me: String
    let problem: Problem?
    let made: IssuedKey?

    func title(_ visit: Visit) -> String { visit.phrases("keys_of_access") }

    func fields(_ visit: Visit) -> Fields {
        let phrases = visit.phrases
        let typed = problem == nil ? nil : visit.request
        return [
            "tabs": .list(tabs), "anyTabs": .flag(!tabs.isEmpty), "problem": Field(problem?.detail),
            "made": made.map { .group(["secret": .text($0.key)]) } ?? .none, "any": .flag(!keys.isEmpty), "count": .text(phrases.counted("n_keys", keys.count)),
            "label": .text(typed?["label"] ?? ""), "holder": .text(typed?["holder"] ?? "machine:"), "days": .text(typed?["days"] ?? "365"),
            "choices": .list(
                KeysPage.scopes.map {
                    ["code": .text($0), "title": .text(phrases("scope.\($0)")), "chosen": .flag(typed?.form["scope"]?.contains($0) ?? false)]
                }),
            "keys": .list(
                keys.map { key in
                    let isOver = key.expires.map { $0 <= visit.now } ?? false
                    return [
                        "id": .text(key.id), "label": .text(key.label), "holder": .text(key.holder),
                        "scopes": .text(key.scopes.isEmpty ? phrases("what_roles_allow") : key.scopes.joined(separator: ", ")),
                        "used": key.lastUsed.map { .markup(visit.clock.at($0)) } ?? .text(phrases("never_seen")),
                        "live": .flag(key.revoked == nil && !isOver),
                        "expires": .text(key.expires.map { phrases("good_until", visit.clock.short($0)) } ?? phrases("good_for_ever")),
                        "over": .text(
                            key.revoked.map { phrases("revoked_at", visit.clock.short($0)) }
                                ?? key.expires.map { phrases("expired_at", visit.clock.short($0)) } ?? ""),
                    ]
                }),
        ]
    }
}
