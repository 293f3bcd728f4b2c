import Testing

@testable import API

/// What a person who administers the desk may do, and what they may not, since it would make them somebody else.
@Suite("Administering as a person")
struct AdministeringTests {
    private static func use(isRehearsal: Bool = true, _ work: (ServedDesk) async throws -> Void) async throws {
        try await ServedDesk.use(isRehearsal: isRehearsal) { served in
            try await served.done("POST", "/v1/users", as: .theOperator, #"{"handle":"ada","roles":["R13"],"level":"L0"}"#)
            try await work(served)
        }
    }

    @Test("Whose role administers does what an operator's key does; whose does not is refused each of it")
    func who() async throws {
        try await Self.use { served in
            for operation in Operation.all where operation.deskAct == .administer && operation.method == .get {
                let path = operation.path.replacing("{webhook}", with: "hook_00000000000000000000000000")
                #expect(try await served.call("GET", path, as: .staff("amir")).status == 403, "\(operation.id)")
                #expect(try await served.call("GET", path, as: .staff("ada")).status != 403, "\(operation.id)")
            }
            try await served.done("POST", "/v1/users", as: .staff("ada"), #"{"handle":"nils","roles":["R1"],"level":"L1"}"#)
            #expect(try await served.call("POST", "/v1/users", as: .staff("amir"), #"{"handle":"x","roles":["R1"],"level":"L1"}"#).status == 403)
            let me = try await served.done("GET", "/v1/me", as: .staff("ada"))
            #expect(me["desk_acts"] as? [String] == ["administer"])
        }
    }

    @Test(
        "Nobody changes their own account, and no key is given out that is somebody else or administers",
        arguments: [
            ("PATCH", "/v1/users/ada", #"{"roles":["R7"]}"#), ("DELETE", "/v1/users/ada", nil), ("DELETE", "/v1/users/ada/codes", nil),
            ("POST", "/v1/users/ada/invitation", nil), ("POST", "/v1/keys", #"{"holder":"amir","label":"x"}"#),
            ("POST", "/v1/keys", #"{"holder":"machine:x","scopes":["read","administer"],"label":"x"}"#),
            ("POST", "/v1/keys", #"{"holder":"machine:x","scopes":["invite"],"label":"x"}"#),
        ] as [(String, String, String?)])
    func limits(method: String, path: String, body: String?) async throws {
        try await Self.use { served in
            let reply = try await served.call(method, path, as: .staff("ada"), body)
            #expect(reply.status == 403, "\(reply.text)")
        }
    }

    @Test("A key of one's own, and one that only reads, are given out")
    func own() async throws {
        try await Self.use { served in
            try await served.done("POST", "/v1/keys", as: .staff("ada"), #"{"holder":"ada","label":"x"}"#)
            let made = try await served.done("POST", "/v1/keys", as: .staff("ada"), #"{"holder":"machine:x","scopes":["read"],"label":"x"}"#)
            let key = try #require(made["key"] as? String)
            func used() async throws -> Any? {
                let keys = try await served.done("GET", "/v1/keys", as: .theOperator)["keys"] as? [[String: Any]]
                return keys?.first { $0["id"] as? String == made["id"] as? String }?["last_used"]
            }
            #expect(try await used() == nil)
            #expect(try await served.call("GET", "/v1/cases", as: .key(key)).status == 200)
            #expect(try await used() != nil)
        }
    }

    @Test("Outside a rehearsal a change asks for a code that was just shown, and no key does it")
    func freshFactor() async throws {
        try await Self.use(isRehearsal: false) { served in
            let key = try #require(try await served.key(of: .staff("ada")))
            let reply = try await served.call("POST", "/v1/users", as: .key(key), #"{"handle":"nils","roles":["R1"],"level":"L1"}"#)
            #expect(reply.status == 403 && reply.text.contains("code-needed"), "\(reply.text)")
            #expect(try await served.call("GET", "/v1/keys", as: .key(key)).status == 200, "looking does not ask for one")
        }
    }
}
