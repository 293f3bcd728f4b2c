import Chronicle
import Disputes
import Foundation
import Testing
import Wire

@testable import API

@Suite("Where people's eyes are")
struct AttentionTests {
    @Test(
        "A name after @ is a name; an address of mail, a price and a bare @ are not",
        arguments: [
            ("@bea please", ["bea"]), ("ask (@bea, @j.doe-2).", ["bea", "j.doe-2"]), ("mail bea@exchange.example", []), ("1000 @ 1.08", []), ("@", []),
            ("¿@ana?", ["ana"]), ("@bea@lee", ["bea"]), ("line\n@bea.", ["bea"]),
        ] as [(String, [String])])
    func mentions(text: String, handles: [String]) { #expect(Mentioning.handles(in: text) == handles) }

    @Test("Who looks is there while their line is held, for everybody but themselves, and gone with it")
    func presence() throws {
        let (presence, dispute, other) = (Presence(), CaseID(bits: 1), CaseID(bits: 2))
        var bea: Presence.Looking? = presence.enter(dispute, "bea")
        let again = presence.enter(dispute, "bea")
        let lee = presence.enter(other, "lee")
        #expect(presence.people(except: "amir") == [dispute: ["bea"], other: ["lee"]])
        #expect(presence.people(except: "bea", at: dispute).isEmpty)
        bea?.stay()
        bea = nil
        #expect(presence.people(except: "amir", at: dispute) == [dispute: ["bea"]], "a second page of hers is still open")
        _ = consume again
        #expect(presence.people(except: "amir") == [other: ["lee"]])
        lee.stay()
    }

    @Test("Each of several cases is done or not by itself: foreseen first, refused with its reason, once under one key")
    func bulk() async throws {
        try await ServedDesk.use { served in
            var shorts: [String] = []
            for number in 1...3 {
                try await served.order("P2P-\(number)")
                let opened = try await served.done("POST", "/v1/cases", as: .party("maria"), #"{"reason":"P2P-B01","order":"P2P-\#(number)"}"#)
                shorts.append(try #require(opened["short"] as? String))
            }
            func outcomes(_ reply: [String: Any]) -> [String] { (reply["cases"] as? [[String: Any]] ?? []).compactMap { $0["outcome"] as? String } }
            func seen(_ short: String) async throws -> Int {
                let summary = try await served.done("GET", "/v1/cases/\(short)", as: .staff("lee"))["summary"] as? [String: Any]
                return try #require(summary?["version"] as? Int)
            }
            try await served.done("POST", "/v1/cases/\(shorts[2])/assignment", as: .staff("amir"), "{}")
            let stale = try await seen(shorts[1])
            try await served.done("POST", "/v1/cases/\(shorts[1])/messages", as: .party("maria"), #"{"text":"Hello?"}"#)
            let cases = #"[{"case":"\#(shorts[0])"},{"case":"\#(shorts[1])","version":\#(stale)},{"case":"\#(shorts[2])"},{"case":"NOSUCHCS"}]"#
            let body = #"{"act":"assign","to":"amir","cases":\#(cases)"#
            let foreseen = try await served.done("POST", "/v1/bulk", as: .staff("lee"), body + #","foresee":true}"#)
            #expect(outcomes(foreseen) == ["would", "refused", "unchanged", "refused"])
            let before = try await seen(shorts[0])
            #expect(try await seen(shorts[0]) == before, "foreseeing does nothing")
            for _ in 0..<2 {
                let reply = try await served.call("POST", "/v1/bulk", as: .staff("lee"), body + "}", key: "once")
                let lines = try #require(try JSONSerialization.jsonObject(with: Data(reply.body)) as? [String: Any])
                #expect(outcomes(lines) == ["done", "refused", "unchanged", "refused"], "\(reply.text)")
            }
            #expect(try await seen(shorts[0]) == before + 1, "done once")
            #expect(outcomes(try await served.done("POST", "/v1/bulk", as: .staff("ines"), body + "}")).allSatisfy { $0 == "refused" }, "her role does not")
            #expect(
                try await served.call("POST", "/v1/bulk", as: .staff("lee"), #"{"act":"assign","cases":[{"case":"x"},{"case":"\#(shorts[0])"}]}"#).status == 422
            )
        }
    }

    @Test("A view counts what its list shows, without what its owner put aside, and no further than somebody reads")
    func counts() async throws {
        try await ServedDesk.use { served in
            for number in 1...3 {
                try await served.order("P2P-\(number)")
                try await served.done("POST", "/v1/cases", as: .party("maria"), #"{"reason":"P2P-B01","order":"P2P-\#(number)"}"#)
                try await served.done("POST", "/v1/cases/P2P-\(number)/assignment", as: .staff("amir"), "{}")
            }
            func count(_ id: String) async throws -> Int? {
                let views = try await served.done("GET", "/v1/views", as: .staff("amir"))["views"] as? [[String: Any]]
                return views?.first { $0["id"] as? String == id }?["count"] as? Int
            }
            #expect(try await count("mine") == 3)
            let until = (served.clock.now() + .hours(1)).description
            try await served.done("PUT", "/v1/cases/P2P-1/snooze", as: .staff("amir"), #"{"until":"\#(until)"}"#)
            #expect(try await count("mine") == 2)
            #expect((try await served.done("GET", "/v1/cases?owner=me&awake=true", as: .staff("amir"))["cases"] as? [Any])?.count == 2)
            #expect((try await served.done("GET", "/v1/cases?snoozed=true", as: .staff("amir"))["cases"] as? [Any])?.count == 1)
            #expect((try await served.done("GET", "/v1/cases?owner=amir&awake=true", as: .staff("lee"))["cases"] as? [Any])?.count == 3, "nobody else's list")
            served.clock.pass(.hours(2))
            #expect(try await count("mine") == 3, "it comes back by itself")
            for wrong in [#"{"name":"","query":""}"#, #"{"name":"x","query":"colour=red"}"#, #"{"name":"x","query":"phase=never"}"#] {
                #expect(try await served.call("POST", "/v1/views", as: .staff("amir"), wrong).status == 422, "\(wrong)")
            }
        }
    }
}
