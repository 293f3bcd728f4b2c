import Foundation
import RecourseClient
import Testing

@testable import API

/// A dispute worked over the network from claim to settlement, by those whose it is to do.
@Suite("A dispute over HTTP")
struct DisputeOverHTTPTests {
    @Test("From claim to a settlement at the exchange, with staff's keys and a machine's")
    func fromClaimToSettlement() async throws {
        try await ServedDesk.use { served in
            try await served.order("P2P-1")
            let machine = ServedDesk.Who.machine("exchange", ["read", "act"])
            // given a claim the exchange files for its user
            let claim = #"{"reason":"P2P-B01","order":"P2P-1","by":"buyer","statement":"Paid; nothing came."}"#
            let opened = try await served.call("POST", "/v1/cases", as: machine, claim, key: "claim-1")
            #expect(opened.status == 201, "\(opened.text)")
            let id = try #require(opened.object["id"] as? String)
            #expect(opened.headers["location"] == "/v1/cases/\(id)")
            // … twice under one key, which is once
            let again = try await served.call("POST", "/v1/cases", as: machine, claim, key: "claim-1")
            #expect(again.status == 200 && again.object["id"] as? String == id && again.object["repeated"] as? Bool == true)
            let other = try await served.call("POST", "/v1/cases", as: machine, #"{"reason":"P2P-B02","order":"P2P-1","by":"buyer"}"#, key: "claim-1")
            #expect(other.status == 422 && other.code == "key-reused")
            // when it is admitted, taken and decided
            try await served.done("POST", "/v1/cases/P2P-1/admission", as: .staff("ines"))
            try await served.done("POST", "/v1/cases/P2P-1/staff-call", as: .party("maria"))
            let shown = try await served.done("GET", "/v1/cases/\(id)", as: .staff("amir"))
            let summary = try #require(shown["summary"] as? [String: Any])
            #expect(summary["phase"] as? String == "investigation")
            #expect((shown["statement"] as? [String: Any])?["text"] as? String == "Paid; nothing came.")
            try await served.done("POST", "/v1/cases/P2P-1/assignment", as: .staff("amir"), "{}")
            let file = Array("Paid 1104.00 EUR, reference P2P-1".utf8)
            let exhibit = try await served.call(
                "POST", "/v1/cases/P2P-1/exhibits?type=EV-BSTMT&side=filer&name=statement.txt", as: machine, mediaType: "text/plain", bytes: file)
            #expect(exhibit.status == 201, "\(exhibit.text)")
            try await served.done("POST", "/v1/cases/P2P-1/conclusion", as: .staff("amir"))
            let ruling = #"""
                {"outcome":{"code":"OUT-REL","because":"Paid."},"fault":{"code":"FLT-SEL","because":"Silent."},
                 "answers":[{"point":1,"accepted":true,"because":"Paid in full."}]}
                """#
            let made = try await served.done("POST", "/v1/cases/P2P-1/ruling", as: .staff("amir"), ruling)
            #expect((made["events"] as? [String])?.contains("ruling-made") == true)
            // then the exchange releases, and the buyer has the coin, without anybody asking again
            for _ in 0..<100 {
                let phase = try await served.done("GET", "/v1/cases/P2P-1", as: .staff("amir"))["summary"] as? [String: Any]
                if phase?["phase"] as? String == "appeal-window" { break }
                try await Task.sleep(for: .milliseconds(50))
            }
            let after = try await served.done("GET", "/v1/cases/P2P-1", as: .staff("amir"))
            #expect((after["instructions"] as? [[String: Any]])?.first?["progress"] as? String == "confirmed")
        }
    }

    @Test("Who comes without a key, with a wrong one or with a taken-back one is nobody, in the same words")
    func nobody() async throws {
        try await ServedDesk.use { served in
            let key = try await served.done("POST", "/v1/keys", as: .theOperator, #"{"holder":"machine:probe","scopes":["read"],"label":"probe"}"#)
            let secret = try #require(key["key"] as? String)
            #expect(try await served.call("GET", "/v1/cases", as: .key(secret)).status == 200)
            let none = try await served.call("GET", "/v1/cases", as: .nobody)
            let flipped = String(secret.dropLast()) + (secret.last == "A" ? "B" : "A")
            let wrong = try await served.call("GET", "/v1/cases", as: .key(flipped))
            try await served.done("DELETE", "/v1/keys/\(try #require(key["id"] as? String))", as: .theOperator)
            let ended = try await served.call("GET", "/v1/cases", as: .key(secret))
            for reply in [none, wrong, ended] {
                #expect(reply.status == 401 && reply.text == none.text)
                #expect(reply.headers["www-authenticate"]?.hasPrefix("Bearer") == true)
            }
            // a member of staff's key ends with the account
            let staff = try #require(try await served.key(of: .staff("bea")))
            #expect(try await served.call("GET", "/v1/me", as: .key(staff)).object["handle"] as? String == "bea")
            try await served.done("DELETE", "/v1/users/bea", as: .theOperator)
            #expect(try await served.call("GET", "/v1/me", as: .key(staff)).status == 401)
        }
    }

    @Test("The last key that can give out others is not taken back; what has an address but not that method says what it has")
    func lastKey() async throws {
        try await ServedDesk.use { served in
            let keys = try await served.done("GET", "/v1/keys", as: .theOperator)["keys"] as? [[String: Any]]
            let own = try #require(keys?.first { $0["holder"] as? String == "machine:operator" }?["id"] as? String)
            #expect(try await served.call("DELETE", "/v1/keys/\(own)", as: .theOperator).status == 409)
            #expect(try await served.call("GET", "/v1/keys", as: .theOperator).status == 200)
            for (path, allowed) in [("/v1/sessions", "POST"), ("/v1/counts", "GET"), ("/health", "GET"), ("/v1/session", "GET, DELETE")] {
                let reply = try await served.transport.send(Call("PATCH", path))
                #expect(reply.status == 405 && reply.headers["allow"] == allowed, "\(path): \(reply.status) \(reply.headers["allow"] ?? "")")
            }
        }
    }

    @Test("Who asks more than a quota is told when again; others are not held up, and every answer says what is left")
    func quota() async throws {
        try await ServedDesk.use { served in
            let (maria, omar) = (try #require(try await served.key(of: .party("maria"))), try #require(try await served.key(of: .party("omar"))))
            let first = try await served.call("GET", "/v1/session", as: .key(maria))
            #expect(first.headers["ratelimit-policy"] == #""party";q=240;w=60"# && first.headers["ratelimit"]?.hasPrefix(#""party";r=239;t="#) == true)
            var statuses: [Int] = []
            // Should a minute end in between, the second one is used up.
            for _ in 0..<500 where statuses.last != 429 { statuses.append(try await served.call("GET", "/v1/session", as: .key(maria)).status) }
            #expect(statuses.last == 429 && statuses.count >= 239)
            let last = try await served.call("GET", "/v1/session", as: .key(maria))
            #expect(last.status == 429 && last.code == "too-many-requests" && last.headers["retry-after"].flatMap { Int($0) }.map { 1...60 ~= $0 } == true)
            #expect(try await served.call("GET", "/v1/session", as: .key(omar)).status == 200)
            #expect(try await served.call("GET", "/v1/cases", as: .theOperator).headers["ratelimit"] == nil)
        }
    }

    @Test("A case that has changed meanwhile is not acted on")
    func ifMatch() async throws {
        try await ServedDesk.use { served in
            try await served.order("P2P-1")
            try await served.done("POST", "/v1/cases", as: .theOperator, #"{"reason":"P2P-B01","order":"P2P-1","by":"buyer"}"#)
            // given a case at rest: the hold it asked for is placed
            for _ in 0..<100 where try await served.done("GET", "/v1/cases/P2P-1", as: .staff("ines"))["hold"] as? String != "placed" {
                try await Task.sleep(for: .milliseconds(20))
            }
            let shown = try await served.call("GET", "/v1/cases/P2P-1", as: .staff("ines"))
            let tag = try #require(shown.headers["etag"])
            let version = try #require(Int(tag.filter { $0 != "\"" }))
            let late = try await served.call("POST", "/v1/cases/P2P-1/admission", as: .staff("ines"), expecting: version - 1)
            #expect(late.status == 412 && late.code == "overtaken")
            #expect(try await served.call("POST", "/v1/cases/P2P-1/admission", as: .staff("ines"), expecting: version).status == 200)
        }
    }
}
