import Chronicle
import Crypto
import Foundation
import RecourseClient
import Testing

@testable import API
@testable import Runtime

/// Members of staff on the word of a provider, and everything that must not pass for it. The provider here is in the same process; a real one is
/// asked in `RealProviderTests`.
@Suite("Coming in by a provider")
struct ComingInByProviderTests {
    private static let setting = #"{"issuer":"https://sso.example","client_id":"recourse-desk","client_secret":"p:ss word%1"}"#

    /// A desk that trusts the provider, at which amir is “a-1”.
    private func withProvider(
        setting: String = setting, isRehearsal: Bool = true, _ body: (ServedDesk, PretendProvider) async throws -> Void
    ) async throws {
        let provider = PretendProvider()
        try await ServedDesk.use(providers: provider, isRehearsal: isRehearsal) { served in
            try await served.done("PUT", "/v1/providers/sso", as: .theOperator, setting)
            try await served.done("PUT", "/v1/users/amir/providers/sso", as: .theOperator, #"{"subject":"a-1"}"#)
            try await body(served, provider)
        }
    }

    /// From the first click to the answer.
    private func signIn(_ browser: Browser, _ provider: PretendProvider, as subject: String = "a-1", at location: SourceLocation = #_sourceLocation)
        async throws -> Reply
    {
        try await browser.comeBack(try provider.authorize(try await browser.begin(at: location), as: subject), at: location)
    }

    private func denials(_ served: ServedDesk) async throws -> [String] {
        let page = try await served.done("GET", "/v1/log/events?limit=1000", as: .theOperator)
        return (page["events"] as? [[String: Any]] ?? []).filter { $0["stream"] as? String == "denials:provider:sso" }
            .compactMap { (($0["event"] as? [String: Any])?["body"] as? [String: Any])?["code"] as? String }
    }

    @Test("Who is bound to the account is signed in as by a password, and leaves at the provider, too")
    func whole() async throws {
        try await withProvider { served, provider in
            let browser = Browser(served)
            let reply = try await served.call("GET", "/v1/sign-in/oidc/sso", as: .nobody)
            let cookie = try #require(reply.headers["set-cookie"])
            for word in ["__Host-recourse-begun=", "Path=/", "Secure", "HttpOnly", "SameSite=Lax", "Max-Age=600"] { #expect(cookie.contains(word), "\(word)") }
            let location = try await browser.begin()
            #expect(
                location.hasPrefix("https://sso.example/authorize?response_type=code&client_id=recourse-desk&redirect_uri=https%3A%2F%2Fdesk.example%2Fv1%2F"))
            #expect(!location.contains(try #require(browser.cookies[BrowserSecret.cookie])), "what the browser knows stays with it")
            let back = try await browser.comeBack(try provider.authorize(location, as: "a-1"))
            #expect(back.status == 200 && back.object["second_factor"] as? Bool == false)
            let set = try #require(back.headers["set-cookie"])
            for word in ["__Host-recourse=rs_", "SameSite=Strict", "HttpOnly", "Secure"] { #expect(set.contains(word), "\(word)") }
            #expect(browser.cookies.keys.sorted() == ["__Host-recourse"], "what was begun is over")
            let me = try await browser.open("/v1/me")
            #expect(me.object["handle"] as? String == "amir")
            let log = try await served.call("GET", "/v1/log/events?limit=1000", as: .theOperator).text
            #expect(log.contains(#""by":"oidc","through":"sso""#))
            for hidden in ["p:ss word%1", "a-1", "rs_"] { #expect(!log.contains(hidden), "\(hidden) is in the log") }
            let left = try await browser.ask("DELETE", "/v1/session", nil)
            #expect(left.object["end_session"] as? String == "https://sso.example/logout?client_id=recourse-desk")
            #expect(try await browser.open("/v1/me").status == 401)
        }
    }

    @Test("An answer counts once, in the browser that began, within ten minutes, with the state that was given, at the provider it was begun at")
    func bindings() async throws {
        try await withProvider { served, provider in
            try await served.done("PUT", "/v1/providers/other", as: .theOperator, ComingInByProviderTests.setting)
            func begun() async throws -> (Browser, [(String, String)]) {
                let browser = Browser(served)
                return (browser, try provider.authorize(try await browser.begin(), as: "a-1"))
            }
            func with(_ fields: [(String, String)], _ name: String, _ value: String?) -> [(String, String)] {
                fields.filter { $0.0 != name } + (value.map { [(name, $0)] } ?? [])
            }
            var said: Set<String> = []
            func refused(_ what: String, _ reply: Reply) {
                #expect(reply.status == 401, "\(what): \(reply.text)")
                said.insert(reply.text)
            }
            // replayed, also by whoever has the cookie still
            let (browser, fields) = try await begun()
            let thief = Browser(served)
            thief.takeCookies(of: browser)
            #expect(try await browser.comeBack(fields).status == 200)
            refused("replayed", try await browser.comeBack(fields))
            refused("replayed with the cookie", try await thief.comeBack(fields))
            // another browser: somebody sends a victim their own answer
            let (_, stolen) = try await begun()
            refused("without a cookie", try await Browser(served).comeBack(stolen))
            let (victim, _) = try await begun()
            refused("in another browser", try await victim.comeBack(stolen))
            // a wrong state spends what was begun
            let (guesser, right) = try await begun()
            for wrong in ["x", String((right.first?.1 ?? "").reversed())] {
                refused("a wrong state", try await guesser.comeBack(with(right, "state", wrong)))
            }
            refused("the right one after a wrong one", try await guesser.comeBack(right))
            let (stateless, some) = try await begun()
            refused("no state", try await stateless.comeBack(with(some, "state", nil)))
            let (confused, mixed) = try await begun()
            refused("at another provider", try await confused.comeBack(mixed, to: "other"))
            let (slow, late) = try await begun()
            served.clock.pass(.minutes(10))
            refused("after ten minutes", try await slow.comeBack(late))
            #expect(said.count == 1)
            // none of them reached the provider: only the one that counted was exchanged
            #expect(provider.count(of: "/token") == 1)
        }
    }

    @Test("An answer that does not say who answers, or says another, is not exchanged (RFC 9207); a parameter given twice is none")
    func issuerOfTheAnswer() async throws {
        try await withProvider { served, provider in
            for issuer in ["https://evil.example", "https://sso.example/", "", nil] {
                let browser = Browser(served)
                var fields = try provider.authorize(try await browser.begin(), as: "a-1").filter { $0.0 != "iss" }
                if let issuer { fields.append(("iss", issuer)) }
                #expect(try await browser.comeBack(fields).status == 401, "\(issuer ?? "none")")
            }
            let browser = Browser(served)
            let fields = try provider.authorize(try await browser.begin(), as: "a-1")
            #expect(try await browser.comeBack(fields + [("code", "x")]).status == 400)
            #expect(provider.count(of: "/token") == 0)
            #expect(try await denials(served) == ["issuer-of-answer"])
        }
    }

    @Test("Whoever says no at the provider is told so, in the provider's word where it is one")
    func saysNo() async throws {
        try await withProvider { served, provider in
            for (error, word) in [("access_denied", "access_denied"), ("<script>alert(1)</script>", "an error"), ("", "an error")] {
                let browser = Browser(served)
                let fields = try provider.authorize(try await browser.begin(), as: "a-1")
                let reply = try await browser.comeBack(fields.filter { $0.0 != "code" } + [("error", error)])
                #expect(reply.status == 401 && reply.text.contains(word) && !reply.text.contains("<script>"), "\(reply.text)")
            }
            let browser = Browser(served)
            let reply = try await browser.comeBack(try provider.authorize(try await browser.begin(), as: "a-1").filter { $0.0 != "code" })
            #expect(reply.status == 401)
        }
    }

    /// Twists by what the log is to say of them.
    private static let twists: [(String, String, PretendProvider.Twist)] = [
        ("nonce", "another's nonce", .init(claims: { $0["nonce"] = "x" })), ("nonce", "no nonce", .init(claims: { $0["nonce"] = nil })),
        ("audience", "for somebody else", .init(claims: { $0["aud"] = "another-client" })), ("audience", "for nobody", .init(claims: { $0["aud"] = nil })),
        ("authorized-party", "for several, given to no one", .init(claims: { $0["aud"] = ["recourse-desk", "other"] })),
        ("authorized-party", "given to another", .init(claims: { $0["azp"] = "other" })),
        ("issuer", "of another issuer", .init(claims: { $0["iss"] = "https://evil.example" })),
        ("issuer", "a slash more", .init(claims: { $0["iss"] = "https://sso.example/" })),
        ("expired", "run out", .init(claims: { $0["exp"] = Int(Date().timeIntervalSince1970) - 61 })),
        ("expired", "without an end", .init(claims: { $0["exp"] = nil })),
        ("expired", "an end nobody can reckon", .init(claims: { $0["exp"] = 1e300 })),
        ("expired", "an end in words", .init(claims: { $0["exp"] = "9999999999" })),
        ("not-yet", "from the future", .init(claims: { $0["iat"] = Int(Date().timeIntervalSince1970) + 90 })),
        ("not-yet", "for the future", .init(claims: { $0["nbf"] = Int(Date().timeIntervalSince1970) + 90 })),
        ("stale", "from before it was begun", .init(claims: { $0["iat"] = Int(Date().timeIntervalSince1970) - 90 })),
        ("access-token", "of another access token", .init(claims: { $0["at_hash"] = "AAAAAAAAAAAAAAAAAAAAAA" })),
        ("subject", "of nobody", .init(claims: { $0["sub"] = nil })), ("subject", "of a number", .init(claims: { $0["sub"] = 7 })),
        ("header", "not signed", .init(header: { $0 = ["alg": "none", "typ": "JWT"] }, sign: { _, _ in Data() })),
        ("header", "not signed, in other letters", .init(header: { $0["alg"] = "nOnE" }, sign: { _, _ in Data() })),
        (
            "header", "signed with the public key as a secret",
            .init(header: { $0["alg"] = "HS256" }, sign: { data, key in Data(HMAC<SHA256>.authenticationCode(for: data, using: publicBytes(key))) })
        ),
        (
            "header", "signed with the client's secret",
            .init(
                header: { $0["alg"] = "HS256" },
                sign: { data, _ in Data(HMAC<SHA256>.authenticationCode(for: data, using: SymmetricKey(data: Data(PretendProvider.secret.utf8)))) })
        ), ("header", "of another kind", .init(header: { $0["typ"] = "at+jwt" })), ("header", "a logout token", .init(header: { $0["typ"] = "logout+jwt" })),
        ("key", "the key of another algorithm", .init(header: { $0["alg"] = "RS256" })), ("key", "a key nobody published", .init(header: { $0["kid"] = "k9" })),
        (
            "key", "a key for something else",
            .init(header: {
                $0["kid"] = "e1"; $0["alg"] = "RS256"
            })
        ),
        (
            "signature", "a flipped bit",
            .init(sign: {
                var signature = try $1.sign($0); signature[7] ^= 1; return signature
            })
        ),
        ("signature", "another's signature", .init(sign: { data, _ in try Curve25519.Signing.PrivateKey().signature(for: data) })),
        ("signature", "no signature", .init(sign: { _, _ in Data() })),
    ]

    private static func publicBytes(_ key: PretendProvider.Key) -> SymmetricKey {
        switch key {
        case .edwards(let key): SymmetricKey(data: key.publicKey.rawRepresentation)
        case .nist(let key): SymmetricKey(data: key.publicKey.rawRepresentation)
        }
    }

    @Test("An ID token that is wrong in any one thing lets nobody in, in the same words; the log says in what")
    func wrongTokens() async throws {
        try await withProvider { served, provider in
            var said: Set<String> = []
            for (why, what, twist) in ComingInByProviderTests.twists {
                provider.set { $0.twist = twist }
                let reply = try await signIn(Browser(served), provider)
                #expect(reply.status == 401, "\(what) (\(why)): \(reply.text)")
                said.insert(reply.text)
            }
            #expect(said.count == 1)
            let reasons = Set(ComingInByProviderTests.twists.map(\.0))
            #expect(try await Set(denials(served)) == reasons)
            #expect(reasons == Set(TokenComplaint.allCases.map(\.rawValue)), "every complaint was brought about")
            provider.set { $0.twist = .init() }
            #expect(try await signIn(Browser(served), provider).status == 200, "and the right one is let in")
        }
    }

    @Test("What a token may be: for several with this desk as its party, on a clock a little off, signed with ES256, with a key that has no name")
    func rightTokens() async throws {
        try await withProvider { served, provider in
            let right: [(String, PretendProvider.Twist)] = [
                (
                    "for several, given to this desk",
                    .init(claims: {
                        $0["aud"] = ["other", "recourse-desk"]; $0["azp"] = "recourse-desk"
                    })
                ),
                ("a list of one", .init(claims: { $0["aud"] = ["recourse-desk"] })),
                ("a clock half a minute ahead", .init(claims: { $0["iat"] = Int(Date().timeIntervalSince1970) + 30 })),
                ("without an access token's hash", .init(claims: { $0["at_hash"] = nil })), ("without a type", .init(header: { $0["typ"] = nil })),
                ("without the name of its key", .init(header: { $0["kid"] = nil })),
            ]
            for (what, twist) in right {
                provider.set { $0.twist = twist }
                let reply = try await signIn(Browser(served), provider)
                #expect(reply.status == 200, "\(what): \(reply.text)")
            }
            provider.set { state in
                state.twist = .init()
                state.keys["k2"] = .nist(P256.Signing.PrivateKey())
                (state.signing, state.published) = ("k2", ["k1", "k2"])
            }
            served.clock.pass(.seconds(30))
            #expect(try await signIn(Browser(served), provider).status == 200)
        }
    }

    @Test("A code that was put into somebody else's beginning is not exchanged: it goes with another challenge (RFC 7636)")
    func injectedCode() async throws {
        try await withProvider { served, provider in
            let (thief, victim) = (Browser(served), Browser(served))
            let stolen = try provider.authorize(try await victim.begin(), as: "a-1")
            let own = try provider.authorize(try await thief.begin(), as: "t-1")
            let mixed = own.filter { $0.0 != "code" } + stolen.filter { $0.0 == "code" }
            #expect(try await thief.comeBack(mixed).status == 401)
            #expect(try await denials(served) == ["code"])
        }
    }

    @Test("A new key is asked for when a token names it, at most every ten seconds; a key that is gone is trusted until what is kept runs out")
    func rotation() async throws {
        try await withProvider { served, provider in
            #expect(try await signIn(Browser(served), provider).status == 200)
            #expect(provider.count(of: "/keys") == 1)
            // the provider rotates
            provider.set { state in
                state.keys["k2"] = .edwards(Curve25519.Signing.PrivateKey())
                (state.signing, state.published) = ("k2", ["k2"])
            }
            #expect(try await signIn(Browser(served), provider).status == 401, "asked a moment ago")
            served.clock.pass(.seconds(11))
            provider.set { $0.aheadSeconds = 11 }
            #expect(try await signIn(Browser(served), provider).status == 200)
            #expect(provider.count(of: "/keys") == 2)
            // names nobody published ask the provider once, not once each
            served.clock.pass(.seconds(11))
            provider.set { state in
                state.aheadSeconds = 22
                state.twist = .init(header: { $0["kid"] = "k\(Int.random(in: 10...99))" })
            }
            for _ in 0..<5 { #expect(try await signIn(Browser(served), provider).status == 401) }
            #expect(provider.count(of: "/keys") == 3)
            // the new key is taken back at once, and still passes; when what is kept has run out it does not
            provider.set { state in
                state.twist = .init()
                state.published = []
            }
            #expect(try await signIn(Browser(served), provider).status == 200)
            served.clock.pass(.minutes(10))
            provider.set { $0.aheadSeconds = 622 }
            #expect(try await signIn(Browser(served), provider).status == 401)
            // and when the provider does not answer, nobody comes in on what was kept
            provider.set { state in
                state.isSilent = true
                state.aheadSeconds = 1_300
            }
            served.clock.pass(.seconds(678))
            let reply = try await served.call("GET", "/v1/sign-in/oidc/sso", as: .nobody)
            #expect(reply.status == 503 && reply.headers["retry-after"] == "10", "\(reply.text)")
        }
    }

    @Test("Nobody is made an account of: who is not bound, or is on staff no longer, is sent away in the same words")
    func nobody() async throws {
        try await withProvider { served, provider in
            let before = try await served.done("GET", "/v1/users", as: .theOperator)["users"] as? [Any]
            let unknown = try await signIn(Browser(served), provider, as: "z-9")
            #expect(unknown.status == 403)
            try await served.done("PUT", "/v1/users/bea/providers/sso", as: .theOperator, #"{"subject":"b-2"}"#)
            let bea = Browser(served)
            #expect(try await signIn(bea, provider, as: "b-2").status == 200)
            try await served.done("DELETE", "/v1/users/bea", as: .theOperator)
            #expect(try await bea.open("/v1/me").status == 401)
            let gone = try await signIn(Browser(served), provider, as: "b-2")
            #expect(gone.status == 403)
            #expect(gone.text.replacingOccurrences(of: "b-2", with: "") == unknown.text.replacingOccurrences(of: "z-9", with: ""))
            let after = try await served.done("GET", "/v1/users", as: .theOperator)["users"] as? [Any]
            #expect(before?.count == after?.count)
            #expect(try await denials(served) == ["nobody"], "the second within a minute is only counted")
            // an e-mail address that somebody's account has is no binding
            provider.set { $0.claims = ["email": "amir@desk.example", "email_verified": true, "preferred_username": "amir", "name": "amir"] }
            #expect(try await signIn(Browser(served), provider, as: "z-9").status == 403)
        }
    }

    @Test("Domains are a fence: an address that is not verified, or of another domain, lets nobody in, bound or not")
    func domains() async throws {
        let setting = ComingInByProviderTests.setting.dropLast() + #","email_domains":["Desk.example"]}"#
        try await withProvider(setting: String(setting)) { served, provider in
            let claims: [([String: any Sendable], Int)] = [
                (["email": "amir@desk.example", "email_verified": true], 200), (["email": "amir@DESK.example", "email_verified": "true"], 200),
                (["email": "amir@desk.example", "email_verified": false], 403), (["email": "amir@desk.example"], 403),
                (["email": "amir@evil.example", "email_verified": true], 403), (["email": "amir@desk.example@evil.example", "email_verified": true], 403),
                (["email": "amir@sub.desk.example", "email_verified": true], 403), (["email_verified": true], 403), ([:], 403),
            ]
            for (said, status) in claims {
                provider.set { $0.claims = said }
                let reply = try await signIn(Browser(served), provider)
                #expect(reply.status == status, "\(said)")
            }
        }
    }

    @Test("A provider's word stands for the second factor only where it is taken; otherwise codes are asked for, also in a rehearsal")
    func secondFactor() async throws {
        try await withProvider(isRehearsal: false) { served, provider in
            provider.set { $0.claims = ["amr": ["pwd", "mfa"]] }
            let browser = Browser(served)
            #expect(try await signIn(browser, provider).object["second_factor"] as? Bool == false, "nobody said its word is taken")
            let refused = try await browser.open("/v1/cases")
            #expect(refused.status == 403 && refused.text.contains("/v1/me/codes"))
            try await served.done("PUT", "/v1/providers/sso", as: .theOperator, String(ComingInByProviderTests.setting.dropLast() + #","second_factor":true}"#))
            #expect(try await signIn(browser, provider).object["second_factor"] as? Bool == true)
            #expect(try await browser.open("/v1/cases").status == 200)
            provider.set { $0.claims = ["amr": ["pwd"]] }
            #expect(try await signIn(browser, provider).object["second_factor"] as? Bool == false)
            #expect(try await browser.open("/v1/cases").status == 403)
        }
    }

    @Test("Whoever has codes shows one after a provider let them in; they are not replaced from a session that has shown none")
    func showingACode() async throws {
        try await withProvider { served, provider in
            // given amir with codes
            let browser = Browser(served)
            _ = try await signIn(browser, provider)
            let codes = try await browser.ask("POST", "/v1/me/codes", nil)
            let secret = try #require((codes.object["secret"] as? String).flatMap(Base32.bytes))
            let step = served.beginningOfStep()
            func code(_ ahead: Int64) -> String { #"{"code":"\#(OneTimeCodes.text(secret, step + ahead))"}"# }
            #expect(try await browser.ask("PUT", "/v1/me/codes", code(0)).status == 200)
            // when he comes in again
            _ = try await signIn(browser, provider)
            let weak = try #require(browser.session)
            // then he may do nothing but show one
            #expect(try await browser.open("/v1/cases").status == 403)
            #expect(try await browser.open("/v1/cases").text.contains("/v1/me/second-factor"))
            #expect(try await browser.ask("POST", "/v1/me/codes", nil).status == 409, "whoever has only the provider's word does not take the codes over")
            #expect(try await browser.ask("POST", "/v1/me/second-factor", code(0)).status == 401, "it was used")
            #expect(try await browser.ask("POST", "/v1/me/second-factor", #"{"code":"000000"}"#).status == 401)
            let strong = try await browser.ask("POST", "/v1/me/second-factor", code(1))
            #expect(strong.status == 201 && strong.object["second_factor"] as? Bool == true, "\(strong.text)")
            #expect(try await browser.open("/v1/cases").status == 200)
            #expect(try await served.call("GET", "/v1/session", as: weak).status == 401, "the session from before is over")
            #expect(try await browser.ask("DELETE", "/v1/session", nil).object["end_session"] != nil)
            // and guessing is slowed down
            _ = try await signIn(browser, provider)
            var statuses: [Int] = []
            for _ in 0..<6 { statuses.append(try await browser.ask("POST", "/v1/me/second-factor", #"{"code":"000000"}"#).status) }
            #expect(statuses.prefix(5).allSatisfy { $0 == 401 } && statuses.last == 429, "\(statuses)")
            #expect(try await served.call("POST", "/v1/me/second-factor", as: .staff("amir"), code(1)).status == 403, "a key has nothing to show one for")
        }
    }

    @Test("Who signs in goes on to a path of this desk, and nowhere else")
    func returning() async throws {
        try await withProvider { served, provider in
            let elsewhere = [
                "https://evil.example", "//evil.example", #"/\evil.example"#, #"\\evil.example"#, "https:evil.example", "javascript:alert(1)",
                "/a\r\nSet-Cookie: x=1",
                "/a\nb", "/\t/evil.example", "evil", "", "/ü", "/a\"><script>", "/a'b", "/a b", "/" + String(repeating: "a", count: 500), "/%00\u{1}",
            ]
            for path in elsewhere {
                let reply = try await served.call("GET", RecourseClient.address("/v1/sign-in/oidc/sso", [("return_to", path)]), as: .nobody)
                #expect(reply.status == 400, "\(path)")
                #expect(reply.headers["location"] == nil && reply.headers["set-cookie"] == nil)
            }
            let browser = Browser(served)
            let location = try await browser.begin("?return_to=%2Fcases%3Fa%3D1%26b%3D2")
            #expect(!location.contains("cases"))
            let page = try await browser.comeBack(try provider.authorize(location, as: "a-1"))
            #expect(page.status == 200 && page.headers["content-type"] == "text/html; charset=utf-8" && page.headers["location"] == nil)
            #expect(page.text.contains(#"content="0; url=/cases?a=1&amp;b=2""#))
            #expect(!page.text.contains("rs_"), "the session is in the cookie alone")
            #expect(try await browser.open("/v1/me").status == 200)
        }
    }

    @Test("A provider that is another than it says, takes no challenge, or does not answer is not gone to; nor is any without a line")
    func wrongProviders() async throws {
        try await withProvider { served, provider in
            let documents: [[String: any Sendable]] = [
                ["issuer": "https://evil.example"], ["code_challenge_methods_supported": ["plain"]], ["token_endpoint": "http://sso.example/token"],
                ["authorization_endpoint": "javascript:alert(1)"], ["jwks_uri": "https://user@sso.example/keys"], ["issuer": 7],
            ]
            for document in documents {
                provider.set { $0.document = document }
                #expect(try await served.call("GET", "/v1/sign-in/oidc/sso", as: .nobody).status == 503, "\(document)")
            }
            provider.set { $0.document = ["token_endpoint_auth_methods_supported": ["client_secret_post"]] }
            served.clock.pass(.seconds(3))
            provider.set { $0.aheadSeconds = 3 }
            #expect(try await signIn(Browser(served), provider).status == 200, "the secret goes where the provider wants it")
            #expect(try await served.call("GET", "/v1/sign-in/oidc/nobody", as: .nobody).status == 404)
            #expect(try await served.call("GET", "/v1/sign-in/oidc/nobody/callback", as: .nobody).status == 401)
            let page = try await served.call("GET", "/v1/sign-in/oidc/%2e%2e", as: .nobody)
            #expect(page.status == 404)
        }
        try await ServedDesk.use(address: nil) { served in
            let setting = try await served.done("PUT", "/v1/providers/sso", as: .theOperator, ComingInByProviderTests.setting)
            #expect(setting["redirect_uri"] == nil)
            #expect(try await served.call("GET", "/v1/sign-in/oidc/sso", as: .nobody).status == 503)
        }
    }

    @Test("Taking back a provider or a binding ends what was let in by it; a secret is shown to nobody")
    func takingBack() async throws {
        try await withProvider { served, provider in
            let amir = Browser(served)
            _ = try await signIn(amir, provider)
            let list = try await served.call("GET", "/v1/providers", as: .theOperator)
            let shown = try #require((list.object["providers"] as? [[String: Any]])?.first)
            #expect(shown["has_secret"] as? Bool == true && shown["handles"] as? [String] == ["amir"])
            #expect(shown["redirect_uri"] as? String == "https://desk.example/v1/sign-in/oidc/sso/callback")
            #expect(!list.text.contains("p:ss") && !list.text.contains("a-1"))
            // another account of his takes the place of the first, and ends it
            try await served.done("PUT", "/v1/users/amir/providers/sso", as: .theOperator, #"{"subject":"a-2"}"#)
            #expect(try await amir.open("/v1/me").status == 401)
            #expect(try await signIn(Browser(served), provider, as: "a-1").status == 403)
            #expect(try await signIn(amir, provider, as: "a-2").status == 200)
            #expect(try await served.call("PUT", "/v1/users/lee/providers/sso", as: .theOperator, #"{"subject":"a-2"}"#).status == 409)
            try await served.done("DELETE", "/v1/users/amir/providers/sso", as: .theOperator)
            #expect(try await amir.open("/v1/me").status == 401)
            #expect(try await served.call("DELETE", "/v1/users/amir/providers/sso", as: .theOperator).status == 404)
            // a provider that is gone
            try await served.done("PUT", "/v1/users/amir/providers/sso", as: .theOperator, #"{"subject":"a-2"}"#)
            #expect(try await signIn(amir, provider, as: "a-2").status == 200)
            let begun = Browser(served)
            let fields = try provider.authorize(try await begun.begin(), as: "a-2")
            try await served.done("DELETE", "/v1/providers/sso?because=breached", as: .theOperator)
            #expect(try await amir.open("/v1/me").status == 401)
            #expect(try await begun.comeBack(fields).status == 404, "also for who is on the way")
            // and comes back: nobody is bound to it
            try await served.done("PUT", "/v1/providers/sso", as: .theOperator, ComingInByProviderTests.setting)
            #expect(try await signIn(amir, provider, as: "a-2").status == 403)
        }
    }

    @Test("A provider is written down only as one that can be relied on")
    func settings() async throws {
        try await withProvider { served, _ in
            let wrong: [(String, Int)] = [
                (#"{"issuer":"http://sso.example","client_id":"c"}"#, 422), (#"{"issuer":"https://a@sso.example","client_id":"c"}"#, 422),
                (#"{"issuer":"sso.example","client_id":"c"}"#, 422), (#"{"issuer":"https://sso.example","client_id":""}"#, 422),
                (#"{"issuer":"https://sso.example","client_id":"c","subject_claim":"email"}"#, 422),
                (#"{"issuer":"https://sso.example","client_id":"c","subject_claim":"preferred_username"}"#, 422),
                (#"{"issuer":"https://sso.example","client_id":"c","email_domains":["@desk.example"]}"#, 422),
                (#"{"issuer":"https://sso.example","client_id":"c","client_secret":""}"#, 422), (#"{"client_id":"c"}"#, 400),
            ]
            for (body, status) in wrong { #expect(try await served.call("PUT", "/v1/providers/new", as: .theOperator, body).status == status, "\(body)") }
            #expect(try await served.call("PUT", "/v1/providers/N%20ew", as: .theOperator, ComingInByProviderTests.setting).status == 422)
            let another = ComingInByProviderTests.setting.replacingOccurrences(of: "recourse-desk", with: "another")
            #expect(try await served.call("PUT", "/v1/providers/sso", as: .theOperator, another).status == 409)
            // without a secret, what there was stays
            let kept = try await served.done("PUT", "/v1/providers/sso", as: .theOperator, #"{"issuer":"https://sso.example","client_id":"recourse-desk"}"#)
            #expect(kept["has_secret"] as? Bool == true)
            for subject in ["", #"a\u0000b"#, String(repeating: "a", count: 256)] {
                let reply = try await served.call("PUT", "/v1/users/lee/providers/sso", as: .theOperator, #"{"subject":"\#(subject)"}"#)
                #expect(reply.status == 422, "\(subject.count)")
            }
        }
    }
}
