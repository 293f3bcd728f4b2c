import Chronicle
import RecourseClient
import Wire

extension Route {
    /// One's own ways in, and the first time.
    static let access: [Route] = [
        Route(.get, "/me", for: .staff) { visit in try await visit.ownAccess() },
        Route(.post, "/me/sessions/{session}/end", for: .staff) { visit in
            try await visit.doing("/me", said: "session_ended") {
                _ = try await visit.client.endSession(visit.parameter("session"))
            } refused: {
                try await visit.ownAccess(problem: $0)
            }
        },
        Route(.post, "/me/sessions/end-all", for: .staff) { visit in
            do { _ = try await visit.client.signOutEverywhere() } catch let problem as Problem where problem.status < 500 {
                return try await visit.ownAccess(problem: problem)
            }
            return .goOn(to: "/sign-in?said=everywhere", setting: [SessionCookie.forgetting])
        },
        Route(.post, "/me/password", for: .staff) { visit in
            let body = PasswordBody(
                password: visit.request.form["password"]?.last ?? "", current: visit.request.form["current"]?.last ?? "", code: visit.request["code"])
            do { _ = try await visit.client.changePassword(body) } catch let problem as Problem where problem.status < 500 {
                return try await visit.ownAccess(problem: problem)
            }
            return .goOn(to: "/sign-in?said=password_changed", setting: [SessionCookie.forgetting])
        },
        Route(.post, "/me/passkeys/challenge", for: .staff) { visit in try .json(try await visit.client.beginPasskey()) },
        Route(.post, "/me/passkeys", for: .staff) { visit in
            let body = NewPasskeyBody(
                name: visit.request["name"] ?? "", challenge: visit.request["challenge"] ?? "", clientData: visit.request["client_data"] ?? "",
                attestation: visit.request["attestation"] ?? "")
            return try await visit.doing("/me", said: "passkey_added") {
                _ = try await visit.client.addPasskey(body)
            } refused: {
                try await visit.ownAccess(problem: $0)
            }
        },
        Route(.post, "/me/passkeys/{passkey}/remove", for: .staff) { visit in
            try await visit.doing("/me", said: "passkey_removed") {
                _ = try await visit.client.removePasskey(visit.parameter("passkey"))
            } refused: {
                try await visit.ownAccess(problem: $0)
            }
        },
        Route(.post, "/sign-in/passkey/challenge", for: .anyone) { visit in try .json(try await visit.client.beginPasskeySignIn()) },
        Route(.post, "/sign-in/passkey", for: .anyone) { visit in
            let body = PasskeyEntryBody(
                credential: visit.request["credential"] ?? "", challenge: visit.request["challenge"] ?? "", clientData: visit.request["client_data"] ?? "",
                authenticatorData: visit.request["authenticator_data"] ?? "", signature: visit.request["signature"] ?? "")
            do {
                let opened = try await visit.client.signInByPasskey(body)
                return .goOn(to: Visit.local(visit.request["next"]) ?? "/queue", setting: [SessionCookie.setting(opened.session)])
            } catch let problem as Problem where problem.status < 500 {
                return try visit.render(SignInPage(next: visit.request["next"], problem: problem.detail), status: problem.status)
            }
        },
        Route(.get, "/join", for: .anyone) { visit in try visit.render(JoinPage()) },
        Route(.post, "/join", for: .anyone) { visit in
            do {
                let opened = try await visit.client.join(
                    JoinBody(word: visit.request["word"] ?? "", password: visit.request.form["password"]?.last ?? ""))
                return .goOn(to: visit.console.isRehearsal ? "/queue" : "/codes", setting: [SessionCookie.setting(opened.session)])
            } catch let problem as Problem where problem.status < 500 {
                return try visit.render(JoinPage(word: visit.request["word"] ?? "", problem: problem.detail), status: problem.status)
            }
        },
    ]
}

extension Visit {
    fileprivate func ownAccess(problem: Problem? = nil) async throws -> PageReply {
        let frame = try await StaffFrame(self)
        var (sessions, weak): ([SessionEntry], String?) = ([], nil)
        do { sessions = try await client.listSessions().sessions } catch let refused as Problem where refused.status == 403 { weak = refused.detail }
        let passkeys = weak == nil ? try await client.listPasskeys().passkeys : []
        let page = AccessPage(handle: frame.me.handle, sessions: sessions, passkeys: passkeys, weak: weak, problem: problem?.detail)
        return try render(page, status: problem?.status ?? 200, nav: frame.nav(self))
    }
}

/// What whoever looks is signed in with, and how they come in.
struct AccessPage: Page {
    static let template = "me"
    let handle: String
    let sessions: [SessionEntry]
    let passkeys: [PasskeyView]
    /// Why they are not shown.
    let weak: String?
    let problem: String?

    func title(_ visit: Visit) -> String { visit.phrases("own_access") }

    func fields(_ visit: Visit) -> Fields {
        [
            "heading": .text(visit.phrases("access_of", handle)), "problem": Field(problem), "anySessions": .flag(!sessions.isEmpty), "weak": Field(weak),
            "strong": .flag(weak == nil),
            "anyPasskeys": .flag(!passkeys.isEmpty),
            "passkeys": .list(
                passkeys.map { passkey in
                    [
                        "id": .text(passkey.id), "name": .text(passkey.name), "made": .markup(visit.clock.at(passkey.made)),
                        "used": passkey.used.map { .markup(visit.clock.at($0)) } ?? .text(visit.phrases("never")),
                        "removing": .text(visit.phrases("remove_passkey_of", passkey.name)),
                    ]
                }),
            "sessions": .list(
                sessions.map { session in
                    [
                        "id": .text(session.id), "opened": .markup(visit.clock.at(session.opened)), "seen": .markup(visit.clock.at(session.seen)),
                        "expires": .markup(visit.clock.at(session.expires)),
                        "proved": session.proved.map { .markup(visit.clock.at($0)) } ?? .text(visit.phrases("never")), "current": .flag(session.current),
                        "name": .text(visit.phrases("end_session_of", visit.clock.short(session.opened))),
                    ]
                }),
        ]
    }
}

/// Whoever was invited chooses a password.
struct JoinPage: Page {
    static let template = "join"
    static let layout = "portal"
    var word = ""
    var problem: String?

    func title(_ visit: Visit) -> String { visit.phrases("join_title") }
    func fields(_ visit: Visit) -> Fields { ["word": .text(word), "problem": Field(problem)] }
}
