import Chronicle
import Crypto
import Foundation
import Testing

@testable import API
@testable import Runtime

@Suite("Passkeys")
struct PasskeyTests {
    /// lee, with a password, on a desk that knows its name.
    private static func use(_ work: (ServedDesk, ServedDesk.Who) async throws -> Void) async throws {
        try await ServedDesk.use(address: WebAddress("https://desk.example"), isRehearsal: true) { served in
            try await served.done("PUT", "/v1/users/lee/password", as: .theOperator, #"{"password":"slow cobalt heron 41"}"#)
            let opened = try await served.done("POST", "/v1/sessions", as: .nobody, #"{"handle":"lee","password":"slow cobalt heron 41"}"#)
            try await work(served, .key(try #require(opened["session"] as? String)))
        }
    }

    private static func challenge(_ served: ServedDesk, _ who: ServedDesk.Who?) async throws -> String {
        let path = who == nil ? "/v1/sign-in/passkey/challenge" : "/v1/me/passkeys/challenge"
        return try #require(try await served.done("POST", path, as: who ?? .nobody)["challenge"] as? String)
    }

    @Test("A passkey is added, signs in with two factors, counts on, and is removed")
    func life() async throws {
        try await Self.use { served, lee in
            var passkey = SoftAuthenticator()
            let asked = try await served.done("POST", "/v1/me/passkeys/challenge", as: lee)
            #expect(asked["rp_id"] as? String == "desk.example" && asked["handle"] as? String == "lee")
            let challenge = try #require(asked["challenge"] as? String)
            try await served.done("POST", "/v1/me/passkeys", as: lee, passkey.body(named: "laptop", answering: challenge))
            for count in [UInt32(2), 3] {
                passkey.count = count
                let entry = try passkey.entry(answering: try await Self.challenge(served, nil))
                let opened = try await served.done("POST", "/v1/sign-in/passkey", as: .nobody, entry)
                #expect(opened["second_factor"] as? Bool == true)
                // What was answered is answered once.
                #expect(try await served.call("POST", "/v1/sign-in/passkey", as: .nobody, entry).status == 401)
            }
            let list = try await served.done("GET", "/v1/me/passkeys", as: lee)["passkeys"] as? [[String: Any]]
            #expect(list?.count == 1 && list?.first?["used"] != nil)
            let again = passkey.body(named: "again", answering: try await Self.challenge(served, lee))
            #expect(try await served.call("POST", "/v1/me/passkeys", as: lee, again).status == 409)
            try await served.done("DELETE", "/v1/me/passkeys/\(passkey.id)", as: lee)
            passkey.count = 4
            let entry = try passkey.entry(answering: try await Self.challenge(served, nil))
            #expect(try await served.call("POST", "/v1/sign-in/passkey", as: .nobody, entry).status == 401)
        }
    }

    @Test("A new passkey that is wrong in any one thing is not taken")
    func wrongRegistrations() async throws {
        try await Self.use { served, lee in
            func wrong(_ change: (inout SoftAuthenticator) -> Void) -> SoftAuthenticator {
                var authenticator = SoftAuthenticator()
                change(&authenticator)
                return authenticator
            }
            for (what, authenticator, type) in [
                ("another origin", wrong { $0.origin = "https://evil.example" }, "webauthn.create"),
                ("another relying party", wrong { $0.relyingParty = "evil.example" }, "webauthn.create"),
                ("in a frame of another page", wrong { $0.crossOrigin = true }, "webauthn.create"),
                ("no user verification", wrong { $0.flags = 0x01 }, "webauthn.create"), ("no user presence", wrong { $0.flags = 0x04 }, "webauthn.create"),
                ("another algorithm", wrong { $0.algorithm = -8 }, "webauthn.create"), ("another ceremony", wrong { _ in }, "webauthn.get"),
            ] {
                let body = authenticator.body(named: "x", answering: try await Self.challenge(served, lee), type: type)
                #expect(try await served.call("POST", "/v1/me/passkeys", as: lee, body).status == 422, "\(what)")
            }
            let ownMade = SoftAuthenticator().body(named: "x", answering: Base64.encodeForAddress([UInt8](repeating: 7, count: 32)))
            #expect(try await served.call("POST", "/v1/me/passkeys", as: lee, ownMade).status == 422, "a challenge nobody gave")
            let forSigningIn = SoftAuthenticator().body(named: "x", answering: try await Self.challenge(served, nil))
            #expect(try await served.call("POST", "/v1/me/passkeys", as: lee, forSigningIn).status == 422, "a challenge for something else")
            let late = try await Self.challenge(served, lee)
            served.clock.pass(.minutes(5))
            #expect(try await served.call("POST", "/v1/me/passkeys", as: lee, SoftAuthenticator().body(named: "x", answering: late)).status == 422, "too late")
        }
    }

    @Test("Whoever shows a passkey that is wrong in any one thing is let in by none, in the same words")
    func wrongAssertions() async throws {
        try await Self.use { served, lee in
            var passkey = SoftAuthenticator()
            passkey.count = 10
            try await served.done("POST", "/v1/me/passkeys", as: lee, passkey.body(named: "laptop", answering: try await Self.challenge(served, lee)))
            func changed(_ change: (inout SoftAuthenticator) -> Void) -> SoftAuthenticator {
                var authenticator = passkey
                authenticator.count = 11
                change(&authenticator)
                return authenticator
            }
            var said: Set<String> = []
            for (what, authenticator, type, key) in [
                ("another origin", changed { $0.origin = "https://evil.example" }, "webauthn.get", nil),
                ("another relying party", changed { $0.relyingParty = "evil.example" }, "webauthn.get", nil),
                ("no user verification", changed { $0.flags = 0x01 }, "webauthn.get", nil),
                ("a counter that stands", changed { $0.count = 10 }, "webauthn.get", nil),
                ("one that went back", changed { $0.count = 3 }, "webauthn.get", nil),
                ("another ceremony", changed { _ in }, "webauthn.create", nil),
                ("another's key", changed { _ in }, "webauthn.get", P256.Signing.PrivateKey()),
            ] as [(String, SoftAuthenticator, String, P256.Signing.PrivateKey?)] {
                let entry = try authenticator.entry(answering: try await Self.challenge(served, nil), type: type, signedBy: key)
                let reply = try await served.call("POST", "/v1/sign-in/passkey", as: .nobody, entry)
                #expect(reply.status == 401, "\(what)")
                said.insert(reply.text)
            }
            let unknown = try await served.call(
                "POST", "/v1/sign-in/passkey", as: .nobody, try SoftAuthenticator().entry(answering: try await Self.challenge(served, nil)))
            #expect(unknown.status == 401)
            said.insert(unknown.text)
            #expect(said.count == 1)
            // It is the checks that refused, and not that nothing works.
            let good = try changed { _ in }.entry(answering: try await Self.challenge(served, nil))
            #expect(try await served.call("POST", "/v1/sign-in/passkey", as: .nobody, good).status == 201)
            // With the codes the passkeys go.
            try await served.done("DELETE", "/v1/users/lee/codes", as: .theOperator)
            let after = try changed { $0.count = 12 }.entry(answering: try await Self.challenge(served, nil))
            #expect(try await served.call("POST", "/v1/sign-in/passkey", as: .nobody, after).status == 401)
        }
    }

    @Test("A desk that has no name makes no passkeys", arguments: [nil, "http://127.0.0.1:8080"])
    func nameless(address: String?) async throws {
        try await ServedDesk.use(address: address.flatMap(WebAddress.init), isRehearsal: true) { served in
            let reply = try await served.call("POST", "/v1/sign-in/passkey/challenge", as: .nobody)
            #expect(reply.status == 409)
        }
    }
}

@Suite("CBOR, as authenticators write it")
struct CBORTests {
    @Test(
        "What is cut, claims more than is there, is of no definite length, or could be read in two ways is refused",
        arguments: [
            [], [0x18], [0x42, 0x01], [0x5F], [0x9F, 0xFF], [0xBF, 0xFF], [0xFB, 0, 0, 0, 0, 0, 0, 0, 0], [0xF6], [0xC0, 0x00],
            [0x9B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
            [0x5B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0xA2, 0x01, 0x02, 0x01, 0x03], [0x61, 0xFF],
            [0x1B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
            [UInt8](repeating: 0x81, count: 40) + [0x00],
        ] as [[UInt8]])
    func refused(bytes: [UInt8]) { #expect(CBOR.read(bytes[...]) == nil) }

    @Test(
        "Values are those of RFC 8949, Appendix A",
        arguments: [
            ([0x00], .integer(0)), ([0x17], .integer(23)), ([0x18, 0x18], .integer(24)), ([0x19, 0x03, 0xE8], .integer(1_000)),
            ([0x1A, 0x00, 0x0F, 0x42, 0x40], .integer(1_000_000)), ([0x20], .integer(-1)), ([0x39, 0x03, 0xE7], .integer(-1_000)), ([0xF4], .boolean(false)),
            ([0xF5], .boolean(true)), ([0x44, 1, 2, 3, 4], .bytes([1, 2, 3, 4])), ([0x64, 0x49, 0x45, 0x54, 0x46], .text("IETF")),
            ([0x83, 1, 2, 3], .array([.integer(1), .integer(2), .integer(3)])),
            ([0xA1, 0x61, 0x61, 0x01], .map([(key: .text("a"), value: .integer(1))])),
        ] as [([UInt8], CBOR)])
    func values(bytes: [UInt8], value: CBOR) throws {
        let read = try #require(CBOR.read((bytes + [0xFF])[...]))
        #expect(read.value == value && read.count == bytes.count)
    }
}
