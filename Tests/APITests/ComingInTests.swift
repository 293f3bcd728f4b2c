import Crypto
import Foundation
import Testing

@testable import API
@testable import Runtime

@Suite("Coming in")
struct ComingInTests {
    @Test("A party comes in with a token of the exchange, once, and sees its own cases and nobody else's")
    func party() async throws {
        try await ServedDesk.use { served in
            try await served.order("P2P-1")
            try await served.done("POST", "/v1/cases", as: .theOperator, #"{"reason":"P2P-B01","order":"P2P-1","by":"buyer","statement":"Nothing came."}"#)
            let mine = try await served.done("GET", "/v1/cases", as: .party("maria"))
            #expect((mine["cases"] as? [[String: Any]])?.count == 1)
            let others = try await served.done("GET", "/v1/cases", as: .party("stranger"))
            #expect((others["cases"] as? [[String: Any]])?.isEmpty == true)
            // Of another's case not even that it is there.
            let (hidden, absent) = (
                try await served.call("GET", "/v1/cases/P2P-1", as: .party("stranger")), try await served.call("GET", "/v1/cases/P2P-9", as: .party("stranger"))
            )
            #expect(hidden.status == 404 && absent.status == 404)
            #expect(hidden.text.replacingOccurrences(of: "P2P-1", with: "") == absent.text.replacingOccurrences(of: "P2P-9", with: ""))
            // The token that let them in lets in once.
            let token = try served.tokens.token(for: "maria")
            let body = #"{"token":"\#(token)"}"#
            #expect(try await served.call("POST", "/v1/party-sessions", as: .nobody, body).status == 201)
            #expect(try await served.call("POST", "/v1/party-sessions", as: .nobody, body).status == 401)
        }
    }

    @Test("A token that is wrong in any one thing lets nobody in, in the same words")
    func wrongTokens() async throws {
        try await ServedDesk.use { served in
            let tokens = served.tokens
            func flipped(_ data: Data, _ key: Curve25519.Signing.PrivateKey) throws -> Data {
                var signature = try key.signature(for: data)
                signature[0] ^= 1
                return signature
            }
            let wrong: [(String, String)] = [
                ("another audience", try tokens.token(for: "maria", audience: "elsewhere")), ("an unknown issuer", try tokens.token(for: "maria", issuer: "x")),
                ("run out", try tokens.token(for: "maria", issued: -1_000)), ("lasting too long", try tokens.token(for: "maria", lasts: 3_600)),
                ("from the future", try tokens.token(for: "maria", issued: 600)), ("no id", try tokens.token(for: "maria", id: "")),
                ("a flipped bit", try tokens.token(for: "maria", sign: flipped)),
                ("another's key", try tokens.token(for: "maria") { data, _ in try Curve25519.Signing.PrivateKey().signature(for: data) }),
                ("not before tomorrow", try tokens.token(for: "maria", notBefore: 86_400)),
                ("another algorithm than the key's", try tokens.token(for: "maria", header: #"{"alg":"RS256","typ":"JWT","kid":"k1"}"#)),
                ("another kind of token", try tokens.token(for: "maria", header: #"{"alg":"EdDSA","typ":"at+jwt","kid":"k1"}"#)),
                ("a demand nobody knows", try tokens.token(for: "maria", header: #"{"alg":"EdDSA","typ":"JWT","kid":"k1","crit":["exp"]}"#)),
                ("alg none", try tokens.token(for: "maria", header: #"{"alg":"none","typ":"JWT"}"#) { _, _ in Data() }),
                (
                    "the public key as a secret",
                    try tokens.token(for: "maria", header: #"{"alg":"HS256","typ":"JWT","kid":"k1"}"#) { data, key in
                        Data(HMAC<SHA256>.authenticationCode(for: data, using: SymmetricKey(data: key.publicKey.rawRepresentation)))
                    }
                ), ("no token", "nothing"),
            ]
            var said: Set<String> = []
            for (what, token) in wrong {
                let reply = try await served.call("POST", "/v1/party-sessions", as: .nobody, #"{"token":"\#(token)"}"#)
                #expect(reply.status == 401, "\(what)")
                said.insert(reply.text)
            }
            #expect(said.count == 1)
        }
    }

    @Test("Only public keys that sign are taken in from an exchange")
    func keySets() async throws {
        try await ServedDesk.use { served in
            for keys in [#"{"keys":[{"kty":"oct","k":"AAAA"}]}"#, #"{"keys":[]}"#, #"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"AA","d":"AA"}]}"#, "{}"] {
                let reply = try await served.call("PUT", "/v1/issuers/x", as: .theOperator, keys)
                #expect(reply.status == 422, "\(keys): \(reply.text)")
            }
        }
    }

    @Test("Staff sign in by password, then with codes; a code is good once, and another password ends every session")
    func staff() async throws {
        try await ServedDesk.use { served in
            func signIn(_ password: String, _ code: String? = nil) async throws -> (Int, String?) {
                let code = code.map { #","code":"\#($0)""# } ?? ""
                let reply = try await served.call("POST", "/v1/sessions", as: .nobody, #"{"handle":"amir","password":"\#(password)"\#(code)}"#)
                return (reply.status, reply.object["session"] as? String)
            }
            for bad in ["short", "123456789012", "aaaaaaaaaaaaaa", "password1234", "amiramiramir1"] {
                #expect(try await served.call("PUT", "/v1/users/amir/password", as: .theOperator, #"{"password":"\#(bad)"}"#).status == 422, "\(bad)")
            }
            let password = "slow cobalt heron 41"
            try await served.done("PUT", "/v1/users/amir/password", as: .theOperator, #"{"password":"\#(password)"}"#)
            #expect(try await signIn("slow cobalt heron 42").0 == 401)
            let (status, session) = try await signIn(password)
            #expect(status == 201)
            let own = ServedDesk.Who.key(try #require(session))
            let codes = try await served.done("POST", "/v1/me/codes", as: own)
            let secret = try #require((codes["secret"] as? String).flatMap(Base32.bytes))
            let step = served.beginningOfStep()
            try await served.done("PUT", "/v1/me/codes", as: own, #"{"code":"\#(OneTimeCodes.text(secret, step))"}"#)
            #expect(try await signIn(password).0 == 401, "a code is asked for now")
            #expect(try await signIn(password, OneTimeCodes.text(secret, step)).0 == 401, "that code was used")
            #expect(try await signIn(password, OneTimeCodes.text(secret, step + 2)).0 == 401, "two steps ahead is too far")
            let strong = try await signIn(password, OneTimeCodes.text(secret, step + 1))
            #expect(strong.0 == 201)
            #expect(try await served.call("GET", "/v1/cases", as: .key(try #require(strong.1))).status == 200)
            try await served.done("PUT", "/v1/users/amir/password", as: .theOperator, #"{"password":"quiet walnut ferry 7"}"#)
            for ended in [session, strong.1] { #expect(try await served.call("GET", "/v1/session", as: .key(try #require(ended))).status == 401) }
        }
    }

    @Test("Guessing is slowed down for one handle and for nobody else; an unknown handle is told nothing")
    func guessing() async throws {
        try await ServedDesk.use { served in
            try await served.done("PUT", "/v1/users/amir/password", as: .theOperator, #"{"password":"slow cobalt heron 41"}"#)
            try await served.done("PUT", "/v1/users/lee/password", as: .theOperator, #"{"password":"slow cobalt heron 41"}"#)
            let unknown = try await served.call("POST", "/v1/sessions", as: .nobody, #"{"handle":"ghost","password":"slow cobalt heron 41"}"#)
            var statuses: [Int] = []
            var first = ""
            for _ in 0..<8 {
                let reply = try await served.call("POST", "/v1/sessions", as: .nobody, #"{"handle":"amir","password":"wrong cobalt heron"}"#)
                if first.isEmpty { first = reply.text }
                statuses.append(reply.status)
            }
            #expect(unknown.text == first)
            #expect(statuses.prefix(5).allSatisfy { $0 == 401 } && statuses.last == 429)
            #expect(try await served.call("POST", "/v1/sessions", as: .nobody, #"{"handle":"lee","password":"slow cobalt heron 41"}"#).status == 201)
        }
    }

    @Test("A cookie does what this desk's own pages ask, and nothing another site asks")
    func cookies() async throws {
        try await ServedDesk.use { served in
            try await served.done("PUT", "/v1/users/amir/password", as: .theOperator, #"{"password":"slow cobalt heron 41"}"#)
            let reply = try await served.call("POST", "/v1/sessions", as: .nobody, #"{"handle":"amir","password":"slow cobalt heron 41"}"#)
            let set = try #require(reply.headers["set-cookie"])
            for word in ["__Host-recourse=rs_", "Secure", "HttpOnly", "SameSite=Strict", "Path=/"] { #expect(set.contains(word)) }
            let cookie = ("Cookie", String(set.prefix { $0 != ";" }))
            #expect(try await served.call("GET", "/v1/session", as: .nobody, headers: [cookie]).status == 200)
            for foreign in [[("Sec-Fetch-Site", "cross-site")], [("Origin", "https://evil.example")], []] {
                #expect(try await served.call("DELETE", "/v1/session", as: .nobody, headers: [cookie] + foreign).status == 401)
            }
            // Others' pages read nothing with it, either; somebody who types the address does.
            for others in [[("Sec-Fetch-Site", "cross-site")], [("Sec-Fetch-Site", "same-site")], [("Origin", "https://evil.example")]] {
                #expect(try await served.call("GET", "/v1/session", as: .nobody, headers: [cookie] + others).status == 401, "\(others)")
            }
            #expect(try await served.call("GET", "/v1/session", as: .nobody, headers: [cookie, ("Sec-Fetch-Site", "none")]).status == 200)
            #expect(try await served.call("DELETE", "/v1/session", as: .nobody, headers: [cookie, ("Sec-Fetch-Site", "same-origin")]).status == 200)
            #expect(try await served.call("GET", "/v1/session", as: .nobody, headers: [cookie]).status == 401)
            let log = try await served.call("GET", "/v1/log/events?limit=1000", as: .theOperator).text
            #expect(log.contains("signed-in/1") && log.contains("signed-out/1") && log.contains("credential-set/1"))
        }
    }

    @Test("Who was sent away is on record, once a minute with how many more")
    func denials() async throws {
        try await ServedDesk.use { served in
            let probe = ServedDesk.Who.key(try #require(try await served.key(of: .machine("probe", ["monitor"]))))
            for _ in 0..<3 { #expect(try await served.call("GET", "/v1/cases", as: probe).status == 403) }
            let page = try await served.done("GET", "/v1/log/events?limit=1000", as: .theOperator)
            let denials = (page["events"] as? [[String: Any]] ?? []).filter { $0["stream"] as? String == "denials:machine:probe" }
            #expect(denials.count == 1)
            let body = (denials.first?["event"] as? [String: Any])?["body"] as? [String: Any]
            #expect(body?["operation"] as? String == "list-cases" && body?["code"] as? String == "not-permitted")
        }
    }
}

/// RFC 4648 §6, read back by other hands than those that write it.
enum Base32 {
    static func bytes(_ text: String) -> [UInt8]? {
        var (bits, count, bytes) = (0, 0, [UInt8]())
        for character in text {
            guard let index = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".firstIndex(of: character) else { return nil }
            let value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".distance(from: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".startIndex, to: index)
            (bits, count) = ((bits << 5 | value) & 0xFFFF, count + 5)
            if count >= 8 {
                bytes.append(UInt8(bits >> (count - 8) & 0xFF))
                count -= 8
            }
        }
        return bytes
    }
}
