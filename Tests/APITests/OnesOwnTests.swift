import Chronicle
import Foundation
import RecourseClient
import Testing
import Wire

@testable import API
@testable import Runtime

/// What a party asks of itself, and that it learns nothing of anybody else by asking.
@Suite("A party's own")
struct OnesOwnTests {
    private func claim(_ served: ServedDesk, _ order: String, by party: String = "maria", reason: String = "P2P-B01") async throws -> String {
        let opened = try await served.done("POST", "/v1/cases", as: .party(party), #"{"reason":"\#(reason)","order":"\#(order)","statement":"Nothing came."}"#)
        return try #require(opened["id"] as? String)
    }

    @Test("Both sides of an order may ask about it; to anybody else it is told as one that is not there")
    func order() async throws {
        try await ServedDesk.use { served in
            try await served.order("P2P-1", merchant: "DIAMOND")
            let bought = try await served.done("GET", "/v1/my/orders/P2P-1", as: .party("maria"))
            #expect(bought["chair"] as? String == "buyer" && bought["escrow"] as? String == "paid" && bought["amount"] as? String == "1200.000000 USDT")
            #expect((bought["other"] as? [String: Any])?["merchant_tier"] as? String == "DIAMOND")
            let reasons = try #require(bought["reasons"] as? [String])
            #expect(reasons.contains("P2P-B01") && reasons.allSatisfy { !$0.hasPrefix("P2P-S") && !$0.hasPrefix("DEP") })
            // Of what lies in escrow nobody claims what is for orders that are over.
            #expect(!reasons.contains("P2P-B04"))
            let sold = try await served.done("GET", "/v1/my/orders/P2P-1", as: .party("omar"))
            #expect(sold["chair"] as? String == "seller" && (sold["reasons"] as? [String])?.contains("P2P-S01") == true)
            #expect((sold["other"] as? [String: Any])?["merchant_tier"] == nil)

            let others = try await served.call("GET", "/v1/my/orders/P2P-1", as: .party("zoe"))
            let none = try await served.call("GET", "/v1/my/orders/P2P-9", as: .party("zoe"))
            #expect(others.status == 404 && others.text.replacing("P2P-1", with: "P2P-9") == none.text)
            // Nor by claiming about it.
            let claimed = try await served.call("POST", "/v1/cases", as: .party("zoe"), #"{"reason":"P2P-B01","order":"P2P-1"}"#)
            let nothing = try await served.call("POST", "/v1/cases", as: .party("zoe"), #"{"reason":"P2P-B01","order":"P2P-9"}"#)
            #expect(claimed.status == 404 && claimed.text.replacing("P2P-1", with: "P2P-9") == nothing.text)

            _ = try await claim(served, "P2P-1")
            let after = try await served.done("GET", "/v1/my/orders/P2P-1", as: .party("maria"))
            #expect((after["reasons"] as? [String])?.contains("P2P-B01") == false, "there is a case about that")
            #expect((after["cases"] as? [[String: Any]])?.map { $0["reason"] as? String } == ["P2P-B01"])
        }
    }

    @Test("What one side answers the other reads without how to reach or rob them; what it writes to the desk alone only itself")
    func answers() async throws {
        try await ServedDesk.use { served in
            try await served.order("P2P-1")
            _ = try await claim(served, "P2P-1")
            let path = "/v1/cases/P2P-1"
            try await served.done("POST", path + "/admission", as: .staff("ines"))
            let said = "Nothing on DE89 3704 0044 0532 0130 00; call +34 612 345 678. Reference P2P-1."
            try await served.done("POST", path + "/answer", as: .party("omar"), #"{"disputes":true,"statement":"\#(said)"}"#)
            try await served.done("POST", path + "/counterclaims", as: .party("omar"), #"{"reason":"P2P-S06","statement":"Write to omar@example.com."}"#)
            try await served.done("POST", path + "/assignment", as: .staff("amir"), "{}")
            try await served.done("POST", path + "/requests", as: .staff("amir"), #"{"of":"seller","types":["EV-BSTMT"]}"#)
            let request = ((try await served.done("GET", path, as: .party("omar"))["requests"] as? [[String: Any]] ?? []).last?["id"] as? String) ?? ""
            try await served.done("POST", path + "/requests/\(request)/answer", as: .party("omar"), #"{"statement":"My bank, +49 30 1234567, gives none."}"#)
            try await served.done("POST", path + "/messages", as: .party("maria"), #"{"text":"For you alone: I am afraid of him.","to":"staff"}"#)
            try await served.done("POST", path + "/messages", as: .staff("amir"), #"{"text":"She seems honest.","to":"staff"}"#)

            func read(_ who: ServedDesk.Who) async throws -> (answer: String?, counter: String?, cannot: String?, messages: [String]) {
                let detail = try await served.done("GET", path, as: who)
                func text(_ list: String) -> [String] {
                    (detail[list] as? [[String: Any]] ?? []).compactMap { ($0["statement"] as? [String: Any])?["text"] as? String }
                }
                let messages = try await served.done("GET", path + "/messages", as: who)["messages"] as? [[String: Any]] ?? []
                return (
                    text("answers").first, text("counterclaims").first, text("requests").last,
                    messages.compactMap { ($0["text"] as? [String: Any])?["text"] as? String }
                )
            }
            let (maria, omar, staff) = (try await read(.party("maria")), try await read(.party("omar")), try await read(.staff("lee")))
            #expect(maria.answer == "Nothing on •••• 3000; call •••• 5678. Reference P2P-1.")
            #expect(maria.counter == "Write to o•••@•••." && maria.cannot == "My bank, •••• 4567, gives none.")
            for whole in [omar, staff] { #expect(whole.answer == said && whole.counter == "Write to omar@example.com.") }
            #expect(maria.messages == ["For you alone: I am afraid of him."] && omar.messages.isEmpty && staff.messages.count == 2)
        }
    }

    @Test("A party's list is narrowed, a page at a time, and is never anybody else's")
    func list() async throws {
        try await ServedDesk.use { served in
            for number in 1...4 { try await served.order("P2P-\(number)") }
            try await served.order("P2P-5", buyer: "zoe", seller: "kim")
            for number in 1...3 { _ = try await claim(served, "P2P-\(number)") }
            _ = try await claim(served, "P2P-4", by: "omar", reason: "P2P-S01")
            _ = try await claim(served, "P2P-5", by: "zoe")
            for number in 1...4 { try await served.done("POST", "/v1/cases/P2P-\(number)/admission", as: .staff("ines")) }
            try await served.done("POST", "/v1/cases/P2P-2/withdrawal", as: .party("maria"))
            func orders(_ query: String, _ who: String = "omar") async throws -> [String] {
                let page = try await served.done("GET", "/v1/cases?" + query, as: .party(who))
                return (page["cases"] as? [[String: Any]] ?? []).compactMap { $0["order"] as? String }
            }
            #expect(try await orders("") == ["P2P-4", "P2P-3", "P2P-2", "P2P-1"])
            #expect(try await orders("open=true") == ["P2P-4", "P2P-3", "P2P-1"])
            #expect(try await orders("open=false") == ["P2P-2"])
            #expect(try await orders("side=filer") == ["P2P-4"])
            #expect(try await orders("waiting=true").sorted() == ["P2P-1", "P2P-3"].sorted())
            #expect(try await orders("order=P2P-3") == ["P2P-3"])
            #expect(try await orders("order=P2P-5") == [])
            #expect(try await orders("", "zoe") == ["P2P-5"])
            var (seen, after) = ([String](), "")
            while true {
                let page = try await served.done("GET", "/v1/cases?open=true&limit=1" + after, as: .party("omar"))
                seen += (page["cases"] as? [[String: Any]] ?? []).compactMap { $0["order"] as? String }
                guard let next = page["next"] as? String else { break }
                after = "&after=\(next)"
            }
            #expect(seen == ["P2P-4", "P2P-3", "P2P-1"])
        }
    }

    @Test("A merchant's key sees the merchant's cases and never another's, answers, and gives nothing away")
    func keys() async throws {
        try await ServedDesk.use { served in
            try await served.order("P2P-1", merchant: "DIAMOND")
            try await served.order("P2P-2", seller: "kim", merchant: "VERIFIED")
            for order in ["P2P-1", "P2P-2"] {
                _ = try await claim(served, order)
                try await served.done("POST", "/v1/cases/\(order)/admission", as: .staff("ines"))
            }
            #expect(try await served.call("POST", "/v1/my/keys", as: .party("maria"), #"{"label":"mine"}"#).status == 403, "she is no merchant")
            let far = (served.desk.surroundings.now() + .days(400)).description
            #expect(try await served.call("POST", "/v1/my/keys", as: .party("omar"), #"{"label":"x","expires":"\#(far)"}"#).status == 422)
            let issued = try await served.done("POST", "/v1/my/keys", as: .party("omar"), #"{"label":"our shop"}"#)
            let (key, id) = (ServedDesk.Who.key(try #require(issued["key"] as? String)), try #require(issued["id"] as? String))

            let listed = try await served.done("GET", "/v1/cases", as: key)["cases"] as? [[String: Any]] ?? []
            #expect(listed.compactMap { $0["order"] as? String } == ["P2P-1"])
            for path in ["/v1/cases/P2P-2", "/v1/cases/P2P-2/messages", "/v1/my/orders/P2P-2"] {
                #expect(try await served.call("GET", path, as: key).status == 404, "\(path)")
            }
            #expect(try await served.call("POST", "/v1/cases/P2P-2/answer", as: key, #"{"disputes":true}"#).status == 404)
            #expect(try await served.call("POST", "/v1/cases/P2P-1/answer", as: key, #"{"disputes":false}"#).status == 403, "that would move coins")
            try await served.done("POST", "/v1/cases/P2P-1/answer", as: key, #"{"disputes":true,"statement":"Nothing arrived."}"#)
            for (method, path, body) in [
                ("POST", "/v1/my/keys", #"{"label":"more"}"#), ("GET", "/v1/my/keys", nil),
                ("POST", "/v1/cases/P2P-1/offers", #"{"to_buyer":"1.000000 USDT"}"#),
                ("POST", "/v1/cases", #"{"reason":"P2P-S01","order":"P2P-1"}"#), ("POST", "/v1/cases/P2P-1/file", nil), ("GET", "/v1/users", nil),
                ("GET", "/v1/log", nil),
            ] {
                #expect(try await served.call(method, path, as: key, body).status == 403, "\(method) \(path)")
            }
            #expect(try await served.call("DELETE", "/v1/my/keys/\(id)", as: .party("kim")).status == 404, "not hers")
            try await served.done("DELETE", "/v1/my/keys/\(id)", as: .party("omar"))
            #expect(try await served.call("GET", "/v1/cases", as: key).status == 401)
        }
    }

    @Test("How it was is asked once, after the end, and staff read it only added up")
    func survey() async throws {
        try await ServedDesk.use { served in
            let rating = #"{"scores":{"heard":2,"informed":4},"comment":"Nobody wrote for a day."}"#
            for number in 1...3 {
                try await served.order("P2P-\(number)")
                let id = try await claim(served, "P2P-\(number)")
                let path = "/v1/cases/\(id)/rating"
                #expect(try await served.call("POST", path, as: .party("maria"), rating).status == 409, "it is not over")
                try await served.done("POST", "/v1/cases/\(id)/withdrawal", as: .party("maria"))
                #expect(try await served.done("GET", "/v1/cases/\(id)", as: .party("maria"))["may_rate"] as? Bool == true)
                for party in ["maria", "omar"] where number < 3 || party == "maria" {
                    try await served.done("POST", path, as: .party(party), rating)
                    #expect(try await served.call("POST", path, as: .party(party), rating).status == 409, "once is enough")
                }
                #expect(try await served.done("GET", "/v1/cases/\(id)", as: .party("maria"))["may_rate"] as? Bool == false)
                #expect(try await served.call("POST", path, as: .party("zoe"), rating).status == 404)
                let view = try await served.done("GET", "/v1/survey", as: .staff("lee"))
                // Two and four answers could still be guessed; five are shown.
                #expect((view["groups"] as? [Any])?.count == (number == 3 ? 1 : 0) && view["withheld"] as? Int == (number == 3 ? 0 : number * 2))
                #expect(view["asked"] as? Int == number * 2)
            }
            let view = try await served.done("GET", "/v1/survey", as: .staff("lee"))
            let group = try #require((view["groups"] as? [[String: Any]])?.first)
            #expect(group["result"] as? String == "undecided" && group["answered"] as? Int == 5)
            let heard = (group["questions"] as? [[String: Any]])?.first { $0["question"] as? String == "heard" }
            #expect(heard?["counts"] as? [Int] == [0, 5, 0, 0, 0])
            #expect(try await served.call("GET", "/v1/survey", as: .party("maria")).status == 403)

            // Not in the case's history, not in the log, not in a proof.
            let events = try await served.done("GET", "/v1/cases/P2P-1/events", as: .staff("lee"))["events"] as? [[String: Any]] ?? []
            let rated = events.filter { $0["type"] as? String == "process-rated/1" }
            #expect(rated.count == 2 && rated.allSatisfy { $0["body"] == nil || $0["body"] is NSNull })
            let sequence = try #require(rated.first?["sequence"] as? Int)
            let line = try await served.call("GET", "/v1/log/events?after=\(sequence - 1)&limit=1", as: .staff("lee"))
            let proof = try await served.call("POST", "/v1/log/events/\(sequence)/proof", as: .staff("lee"))
            for said in [line.text, proof.text] { #expect(!said.contains("informed") && !said.contains("payload"), "\(said)") }
        }
    }

    @Test("Who came by a link sees that they did, lists their one case, and nothing is written down as denied")
    func guest() async throws {
        try await ServedDesk.use { served in
            for order in ["P2P-1", "P2P-2"] {
                try await served.order(order)
                _ = try await claim(served, order)
            }
            let made = try await served.done("POST", "/v1/cases/P2P-1/links", as: .machine("mailer", ["invite"]), #"{"party":"buyer"}"#)
            let word = (made["url"] as? String ?? "").split(separator: "#").last.map(String.init) ?? ""
            let session = try await served.done("POST", "/v1/sign-in/link", as: .nobody, #"{"token":"\#(word)"}"#)["session"] as? String
            let maria = ServedDesk.Who.key(try #require(session))
            let view = try await served.done("GET", "/v1/session", as: maria)
            #expect(view["account"] as? String == "maria" && view["only_case"] is String)
            let cases = try await served.done("GET", "/v1/cases", as: maria)["cases"] as? [[String: Any]] ?? []
            #expect(cases.compactMap { $0["order"] as? String } == ["P2P-1"])
            let whole = try await served.done("GET", "/v1/session", as: .party("maria"))
            #expect(whole["account"] as? String == "maria" && whole["only_case"] == nil)
            let log = try await served.done("GET", "/v1/log/events?limit=1000", as: .staff("lee"))["events"] as? [[String: Any]] ?? []
            #expect(log.allSatisfy { ($0["stream"] as? String)?.hasPrefix("denials:") != true })
        }
    }

    @Test("A file that came whole and was refused by its case says so when it is asked for")
    func refusedUpload() async throws {
        try await ServedDesk.use { served in
            try await served.order("P2P-1")
            _ = try await claim(served, "P2P-1")
            let begun = try await served.done(
                "POST", "/v1/cases/P2P-1/uploads", as: .party("maria"), #"{"type":"EV-BSTMT","media_type":"text/plain","bytes":5}"#)
            let address = "/v1/uploads/\(begun["id"] as? String ?? "")"
            try await served.done("POST", "/v1/cases/P2P-1/withdrawal", as: .party("maria"))
            func send() async throws -> Reply {
                try await served.call(
                    "PATCH", address, as: .party("maria"), mediaType: "application/partial-upload", headers: [("Upload-Offset", "0")],
                    bytes: Array("Paid.".utf8))
            }
            let first = try await send()
            #expect(first.status == 409 || first.status == 422, "\(first.text)")
            let shown = try await served.done("GET", address, as: .party("maria"))
            #expect(shown["done"] as? Bool == false && shown["refused"] as? Bool == true)
            #expect(try await send().status == 422, "and it is not taken later")
        }
    }
}
