import Chronicle
import Foundation
import Synchronization
import TestKit
import Testing
import Wire

@testable import API
@testable import Runtime

/// Everything that can be done over HTTP, done: each operation once with success, by somebody it is for.
@Suite("Every success of every operation")
struct EverySuccessTests {
    @Test("A desk's whole life over HTTP leaves no documented success unseen")
    func wholeLife() async throws {
        let provider = PretendProvider()
        try await ServedDesk.use(providers: provider) { served in
            for handle in ["tomas", "ula"] {
                try await served.done("POST", "/v1/users", as: .theOperator, #"{"handle":"\#(handle)","roles":["R4"],"level":"L4"}"#)
            }
            try await served.done("POST", "/v1/users", as: .theOperator, #"{"handle":"ivo","roles":["R9"],"level":"L3"}"#)
            let life = Life(served: served)
            try await life.claimToAppeal()
            try await life.secondKeyToPanel()
            try await life.settledByOffer()
            try await life.onesOwn()
            try await life.chargeback()
            try await life.complaint()
            try await life.belongingTogether()
            try await life.silence()
            try await life.whoIsTold()
            try await life.whereEyesAre()
            try await life.theDeskItself()
            try await life.ownSessions()
            try await life.comingInByOthers(provider)
            try await life.theNextPack()
            try await life.upkeep()

            let seen = served.seenHere
            var unseen: [String] = []
            for operation in try Document().operations
            where Operation.all.contains(where: { $0.id == operation.id }) || Entrance.all.contains(where: { $0.id == operation.id }) {
                for status in operation.statuses where status.hasPrefix("2") && !seen.contains("\(operation.id) \(status)") {
                    unseen.append("\(operation.id) \(status)")
                }
            }
            // A stream has no end to wait for: StreamTests hears it. The exchange's callback: ExchangeOverTheLineTests.
            #expect(unseen.sorted() == ["exchange-callback 200", "stream-events 200"])
        }
    }
}

/// The stories, in the order of a desk's life.
private final class Life: Sendable {
    let served: ServedDesk
    /// What lee's app knows, once it does.
    private let codesOfLee = Mutex<[UInt8]?>(nil)

    init(served: ServedDesk) { self.served = served }

    @discardableResult
    private func done(_ method: String, _ path: String, _ who: ServedDesk.Who, _ body: String? = nil, at location: SourceLocation = #_sourceLocation)
        async throws -> [String: Any]
    {
        try await served.done(method, path, as: who, body, at: location)
    }

    private func shown(_ name: String) async throws -> [String: Any] { try await done("GET", "/v1/cases/\(name)", .staff("lee")) }
    private func phase(_ name: String) async throws -> String? { (try await shown(name)["summary"] as? [String: Any])?["phase"] as? String }
    private func ids(_ name: String, _ list: String, where isMeant: ([String: Any]) -> Bool = { _ in true }) async throws -> [String] {
        (try await shown(name)[list] as? [[String: Any]] ?? []).filter(isMeant).compactMap { $0["id"] as? String }
    }

    private func ruling(_ name: String, _ outcome: String, _ fault: String, _ more: String = "") async throws -> String {
        let points = (try await shown(name)["points"] as? [[String: Any]] ?? []).compactMap { $0["number"] as? Int }
        let answers = points.map { #"{"point":\#($0),"accepted":true,"because":"So it is."}"# }.joined(separator: ",")
        return #"{"outcome":{"code":"\#(outcome)","because":"So it was."},"fault":{"code":"\#(fault)","because":"Theirs."},"answers":[\#(answers)]\#(more)}"#
    }

    func claimToAppeal() async throws {
        let case1 = "/v1/cases/P2P-1"
        try await served.order("P2P-1")
        let claim = #"{"reason":"P2P-B01","order":"P2P-1","statement":"Paid; nothing came."}"#
        #expect(try await served.call("POST", "/v1/cases", as: .party("maria"), claim, key: "once").status == 201)
        #expect(try await served.call("POST", "/v1/cases", as: .party("maria"), claim, key: "once").status == 200)
        try await done("POST", case1 + "/acknowledgement", .staff("ines"))
        try await done("POST", case1 + "/admission", .staff("ines"))
        try await done("POST", case1 + "/points", .party("maria"), #"{"text":"He asked for more money."}"#)
        try await done("POST", case1 + "/answer", .party("omar"), #"{"disputes":true,"statement":"Nothing arrived."}"#)
        try await done("POST", case1 + "/counterclaims", .party("omar"), #"{"reason":"P2P-S01","statement":"She never paid."}"#)
        try await done("POST", case1 + "/messages", .party("maria"), #"{"text":"I paid."}"#)
        try await done("POST", case1 + "/offers", .party("maria"), #"{"to_buyer":"900.000000 USDT"}"#)
        let open: ([String: Any]) -> Bool = { $0["ending"] == nil }
        try await done("POST", case1 + "/offers/\(try #require(try await ids("P2P-1", "offers", where: open).first))/refusal", .party("omar"))
        try await done("POST", case1 + "/offers", .party("maria"), #"{"to_buyer":"800.000000 USDT","blind":true}"#)
        try await done("DELETE", case1 + "/offers/\(try #require(try await ids("P2P-1", "offers", where: open).first))", .party("maria"))
        try await served.wait("the hold") { try await shown("P2P-1")["hold"] as? String == "placed" }
        try await done("DELETE", case1 + "/hold", .staff("lee"))
        try await served.wait("its end") { try await shown("P2P-1")["hold"] as? String == "lifted" }
        try await done("PUT", case1 + "/hold", .staff("lee"))
        try await served.wait("the hold") { try await shown("P2P-1")["hold"] as? String == "placed" }
        let next = try await done("GET", "/v1/work/next", .staff("amir"))
        #expect(next["take_first"] as? Bool == true)
        try await done("POST", "/v1/work/next", .staff("amir"))
        try await done("DELETE", case1 + "/assignment", .staff("amir"))
        try await done("POST", case1 + "/assignment", .staff("lee"), #"{"to":"amir"}"#)
        try await done("PUT", case1 + "/tier", .staff("lee"), #"{"tier":"T0","because":"a withdrawal is on its way"}"#)
        try await done("POST", case1 + "/relations", .staff("amir"), #"{"staff":"bea","because":"cousin of the seller"}"#)
        try await done("POST", case1 + "/requests", .staff("amir"), #"{"of":"seller","types":["EV-BSTMT"]}"#)
        let asked = try await ids("P2P-1", "requests", where: { $0["ending"] == nil && ($0["types"] as? [String]) == ["EV-BSTMT"] })
        try await done("POST", case1 + "/requests/\(try #require(asked.last))/answer", .party("omar"), #"{"statement":"My bank gives none before Monday."}"#)
        try await done("POST", case1 + "/notices", .staff("amir"), #"{"to":"seller"}"#)
        try await done("POST", case1 + "/clocks/evidence-window/extensions", .staff("amir"), #"{"by":3600000,"because":"the bank is closed"}"#)
        try await done(
            "POST", case1 + "/requests/\(try #require(try await ids("P2P-1", "requests", where: open).first))/waiver", .staff("amir"),
            #"{"because":"the receipt says enough"}"#)
        let file = Array("Paid 1104.00 EUR, reference P2P-1".utf8)
        for _ in 0..<2 {
            try await served.call("POST", case1 + "/exhibits?type=EV-BSTMT", as: .party("maria"), mediaType: "text/plain", key: "file", bytes: file)
        }
        let exhibit = try #require(try await ids("P2P-1", "exhibits").first)
        let pass = try await done("POST", case1 + "/exhibits/\(exhibit)/views", .staff("amir"), #"{"because":"name match"}"#)
        let content = try #require(pass["content"] as? String)
        #expect(try await served.call("GET", content, as: .staff("amir")).body == file)
        #expect(try await served.call("GET", content, as: .staff("amir"), headers: [("Range", "bytes=0-3")]).status == 206)
        for list in ["messages", "letters", "letters/decision?to=other", "clocks", "precedents", "events"] {
            try await done("GET", case1 + "/" + list, .staff("lee"))
        }
        for isGivenUp in [true, false] {
            let upload = try await done("POST", case1 + "/uploads", .party("maria"), #"{"type":"EV-BSTMT","media_type":"text/plain","bytes":5}"#)
            let address = "/v1/uploads/\(upload["id"] as? String ?? "")"
            try await done("GET", address, .party("maria"))
            if isGivenUp {
                try await done("DELETE", address, .party("maria"))
            } else {
                let reply = try await served.call(
                    "PATCH", address, as: .party("maria"), mediaType: "application/partial-upload", headers: [("Upload-Offset", "0")],
                    bytes: Array("Paid.".utf8))
                #expect(reply.status == 200, "\(reply.text)")
            }
        }
        try await done("POST", case1 + "/conclusion", .staff("amir"))
        #expect(
            try await done("POST", case1 + "/ruling/consequences", .staff("amir"), #"{"ruling":\#(try await ruling("P2P-1", "OUT-REL", "FLT-SEL"))}"#)["lines"]
                != nil)
        try await done("POST", case1 + "/ruling", .staff("amir"), try await ruling("P2P-1", "OUT-REL", "FLT-SEL"))
        try await served.wait("the settlement") { try await phase("P2P-1") == "appeal-window" }
        try await done("POST", case1 + "/appeals", .party("omar"), #"{"grounds":"The receipt is of another order."}"#)
        try await done("POST", case1 + "/appeal/decision", .staff("sena"), #"{"result":"upheld","because":"The grounds add nothing new."}"#)
    }

    func secondKeyToPanel() async throws {
        let case2 = "/v1/cases/P2P-2"
        try await served.order("P2P-2", amount: "9000.000000 USDT")
        try await done("POST", "/v1/cases", .party("maria"), #"{"reason":"P2P-B01","order":"P2P-2"}"#)
        try await done("POST", case2 + "/admission", .staff("ines"))
        try await done("POST", case2 + "/staff-call", .party("maria"))
        try await done("POST", case2 + "/assignment", .staff("amir"), "{}")
        try await served.call("POST", case2 + "/exhibits?type=EV-BSTMT", as: .party("maria"), mediaType: "text/plain", bytes: Array("Paid, P2P-2".utf8))
        try await done("POST", case2 + "/conclusion", .staff("amir"))
        try await done("POST", case2 + "/ruling", .staff("amir"), try await ruling("P2P-2", "OUT-REL", "FLT-SEL"))
        try await done("POST", case2 + "/ruling/return", .staff("eve"), #"{"because":"Say how the payment was seen."}"#)
        let compensation = #","compensation":{"amount":"5.000000 USDT","to":"buyer","from":"platform","because":"Two days of waiting."}"#
        try await done("POST", case2 + "/ruling", .staff("amir"), try await ruling("P2P-2", "OUT-REL", "FLT-SEL", compensation))
        try await done("POST", case2 + "/ruling/approval", .staff("eve"))
        // The fund is empty: the exchange refuses. When there is money in it, it is instructed again.
        try await served.wait("the refusal") { try await ids("P2P-2", "instructions", where: { $0["progress"] as? String == "failed" }).count == 1 }
        try await served.exchange.fundProtection(try Amount(parsing: "100.000000 USDT"))
        try await done("POST", case2 + "/settlement", .staff("ivo"))
        try await served.wait("the settlement") { try await phase("P2P-2") == "appeal-window" }
        try await done("POST", case2 + "/appeals", .party("omar"), #"{"grounds":"Nobody asked my bank.","new_evidence":true}"#)
        try await done("POST", case2 + "/appeal/escalation", .staff("sena"), #"{"because":"No case like it was decided before."}"#)
        for voter in ["sena", "tomas", "ula"] { try await done("POST", case2 + "/appeal/votes", .staff(voter), "{}") }
        try await done("POST", case2 + "/appeal/decision", .staff("sena"), #"{"result":"upheld","because":"Three of three."}"#)
    }

    func settledByOffer() async throws {
        try await served.order("P2P-3")
        try await done("POST", "/v1/cases", .party("maria"), #"{"reason":"P2P-B01","order":"P2P-3"}"#)
        try await done("POST", "/v1/cases/P2P-3/admission", .staff("ines"))
        try await served.wait("the hold") { try await shown("P2P-3")["hold"] as? String == "placed" }
        try await done("POST", "/v1/cases/P2P-3/offers", .party("maria"), #"{"to_buyer":"700.000000 USDT"}"#)
        try await done("POST", "/v1/cases/P2P-3/offers/\(try #require(try await ids("P2P-3", "offers").first))/acceptance", .party("omar"))
    }

    /// What a party asks of itself, once its case is over.
    func onesOwn() async throws {
        try await served.order("P2P-41", seller: "omar", merchant: "DIAMOND")
        try await done("GET", "/v1/my/orders/P2P-41", .party("maria"))
        try await done("POST", "/v1/cases", .party("maria"), #"{"reason":"P2P-B01","order":"P2P-41"}"#)
        try await done("GET", "/v1/my/standing", .party("omar"))
        let key = try await done("POST", "/v1/my/keys", .party("omar"), #"{"label":"our shop"}"#)
        try await done("GET", "/v1/my/keys", .party("omar"))
        try await done("DELETE", "/v1/my/keys/\(key["id"] as? String ?? "")", .party("omar"))
        try await done("POST", "/v1/cases/P2P-41/file", .party("maria"))
        try await done("POST", "/v1/cases/P2P-41/withdrawal", .party("maria"))
        try await done("POST", "/v1/cases/P2P-41/rating", .party("maria"), #"{"scores":{"heard":4,"respected":5},"comment":"Faster than I feared."}"#)
        try await done("GET", "/v1/survey", .staff("lee"))
    }

    func chargeback() async throws {
        let acquirer = ServedDesk.Who.machine("acquirer", ["act", "read"])
        let opened = try await done(
            "POST", "/v1/cases", acquirer, #"{"reason":"CRD-13","scheme":"visa","party":"kenji","amount":"900.000000 USDT","value":"900.000000 USDT"}"#)
        let name = try #require(opened["short"] as? String)
        let path = "/v1/cases/\(name)"
        try await done("POST", path + "/assignment", .staff("amir"), "{}")
        try await done("POST", path + "/admission", .staff("amir"))
        try await done("POST", path + "/conclusion", .staff("amir"))
        try await done("POST", path + "/ruling", .staff("amir"), try await ruling(name, "OUT-REP", "FLT-BUY"))
        func underWay() async throws -> String { try #require(try await ids(name, "instructions", where: { $0["progress"] as? String == "instructed" }).first) }
        try await done("POST", path + "/instructions/\(try await underWay())/failure", .staff("eve"), #"{"because":"the portal refused the file"}"#)
        try await done("POST", path + "/ruling", .staff("amir"), try await ruling(name, "OUT-REP", "FLT-BUY"))
        try await done("POST", path + "/instructions/\(try await underWay())/confirmation", .staff("eve"), #"{"receipt":"VROL-4711"}"#)
        try await done("POST", path + "/scheme-events", acquirer, #"{"what":"won","reference":"VROL-4711"}"#)
    }

    func complaint() async throws {
        let opened = try await done(
            "POST", "/v1/cases", .staff("ines"),
            #"{"reason":"CMP-01","type":"COMPLAINT","party":"maria","jurisdiction":"MY","about":"P2P-2","statement":"Nobody answered me for days."}"#)
        let name = try #require(opened["short"] as? String)
        try await done("POST", "/v1/cases/\(name)/assignment", .staff("cleo"), "{}")
        try await done("POST", "/v1/cases/\(name)/responses", .staff("cleo"), #"{"kind":"holding","text":"We are looking into it."}"#)
        try await done("POST", "/v1/cases/P2P-3/complaints", .staff("ines"), #"{"case":"\#(name)"}"#)
        try await done("PUT", "/v1/cases/\(name)/legal-hold", .staff("nora"), #"{"authority":"District court of Penang","reference":"AP-11/2026"}"#)
        try await done("DELETE", "/v1/cases/\(name)/legal-hold", .staff("nora"))
    }

    func belongingTogether() async throws {
        func deposit(_ account: String) async throws -> String {
            let opened = try await done("POST", "/v1/cases", .party(account), #"{"reason":"DEP-01","amount":"50.000000 USDT","party":"\#(account)"}"#)
            return try #require(opened["short"] as? String)
        }
        let (first, second, third, fourth) = (try await deposit("kenji"), try await deposit("kenji"), try await deposit("aiko"), try await deposit("jonas"))
        try await done("POST", "/v1/cases/\(second)/assignment", .staff("amir"), "{}")
        // Who has only one of the two cases merges neither: the two would say different things.
        let half = try await served.call("PUT", "/v1/cases/\(second)/duplicate-of", as: .staff("amir"), #"{"case":"\#(first)"}"#)
        #expect(half.status == 403)
        #expect(try await phase(second) == "intake", "nothing was written")
        try await done("POST", "/v1/cases/\(first)/assignment", .staff("amir"), "{}")
        try await done("PUT", "/v1/cases/\(second)/duplicate-of", .staff("amir"), #"{"case":"\#(first)"}"#)
        try await done("POST", "/v1/cases/\(second)/separation", .staff("amir"), #"{"because":"Another transfer."}"#)
        try await done("PUT", "/v1/cases/\(third)/incident", .staff("lee"), #"{"case":"\#(first)"}"#)
        try await done("DELETE", "/v1/cases/\(third)/incident", .staff("lee"))
        try await done("POST", "/v1/cases/\(first)/closing", .staff("lee"), #"{"because":"Opened by mistake."}"#)
        try await done("POST", "/v1/cases/\(first)/reopening", .staff("lee"), #"{"because":"It was not."}"#)
        try await done("POST", "/v1/cases/\(third)/withdrawal", .party("aiko"))
        try await done("POST", "/v1/cases/\(fourth)/assignment", .staff("amir"), "{}")
        try await done("POST", "/v1/cases/\(fourth)/refusal", .staff("amir"), #"{"ground":"out-of-time","because":"It is two years old."}"#)
    }

    /// A seller who says nothing, over two days.
    func silence() async throws {
        let path = "/v1/cases/P2P-4"
        try await served.order("P2P-4")
        try await done("POST", "/v1/cases", .party("maria"), #"{"reason":"P2P-B01","order":"P2P-4"}"#)
        try await done("POST", path + "/admission", .staff("ines"))
        try await done("POST", path + "/staff-call", .party("maria"))
        try await done("POST", path + "/assignment", .staff("amir"), "{}")
        try await served.call("POST", path + "/exhibits?type=EV-BSTMT", as: .party("maria"), mediaType: "text/plain", bytes: Array("Paid, P2P-4".utf8))
        try await done("POST", path + "/notices", .staff("amir"), #"{"to":"seller"}"#)
        served.clock.pass(.hours(3))
        try await done("POST", path + "/notices", .staff("amir"), #"{"to":"seller"}"#)
        served.clock.pass(.hours(24))
        try await served.wait("the window's end") { try await phase("P2P-4") == "decision" }
        try await done("POST", path + "/default-ruling", .staff("amir"), #"{"against":"other","ruling":\#(try await ruling("P2P-4", "OUT-REL", "FLT-SEL"))}"#)
    }

    func comingInByOthers(_ provider: PretendProvider) async throws {
        try await done("PUT", "/v1/providers/sso", .theOperator, #"{"issuer":"https://sso.example","client_id":"recourse-desk","client_secret":"p:ss word%1"}"#)
        try await done("PUT", "/v1/users/lee/providers/sso", .theOperator, #"{"subject":"l-1"}"#)
        try await done("GET", "/v1/providers", .theOperator)
        // The desk's clock was put forward; the provider's goes with it.
        let ahead = Double(served.clock.now().milliseconds) / 1_000 - Date().timeIntervalSince1970
        provider.set { $0.aheadSeconds = ahead }
        let browser = Browser(served)
        let back = try await browser.comeBack(try provider.authorize(try await browser.begin(), as: "l-1"))
        #expect(back.status == 200)
        served.clock.pass(.minutes(2))
        let secret = codesOfLee.withLock { $0 }
        let code = OneTimeCodes.text(try #require(secret), served.clock.now().milliseconds / 30_000)
        #expect(try await browser.ask("POST", "/v1/me/second-factor", #"{"code":"\#(code)"}"#).status == 201)
        try await done("DELETE", "/v1/users/lee/providers/sso", .theOperator)
        try await done("DELETE", "/v1/providers/sso", .theOperator)
        let made = try await done("POST", "/v1/cases/P2P-1/links", .machine("mailer", ["invite"]), #"{"party":"buyer"}"#)
        #expect(try await browser.open("/v1/sign-in/link").status == 200)
        let word = try #require((made["url"] as? String)?.split(separator: "#").last)
        try await done("POST", "/v1/sign-in/link", .nobody, #"{"token":"\#(word)"}"#)
    }

    /// A system of the operator's that nobody answers for: what cannot be sent waits.
    func whoIsTold() async throws {
        let made = try await done("POST", "/v1/webhooks", .theOperator, #"{"url":"http://127.0.0.1:1/in","label":"the ledger"}"#)
        let path = "/v1/webhooks/\(try #require((made["webhook"] as? [String: Any])?["id"] as? String))"
        try await done("GET", "/v1/webhooks", .theOperator)
        try await done("PATCH", path, .theOperator, #"{"kinds":["case-opened"]}"#)
        try await done("GET", path, .theOperator)
        #expect(try await done("POST", path + "/test", .theOperator)["outcome"] as? String == "failed")
        try await done("POST", path + "/secret", .theOperator, "{}")
        try await done("POST", path + "/replay", .theOperator, #"{"from":1}"#)
        var sequence = 0
        try await served.wait("a delivery") {
            let list = try await done("GET", path + "/deliveries?state=pending", .theOperator)["deliveries"] as? [[String: Any]] ?? []
            sequence = list.first?["sequence"] as? Int ?? 0
            return sequence > 0
        }
        try await done("POST", path + "/deliveries/\(sequence)/redelivery", .theOperator)
        try await done("DELETE", path, .theOperator)
    }

    func whereEyesAre() async throws {
        try await served.order("P2P-8")
        try await done("POST", "/v1/cases", .party("maria"), #"{"reason":"P2P-B01","order":"P2P-8"}"#)
        try await done("PATCH", "/v1/arrangement", .staff("lee"), #"{"language":"es","zone":"Asia/Kuala_Lumpur","columns":["due","amount"]}"#)
        #expect(try await done("GET", "/v1/arrangement", .staff("lee"))["zone"] as? String == "Asia/Kuala_Lumpur")
        let view = try await done("POST", "/v1/views", .staff("lee"), #"{"name":"Nobody's","query":"owner=none&phase=intake"}"#)
        #expect(view["count"] as? Int ?? 0 > 0)
        let place = "/v1/views/\(try #require(view["id"] as? String))"
        try await done("PATCH", place, .staff("lee"), #"{"name":"Free","place":0}"#)
        #expect((try await done("GET", "/v1/views", .staff("lee"))["views"] as? [[String: Any]])?.last?["name"] as? String == "Free")
        try await done("DELETE", place, .staff("lee"))
        try await done("GET", "/v1/queue/summary?phase=intake", .staff("lee"))
        let case8 = "/v1/cases/P2P-8"
        try await done("PUT", case8 + "/following", .staff("lee"))
        try await done("POST", case8 + "/messages", .staff("sena"), #"{"text":"@lee what do you think?","to":"staff"}"#)
        #expect((try await done("GET", "/v1/mentions", .staff("lee"))["cases"] as? [Any])?.count == 1)
        #expect((try await done("GET", "/v1/followed", .staff("lee"))["cases"] as? [Any])?.count == 1)
        let until = (served.clock.now() + .hours(3)).description
        let version = try #require(try await done("PUT", case8 + "/snooze", .staff("lee"), #"{"until":"\#(until)"}"#)["version"] as? Int)
        let attention = try await done("GET", case8 + "/attention", .staff("lee"))
        #expect(attention["mentioned"] as? Bool == true && attention["snoozed_until"] as? String == until)
        try await done("DELETE", case8 + "/snooze", .staff("lee"))
        #expect(try await done("PUT", case8 + "/seen", .staff("lee"), #"{"version":\#(version)}"#)["mentioned"] as? Bool == false)
        try await done("DELETE", case8 + "/following", .staff("lee"))
        try await done("GET", "/v1/presence", .staff("lee"))
        try await done("POST", "/v1/bulk", .staff("lee"), #"{"act":"follow","cases":[{"case":"P2P-8"}],"foresee":true}"#)
    }

    func theNextPack() async throws {
        for handle in ["petra", "omid"] { try await done("POST", "/v1/users", .theOperator, #"{"handle":"\#(handle)","roles":["R7"],"level":"L5"}"#) }
        let proposal = String(
            decoding: try ProposalBody(
                files: DefaultPack.changed().map { PackBody.File(path: $0.path, text: String(decoding: $0.bytes, as: UTF8.self)) },
                because: "two notices were too few"
            ).json(), as: UTF8.self)
        var numbers: [Int] = []
        for _ in 0..<2 { numbers.append(try #require(try await done("POST", "/v1/policy/proposals", .staff("petra"), proposal)["number"] as? Int)) }
        try await done("GET", "/v1/policy/proposals", .staff("omid"))
        try await done("GET", "/v1/policy/proposals/\(numbers[0])", .staff("omid"))
        try await done("POST", "/v1/policy/proposals/\(numbers[0])/refusal", .staff("omid"), #"{"because":"The reason is not enough."}"#)
        try await done("POST", "/v1/policy/proposals/\(numbers[1])/approval", .staff("omid"))
    }

    func upkeep() async throws {
        try await done("POST", "/v1/upkeep", .theOperator)
        try await done("DELETE", "/v1/users/lee/codes", .theOperator)
        let maria = PartyID.account(try #require(AccountReference("maria")))
        try await done("POST", "/v1/parties/\(maria)/erasure", .staff("nora"), #"{"because":"request PRV-01"}"#)
        let file = try Data(contentsOf: URL(fileURLWithPath: "Examples/incidents/uci_extract.csv"))
        let reply = try await served.call("POST", "/v1/imports/incidents", as: .theOperator, mediaType: "text/csv", bytes: Array(file))
        #expect(reply.status == 200)
        let last = try #require(reply.text.split(separator: "\n").last)
        let tally = try ImportTally(json: Array(last.utf8))
        #expect(tally.imported == 400 && tally.rejected == 0 && tally.finished && tally.failure == nil)
    }

    func ownSessions() async throws {
        try await done("POST", "/v1/users", .theOperator, #"{"handle":"nils","roles":["R2"],"level":"L1"}"#)
        let word = try #require(try await done("POST", "/v1/users/nils/invitation", .theOperator)["word"] as? String)
        let joining = #"{"word":"\#(word)","password":"slow cobalt heron 42"}"#
        let session = try #require(try await done("POST", "/v1/sign-in/invitation", .nobody, joining)["session"] as? String)
        #expect(try await served.call("POST", "/v1/sign-in/invitation", as: .nobody, joining).status == 401, "once")
        let second = try #require(
            try await done("POST", "/v1/sessions", .nobody, #"{"handle":"nils","password":"slow cobalt heron 42"}"#)["session"] as? String)
        let codes = try await done("POST", "/v1/me/codes", .key(session))
        let secret = try #require((codes["secret"] as? String).flatMap(Base32.bytes))
        let step = served.clock.now().milliseconds / 30_000
        try await done("PUT", "/v1/me/codes", .key(session), #"{"code":"\#(OneTimeCodes.text(secret, step))"}"#)
        #expect(try await served.call("GET", "/v1/me/sessions", as: .key(session)).status == 403, "no second factor, no power over other sessions")
        let strong = try #require(
            try await done("POST", "/v1/me/second-factor", .key(session), #"{"code":"\#(OneTimeCodes.text(secret, step + 1))"}"#)["session"] as? String)
        let list = try #require(try await done("GET", "/v1/me/sessions", .key(strong))["sessions"] as? [[String: Any]])
        #expect(list.count == 2 && list.filter { $0["current"] as? Bool == true }.count == 1)
        let other = try #require(list.first { $0["current"] as? Bool == false }?["id"] as? String)
        try await done("DELETE", "/v1/me/sessions/\(other)", .key(strong))
        #expect(try await served.call("GET", "/v1/session", as: .key(second)).status == 401, "ended is ended")
        var passkey = SoftAuthenticator()
        let asked = try #require(try await done("POST", "/v1/me/passkeys/challenge", .key(strong))["challenge"] as? String)
        try await done("POST", "/v1/me/passkeys", .key(strong), passkey.body(named: "laptop", answering: asked))
        passkey.count = 2
        let shown = try #require(try await done("POST", "/v1/sign-in/passkey/challenge", .nobody)["challenge"] as? String)
        try await done("POST", "/v1/sign-in/passkey", .nobody, try passkey.entry(answering: shown))
        try await done("GET", "/v1/me/passkeys", .key(strong))
        try await done("DELETE", "/v1/me/passkeys/\(passkey.id)", .key(strong))
        try await done("DELETE", "/v1/me/sessions", .key(strong))
        #expect(try await served.call("GET", "/v1/session", as: .key(strong)).status == 401)
    }

    func theDeskItself() async throws {
        for path in [
            "/v1/cases", "/v1/counts", "/v1/me", "/v1/users", "/v1/policy", "/v1/policy/rows/P2P-B01", "/v1/policy/procedure", "/v1/policy/vocabulary",
            "/v1/log", "/v1/log/events", "/v1/measures", "/v1/measures/time-to-resolve?by=type,language&before=previous&calendar=MY",
            "/v1/measures/first-resolution?by=agent&adjusted=true&where=language=en", "/v1/measures/backlog/cases?by=reason&cell=P2P-B01&limit=5",
            "/v1/outbox", "/v1/session", "/v1/exchange", "/v1/policy/packs",
        ] {
            try await done("GET", path, .staff("lee"))
        }
        #expect(try await served.call("POST", "/v1/log/checkpoint", as: .staff("lee")).status == 200)
        let heads = try #require(try await done("GET", "/v1/log/checkpoints", .staff("lee"))["checkpoints"] as? [[String: Any]])
        let size = try #require(heads.first?["size"] as? Int)
        let growth = try await served.call("POST", "/v1/log/checkpoints/\(size)/growth", as: .staff("lee"))
        #expect(growth.status == 200)
        #expect(try GrowthProof(parsing: growth.body).verify().old.size == Int64(size))
        let hash = try #require(try await done("GET", "/v1/policy", .staff("lee"))["hash"] as? String)
        let pack = try await served.call("GET", "/v1/policy/packs/\(hash)", as: .staff("lee"))
        #expect(try PackView(json: pack.body).files.count == DefaultPack.files.count)
        try await done("GET", "/v1/policy/packs/\(hash)/changes?from=\(hash)", .staff("lee"))
        let verdict = try await served.call("POST", "/v1/policy/check", as: .staff("lee"), #"{"files":[{"path":"pack.yaml","text":"title: ["}]}"#)
        #expect(try PackVerdict(json: verdict.body).complaints.contains { $0.file == "pack.yaml" && $0.line > 0 })
        #expect(try await served.call("POST", "/v1/log/events/2/proof", as: .staff("lee")).status == 200)
        try await done("GET", "/v1/keys", .theOperator)
        let key = try await done("POST", "/v1/keys", .theOperator, #"{"holder":"amir","label":"scripts"}"#)
        try await done("DELETE", "/v1/keys/\(try #require(key["id"] as? String))?because=lost", .theOperator)
        try await done("PATCH", "/v1/users/bea", .theOperator, #"{"level":"L3"}"#)
        try await done("DELETE", "/v1/users/bea", .theOperator)
        let files = DefaultPack.files.map { PackBody.File(path: $0.path, text: String(decoding: $0.bytes, as: UTF8.self)) }
        try await done("POST", "/v1/policy", .theOperator, String(decoding: try PackBody(files: files).json(), as: UTF8.self))
        try await done("PUT", "/v1/users/lee/password", .theOperator, #"{"password":"slow cobalt heron 41"}"#)
        let session = try #require(
            try await done("POST", "/v1/sessions", .nobody, #"{"handle":"lee","password":"slow cobalt heron 41"}"#)["session"] as? String)
        let codes = try await done("POST", "/v1/me/codes", .key(session))
        let secret = try #require((codes["secret"] as? String).flatMap(Base32.bytes))
        codesOfLee.withLock { $0 = secret }
        let step = served.clock.now().milliseconds / 30_000
        try await done("PUT", "/v1/me/codes", .key(session), #"{"code":"\#(OneTimeCodes.text(secret, step))"}"#)
        try await done(
            "PUT", "/v1/me/password", .key(session),
            #"{"password":"quiet walnut ferry 7","current":"slow cobalt heron 41","code":"\#(OneTimeCodes.text(secret, step + 1))"}"#)
        try await done("POST", "/v1/party-sessions", .nobody, #"{"token":"\#(try served.tokens.token(for: "maria"))"}"#)
        let token = try #require(try await served.key(of: .party("maria")))
        try await done("DELETE", "/v1/session", .key(token))
        try await done("PUT", "/v1/issuers/test-exchange", .theOperator, served.tokens.keySet)
        // What the exchange refused waits aside until somebody sends it again.
        let waiting = try #require(try await served.instructionAside())
        try await done("POST", "/v1/outbox/\(waiting)/retry", .theOperator)
    }
}
