import Chronicle
import Wire

extension Visit {
    func keysPage(new: IssuedKey? = nil, problem: String? = nil, status: Int = 200) async throws -> PageReply {
        let keys = try await client.listMyKeys().keys
        return try render(MyKeysPage(keys: keys, new: new, problem: problem), status: status, nav: ["in": true])
    }

    func makeKey() async throws -> PageReply {
        do { return try await keysPage(new: try await client.issueMyKey(OwnKeyBody(label: request["label"] ?? ""))) } catch let problem as Problem
            where problem.status < 500 && problem.status != 401
        {
            return try await keysPage(problem: problem.detail.sentence, status: problem.status)
        }
    }
}

/// A merchant's keys: what they open is said before one is made; the secret is shown once, on the page that made it.
struct MyKeysPage: Page {
    static let template = "portal-keys"
    static let layout = "portal"
    let keys: [KeyView]
    var new: IssuedKey?
    var problem: String?

    func title(_ visit: Visit) -> String { visit.phrases("p_keys_title") }

    func fields(_ visit: Visit) throws -> Fields {
        let phrases = visit.phrases
        return [
            "problem": Field(problem), "new": Field(new?.key), "any": .flag(!keys.isEmpty), "label": .text(problem == nil ? "" : visit.request["label"] ?? ""),
            "keys": .list(
                keys.map { key in
                    let isOver = key.revoked != nil || (key.expires.map { $0 <= visit.now } ?? false)
                    let until: String =
                        if let revoked = key.revoked { phrases("p_key_revoked", visit.when(revoked)) } else if let expires = key.expires {
                            phrases(isOver ? "p_key_ended" : "p_key_until", visit.when(expires))
                        } else { "" }
                    return [
                        "label": .text(key.label), "until": .text(until), "live": .flag(!isOver), "action": .text("/my/keys/\(key.id)"),
                        "take_words": .text(phrases("p_key_take_back", key.label)),
                    ]
                }),
        ]
    }
}
