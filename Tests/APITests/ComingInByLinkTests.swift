import Foundation
import RecourseClient
import Testing

@testable import API
@testable import Runtime

@Suite("Coming in by a link")
struct ComingInByLinkTests {
    private static let mailer = ServedDesk.Who.machine("mailer", ["invite"])

    private func withCase(_ body: (ServedDesk) async throws -> Void) async throws {
        try await ServedDesk.use { served in
            for order in ["P2P-1", "P2P-2"] {
                try await served.order(order)
                try await served.done(
                    "POST", "/v1/cases", as: .theOperator, #"{"reason":"P2P-B01","order":"\#(order)","by":"buyer","statement":"Nothing came."}"#)
                try await served.done("POST", "/v1/cases/\(order)/admission", as: .staff("ines"))
            }
            try await body(served)
        }
    }

    /// A link's word, for a party of the first case.
    private func link(_ served: ServedDesk, _ party: String = "buyer", _ more: String = "", at location: SourceLocation = #_sourceLocation) async throws
        -> String
    {
        let made = try await served.done(
            "POST", "/v1/cases/P2P-1/links", as: ComingInByLinkTests.mailer, #"{"party":"\#(party)"\#(more)}"#, at: location)
        let url = try #require(made["url"] as? String)
        #expect(url.hasPrefix("https://desk.example/v1/sign-in/link#rl_"), sourceLocation: location)
        return String(url.split(separator: "#")[1])
    }

    private func enter(_ served: ServedDesk, _ word: String, at location: SourceLocation = #_sourceLocation) async throws -> Reply {
        try await served.call("POST", "/v1/sign-in/link", as: .nobody, #"{"token":"\#(word)"}"#, at: location)
    }

    @Test("A link lets its party into its case once; used, run out, replaced or made up, it is refused in the same words")
    func once() async throws {
        try await withCase { served in
            let word = try await link(served)
            let reply = try await enter(served, word)
            #expect(reply.status == 201 && reply.headers["set-cookie"]?.hasPrefix("__Host-recourse=rs_") == true)
            let maria = ServedDesk.Who.key(try #require(reply.object["session"] as? String))
            #expect(try await served.done("GET", "/v1/session", as: maria)["kind"] as? String == "party")
            #expect(try await served.call("GET", "/v1/cases/P2P-1", as: maria).status == 200)
            var said: Set<String> = []
            func refused(_ what: String, _ word: String) async throws {
                let reply = try await enter(served, word)
                #expect(reply.status == 401, "\(what): \(reply.text)")
                said.insert(reply.text)
            }
            try await refused("used", word)
            let (old, new) = (try await link(served), try await link(served))
            try await refused("replaced", old)
            let other = try await link(served, "seller")
            #expect(try await enter(served, new).status == 201, "the other party's does not end it")
            #expect(try await enter(served, other).status == 201)
            let late = try await link(served)
            served.clock.pass(.minutes(15))
            try await refused("run out", late)
            let short = try await link(served, "buyer", #","lasts":60000"#)
            served.clock.pass(.seconds(59))
            #expect(try await enter(served, short).status == 201)
            let some = try await link(served)
            for wrong in ["rl_00000000000000000000000000_" + String(repeating: "A", count: 43), String(some.dropLast()) + "~", "", "rl_", "\(some) "] {
                try await refused(wrong, wrong)
            }
            let swapped = some.hasSuffix("A") ? "B" : "A"
            try await refused("one character", String(some.dropLast()) + swapped)
            #expect(said.count == 1)
            #expect(try await enter(served, some).status == 201, "who guesses spends nothing")
            let log = try await served.call("GET", "/v1/log/events?limit=1000", as: .theOperator).text
            #expect(log.contains("link-made/1") && log.contains(#""by":"link""#) && log.contains("machine:mailer") && !log.contains("rl_"))
        }
    }

    @Test("Of twenty who show a link at once exactly one comes in")
    func race() async throws {
        try await withCase { served in
            for _ in 0..<5 {
                let word = try await link(served)
                let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 0..<20 { group.addTask { try await enter(served, word).status } }
                    return try await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
                }
                #expect(statuses[201] == 1, "\(statuses)")
                #expect(statuses.keys.allSatisfy { [201, 401, 429].contains($0) }, "\(statuses)")
            }
        }
    }

    @Test("Opening a link spends nothing: a scanner of mail may open it as often as it likes; the page asks, and its button lets in")
    func scanner() async throws {
        try await withCase { served in
            let word = try await link(served)
            let before = try await served.done("GET", "/v1/log", as: .theOperator)["sequence"] as? Int
            let browser = Browser(served)
            for _ in 0..<3 {
                let page = try await browser.open("/v1/sign-in/link")
                #expect(page.status == 200 && page.headers["set-cookie"] == nil)
                #expect(page.text.contains(#"<form method="post" action="/v1/sign-in/link">"#))
                let policy = try #require(page.headers["content-security-policy"])
                #expect(policy.contains("script-src 'sha256-") && policy.contains("form-action 'self'") && !policy.contains("unsafe"))
            }
            // Also where something stands before the desk and makes the word part of the address.
            #expect(try await browser.open("/v1/sign-in/link?token=\(word)").status == 200)
            #expect(try await browser.open("/v1/sign-in/link/\(word)").status == 404)
            #expect(try await served.done("GET", "/v1/log", as: .theOperator)["sequence"] as? Int == before)
            let form = "token=\(word)"
            func send(_ headers: [(String, String)]) async throws -> Reply {
                try await served.transport.send(
                    Call("POST", "/v1/sign-in/link", body: Array(form.utf8), mediaType: "application/x-www-form-urlencoded", headers: headers))
            }
            // Another site's page sends a browser in as somebody else.
            for foreign in [[("Sec-Fetch-Site", "cross-site")], [("Origin", "https://evil.example")], []] { #expect(try await send(foreign).status == 401) }
            let entered = try await browser.ask("POST", "/v1/sign-in/link", form, mediaType: "application/x-www-form-urlencoded")
            #expect(entered.status == 303, "\(entered.text)")
            let next = try #require(entered.headers["location"])
            #expect(next.hasPrefix("/my/cases/case_"), "it leads to the case's page")
            #expect(try await browser.open("/v1/cases/" + next.dropFirst("/my/cases/".count)).status == 200, "and lets it read the case")
            #expect(try await served.call("POST", "/v1/sign-in/link", as: .nobody, "<token/>", mediaType: "text/xml").status == 415)
        }
    }

    @Test("A guest reads, writes, answers and brings evidence in the one case, and does nothing that moves money or gives up a right")
    func guest() async throws {
        try await withCase { served in
            let word = try await link(served)
            let session = try #require(try await enter(served, word).object["session"] as? String)
            let maria = ServedDesk.Who.key(session)
            for path in ["", "/messages", "/clocks"] { try await served.done("GET", "/v1/cases/P2P-1" + path, as: maria) }
            try await served.done("POST", "/v1/cases/P2P-1/messages", as: maria, #"{"text":"I paid."}"#)
            try await served.done("POST", "/v1/cases/P2P-1/points", as: maria, #"{"text":"He asked for more."}"#)
            let file = try await served.call(
                "POST", "/v1/cases/P2P-1/exhibits?type=EV-BSTMT", as: maria, mediaType: "text/plain", bytes: Array("Paid, P2P-1".utf8))
            #expect(file.status == 201)
            // Her other case is not hers here; it is as if it were not there.
            let (hidden, absent) = (
                try await served.call("GET", "/v1/cases/P2P-2", as: maria), try await served.call("GET", "/v1/cases/P2P-9", as: maria)
            )
            #expect(hidden.status == 404 && absent.status == 404)
            #expect(hidden.text.replacingOccurrences(of: "P2P-2", with: "") == absent.text.replacingOccurrences(of: "P2P-9", with: ""))
            #expect(try await served.call("POST", "/v1/cases/P2P-2/messages", as: maria, #"{"text":"x"}"#).status == 404)
            // The other side answers, and does not concede: that would move the escrow.
            let omar = ServedDesk.Who.key(try #require(try await enter(served, try await link(served, "seller")).object["session"] as? String))
            #expect(try await served.call("POST", "/v1/cases/P2P-1/answer", as: omar, #"{"disputes":false}"#).status == 403)
            try await served.done("POST", "/v1/cases/P2P-1/answer", as: omar, #"{"disputes":true,"statement":"Nothing arrived."}"#)
            // What every operation for parties answers is settled by one list.
            for operation in Operation.all where operation.audience.contains(.party) && !Operation.ofGuests.contains(operation.id) {
                let path = operation.path.replacingOccurrences(of: "{case}", with: "P2P-1").replacingOccurrences(
                    of: #"\{[a-z]+\}"#, with: "x", options: .regularExpression)
                let reply = try await served.call(operation.method.rawValue, path, as: maria)
                #expect(reply.status == 403 && reply.text.contains("a link lets you"), "\(operation.id): \(reply.status) \(reply.text)")
            }
            for money in [
                "make-offer", "accept-offer", "withdraw-claim", "counterclaim", "file-appeal", "open-case", "issue-my-key", "show-my-order", "stream-events",
            ] {
                #expect(Operation.all.contains { $0.id == money } && !Operation.ofGuests.contains(money), "\(money)")
            }
            #expect(Operation.ofGuests.isSubset(of: Operation.all.filter { $0.audience.contains(.party) }.map(\.id)))
            // It ends after two hours however much it is used, and when its owner says so.
            for _ in 0..<12 {
                #expect(try await served.call("GET", "/v1/session", as: maria).status == 200)
                served.clock.pass(.minutes(10))
            }
            #expect(try await served.call("GET", "/v1/session", as: maria).status == 401)
            let second = ServedDesk.Who.key(try #require(try await enter(served, try await link(served)).object["session"] as? String))
            #expect(try await served.call("DELETE", "/v1/session", as: second).status == 200)
            #expect(try await served.call("GET", "/v1/session", as: second).status == 401)
        }
    }

    @Test("Only a machine that may invite gets a link: whoever has it is the party")
    func whoMayAsk() async throws {
        try await withCase { served in
            let body = #"{"party":"buyer"}"#
            for who in [ServedDesk.Who.staff("amir"), .party("maria"), .machine("exchange", ["read", "act", "administer", "audit", "monitor"])] {
                #expect(try await served.call("POST", "/v1/cases/P2P-1/links", as: who, body).status == 403)
            }
            for (wrong, status) in [
                (#"{"party":"ghost"}"#, 422), (#"{"party":"buyer","lasts":59999}"#, 422), (#"{"party":"buyer","lasts":86400001}"#, 422),
                (#"{"party":"buyer","next":"//evil.example"}"#, 422), ("{}", 400),
            ] { #expect(try await served.call("POST", "/v1/cases/P2P-1/links", as: ComingInByLinkTests.mailer, wrong).status == status, "\(wrong)") }
            let own = try await link(served, "buyer", #","next":"/portal?case=1""#)
            let entered = try await Browser(served).ask("POST", "/v1/sign-in/link", "token=\(own)", mediaType: "application/x-www-form-urlencoded")
            #expect(entered.headers["location"] == "/portal?case=1")
        }
        try await ServedDesk.use(address: nil) { served in
            try await served.order("P2P-1")
            try await served.done("POST", "/v1/cases", as: .theOperator, #"{"reason":"P2P-B01","order":"P2P-1","by":"buyer"}"#)
            let reply = try await served.call("POST", "/v1/cases/P2P-1/links", as: ComingInByLinkTests.mailer, #"{"party":"buyer"}"#)
            #expect(reply.status == 409, "no link can lead to a desk that does not know where it is")
        }
    }

    @Test("Guessing at one link is slowed down, and at no other")
    func guessing() async throws {
        try await withCase { served in
            let (word, other) = (try await link(served), try await link(served, "seller"))
            let wrong = String(word.dropLast(43)) + String(repeating: "A", count: 43)
            var statuses: [Int] = []
            for _ in 0..<7 { statuses.append(try await enter(served, wrong).status) }
            #expect(statuses.prefix(5).allSatisfy { $0 == 401 } && statuses.last == 429, "\(statuses)")
            #expect(try await enter(served, other).status == 201)
            // Of one that never was there is nothing to guess, and nothing is remembered.
            let never = "rl_00000000000000000000000000_" + String(repeating: "A", count: 43)
            for _ in 0..<7 { #expect(try await enter(served, never).status == 401) }
        }
    }
}
