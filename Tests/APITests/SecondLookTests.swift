import Chronicle
import Disputes
import Policies
import Foundation
import TestKit
import Testing
import Wire

@testable import API
@testable import Runtime

/// What is hard to take back asks for more than a session.
@Suite("What takes two people, or a second look")
struct SecondLookTests {
    /// A second key on money, on a desk where codes are demanded.
    @Test("A second key is turned by a person who has just shown a code: not by a key, and not on a code of an hour ago")
    func freshFactor() async throws {
        try await ServedDesk.use(isRehearsal: false) { served in
            try await SecondLookTests.toTheSecondKey(served)
            let path = "/v1/cases/P2P-1/ruling/approval"
            let byKey = try await served.call("POST", path, as: .staff("eve"))
            #expect(byKey.status == 403 && byKey.object["code"] as? String == "code-needed")

            let app = try await SecondLookTests.signIn("eve", served)
            // A session that rests for fifteen minutes ends; this one is used.
            for _ in 0..<2 {
                served.clock.pass(.minutes(8))
                try await served.done("GET", "/v1/me", as: .key(app.session))
            }
            let stale = try await served.call("POST", path, as: .key(app.session))
            #expect(stale.status == 403 && stale.object["code"] as? String == "code-needed", "\(stale.text)")
            let again = try await served.done("POST", "/v1/me/second-factor", as: .key(app.session), #"{"code":"\#(app.code(served))"}"#)
            let session = try #require(again["session"] as? String)
            #expect(try await served.call("POST", path, as: .key(session)).status == 200)
        }
    }

    @Test("Once a pack is in force, one key alone does not replace it")
    func twoForAPack() async throws {
        try await ServedDesk.use(isRehearsal: false) { served in
            func body(_ files: [PackFile]) throws -> String {
                let files = files.map { PackBody.File(path: $0.path, text: String(decoding: $0.bytes, as: UTF8.self)) }
                return String(decoding: try PackBody(files: files).json(), as: UTF8.self)
            }
            #expect(try await served.call("POST", "/v1/policy", as: .theOperator, try body(DefaultPack.files)).status == 200, "the same again is no change")
            let alone = try await served.call("POST", "/v1/policy", as: .theOperator, try body(DefaultPack.changed()))
            #expect(alone.status == 409, "\(alone.text)")
            #expect(try await served.desk.policyInForce().limits.noticesBeforeDefault == 2)
        }
    }

    @Test("Whoever lost their codes comes in by password once an operator has taken them away, and can do nothing before there are new ones")
    func lostCodes() async throws {
        try await ServedDesk.use(isRehearsal: false) { served in
            let app = try await SecondLookTests.signIn("eve", served)
            try await served.done("DELETE", "/v1/users/eve/codes", as: .theOperator)
            #expect(try await served.call("GET", "/v1/me", as: .key(app.session)).status == 401, "what they were signed in with has ended")
            let opened = try await served.done("POST", "/v1/sessions", as: .nobody, #"{"handle":"eve","password":"\#(SecondLookTests.password)"}"#)
            let session = ServedDesk.Who.key(try #require(opened["session"] as? String))
            #expect(try await served.call("GET", "/v1/cases", as: session).status == 403)
            #expect(try await served.call("POST", "/v1/me/codes", as: session).status == 201)
            #expect(try await served.call("DELETE", "/v1/users/amir/codes", as: .theOperator).status == 409, "they have none")
        }
    }

    @Test("Nobody's words are destroyed by a role without it, under a legal hold, or twice")
    func erasing() async throws {
        try await ServedDesk.use { served in
            try await served.order("P2P-1")
            try await served.done("POST", "/v1/cases", as: .party("maria"), #"{"reason":"P2P-B01","order":"P2P-1","statement":"Paid."}"#)
            let path = "/v1/parties/\(PartyID.account(try #require(AccountReference("maria"))))/erasure"
            func erase(_ who: ServedDesk.Who) async throws -> Int { try await served.call("POST", path, as: who, #"{"because":"PRV-01"}"#).status }
            #expect(try await erase(.staff("amir")) == 403)
            try await served.done("PUT", "/v1/cases/P2P-1/legal-hold", as: .staff("nora"), #"{"authority":"District court of Penang"}"#)
            #expect(try await erase(.staff("nora")) == 409)
            try await served.done("DELETE", "/v1/cases/P2P-1/legal-hold", as: .staff("nora"))
            #expect(try await erase(.staff("nora")) == 200)
            #expect(try await erase(.staff("nora")) == 409)
            let shown = try await served.done("GET", "/v1/cases/P2P-1", as: .staff("lee"))
            #expect((shown["statement"] as? [String: Any])?["state"] as? String == "erased")
        }
    }

    @Test("A file that is no table is refused before anything is written; one that breaks off keeps what was taken")
    func imports() async throws {
        try await ServedDesk.use { served in
            func send(_ bytes: [UInt8], to format: String = "cfpb") async throws -> (status: Int, last: ImportTally?) {
                let reply = try await served.call("POST", "/v1/imports/\(format)", as: .theOperator, mediaType: "text/csv", bytes: bytes)
                let last = try reply.text.split(separator: "\n").last.flatMap { reply.status == 200 ? try ImportTally(json: Array($0.utf8)) : nil }
                return (reply.status, last)
            }
            #expect(try await send(Array("a,b\n1,2\n".utf8)).status == 422)
            #expect(try await send([0x1F, 0x8B, 8, 0, 1, 2, 3]).status == 422, "a gzip file that is none")
            let whole = Array(try Data(contentsOf: URL(fileURLWithPath: "Examples/complaints/cfpb_2013-08_sample.csv")))
            let first = try await send(whole)
            #expect(first.last?.imported == 1_000 && first.last?.finished == true)
            let second = try await send(whole)
            #expect(second.last?.unchanged == 1_000 && second.last?.imported == 0)
            #expect(try await served.desk.vault.partials().isEmpty, "nothing of the file is left behind")
        }
    }

    // MARK: Underneath

    private static let password = "slow cobalt heron 41"

    private struct App {
        let session: String
        let secret: [UInt8]
        func code(_ served: ServedDesk) -> String { OneTimeCodes.text(secret, served.clock.now().milliseconds / 30_000) }
    }

    /// Sets up password and codes, and signs in with both.
    private static func signIn(_ handle: String, _ served: ServedDesk) async throws -> App {
        try await served.done("PUT", "/v1/users/\(handle)/password", as: .theOperator, #"{"password":"\#(password)"}"#)
        let weak = try #require(
            try await served.done("POST", "/v1/sessions", as: .nobody, #"{"handle":"\#(handle)","password":"\#(password)"}"#)["session"] as? String)
        let made = try await served.done("POST", "/v1/me/codes", as: .key(weak))
        let secret = try #require((made["secret"] as? String).flatMap(Base32.bytes))
        var app = App(session: weak, secret: secret)
        try await served.done("PUT", "/v1/me/codes", as: .key(weak), #"{"code":"\#(app.code(served))"}"#)
        served.clock.pass(.minutes(1))
        let opened = try await served.done(
            "POST", "/v1/sessions", as: .nobody, #"{"handle":"\#(handle)","password":"\#(password)","code":"\#(app.code(served))"}"#)
        app = App(session: try #require(opened["session"] as? String), secret: secret)
        served.clock.pass(.minutes(1))
        return app
    }

    private static func toTheSecondKey(_ served: ServedDesk) async throws {
        try await served.order("P2P-1", amount: "9000.000000 USDT")
        let path = "/v1/cases/P2P-1"
        try await served.done("POST", "/v1/cases", as: .party("maria"), #"{"reason":"P2P-B01","order":"P2P-1"}"#)
        try await served.done("POST", path + "/admission", as: .staff("ines"))
        try await served.done("POST", path + "/staff-call", as: .party("maria"))
        try await served.done("POST", path + "/assignment", as: .staff("amir"), "{}")
        try await served.call("POST", path + "/exhibits?type=EV-BSTMT", as: .party("maria"), mediaType: "text/plain", bytes: Array("Paid, P2P-1".utf8))
        try await served.done("POST", path + "/conclusion", as: .staff("amir"))
        let ruling =
            #"{"outcome":{"code":"OUT-REL","because":"So it was."},"fault":{"code":"FLT-SEL","because":"Theirs."},"answers":[{"point":1,"accepted":true,"because":"Seen."}]}"#
        try await served.done("POST", path + "/ruling", as: .staff("amir"), ruling)
    }
}
