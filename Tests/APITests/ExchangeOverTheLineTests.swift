import Chronicle
import Correspondence
import EventStorage
import Foundation
import Testing
import Wire

@testable import API
@testable import Runtime

/// The sandbox exchange as a process of its own, and the port asked over HTTP.
@Suite("The exchange over the line", .serialized)
struct ExchangeOverTheLineTests {
    private static let secret = WebhookSecret(random: Array(1...32))

    private func key(_ text: String) throws -> IdempotencyKey { try #require(IdempotencyKey(text)) }
    private func order(_ text: String) throws -> OrderReference { try #require(OrderReference(text)) }

    private enum SandboxProcessSaid: Error { case notResting }

    /// A sandbox with an order in escrow, and the port to it.
    private func withLine(_ body: (SandboxProcess, HTTPExchange) async throws -> Void) async throws {
        let sandbox = try await SandboxProcess(secret: ExchangeOverTheLineTests.secret)
        let line = HTTPExchange(.init(address: sandbox.address, secrets: [ExchangeOverTheLineTests.secret], timeoutSeconds: 2))
        do {
            for account in ["maria", "omar"] {
                try await sandbox.act(#"{"act":"open-account","account":"\#(account)"}"#)
                try await sandbox.act(#"{"act":"deposit","account":"\#(account)","amount":"9000 USDT"}"#)
            }
            try await sandbox.act(
                #"{"act":"place-order","order":"P2P-1","amount":"1200 USDT","fiat":"1104 EUR","rail":"SEPA-INSTANT","buyer":"maria","seller":"omar"}"#)
            try await sandbox.act(#"{"act":"mark-paid","order":"P2P-1"}"#)
            try await body(sandbox, line)
        } catch {
            await sandbox.stop()
            try? await line.close()
            throw error
        }
        await sandbox.stop()
        try await line.close()
    }

    @Test("It answers the port's four questions, and a key is done once")
    func port() async throws {
        try await withLine { sandbox, line in
            let facts = try await line.order(order("P2P-1"))
            #expect(facts.amount.description == "1200.000000 USDT" && facts.escrow == .paid && facts.paid != nil)
            #expect(try await line.status(of: key("k1")) == .unknown)
            let held = try await line.hold(order("P2P-1"), key: key("k1"))
            #expect(held.escrow == .held)
            #expect(try await line.hold(order("P2P-1"), key: key("k1")) == held)
            #expect(try await line.status(of: key("k1")) == .done(held))
            await #expect(throws: ExchangeError.keyReused) { try await line.releaseToBuyer(order("P2P-1"), key: key("k1")) }
            await #expect(throws: ExchangeError.unknownOrder(try order("NONE"))) { try await line.order(order("NONE")) }
            let split = try await line.split(
                order("P2P-1"), buyer: try Amount(parsing: "700.000000 USDT"), seller: try Amount(parsing: "500.000000 USDT"), key: key("k2"))
            #expect(split.transfers.map(\.amount.description) == ["700.000000 USDT", "500.000000 USDT"])
            let page = try await line.movements(after: .beginning, limit: 10)
            #expect(page.movements.map(\.kind) == [.locked, .markedPaid])
            #expect(try await line.movements(after: page.next, limit: 10).movements.isEmpty)
        }
    }

    @Test("What goes wrong on the line leaves the question open, and asking again answers it, once", arguments: ["500", "drop", "duplicate", "slow:3000"])
    func faults(_ fault: String) async throws {
        try await withLine { sandbox, line in
            _ = try await line.hold(order("P2P-1"), key: key("hold"))
            try await sandbox.expect([fault])
            let first = try? await line.releaseToBuyer(order("P2P-1"), key: key("pay"))
            #expect((first == nil) == (fault != "duplicate"))
            if fault.hasPrefix("slow") { try await Task.sleep(for: .seconds(2)) }
            let paid = try await line.releaseToBuyer(order("P2P-1"), key: key("pay"))
            #expect(paid.transfers.count == 1)
            #expect(try await sandbox.available("maria") == "10200.000000 USDT")
        }
    }

    @Test("An instruction that is overtaken by a later one is done after it, and each of them once")
    func reordered() async throws {
        try await withLine { sandbox, line in
            _ = try await line.hold(order("P2P-1"), key: key("hold"))
            try await sandbox.expect(["reorder"])
            // given a release that is sent first and arrives last
            async let paid = line.releaseToBuyer(order("P2P-1"), key: key("pay"))
            try await Task.sleep(for: .milliseconds(300))
            let frozen = try await line.carryOut(.freezeAccount(account: try #require(AccountReference("omar"))), key: key("freeze"))
            let late = try await paid
            // then the books have them the other way round
            #expect(frozen.booking < late.booking)
            #expect(try await sandbox.available("maria") == "10200.000000 USDT")
        }
    }

    @Test("What users wrote to each other about an order is kept over a kill, and strangers write nothing there")
    func chat() async throws {
        try await withLine { sandbox, _ in
            try await sandbox.act(#"{"act":"say","order":"P2P-1","account":"maria","text":"I paid; please look."}"#)
            #expect(try await sandbox.status(of: #"{"act":"say","order":"P2P-1","account":"nobody","text":"me too"}"#) == 409)
            sandbox.kill()
            try await sandbox.start()
            try await sandbox.act(#"{"act":"say","order":"P2P-1","account":"omar","text":"Nothing came."}"#)
            let lines = try await sandbox.chat("P2P-1")
            #expect(lines.map(\.by) == ["maria", "omar"] && lines.map(\.text) == ["I paid; please look.", "Nothing came."])
        }
    }

    @Test("Killed and started again it has what it answered before")
    func killed() async throws {
        try await withLine { sandbox, line in
            let held = try await line.hold(order("P2P-1"), key: key("hold"))
            sandbox.kill()
            await #expect(throws: ExchangeError.self) { try await line.releaseToBuyer(order("P2P-1"), key: key("pay")) }
            try await sandbox.start()
            #expect(try await line.hold(order("P2P-1"), key: key("hold")) == held)
            _ = try await line.releaseToBuyer(order("P2P-1"), key: key("pay"))
            #expect(try await sandbox.available("maria") == "10200.000000 USDT")
        }
    }

    @Test("A desk it does not know is not answered; after five failures nothing is sent for a while; a secret is changed without a gap")
    func secrets() async throws {
        try await withLine { sandbox, line in
            let (old, new) = (ExchangeOverTheLineTests.secret, WebhookSecret(random: Array(101...132)))
            let stranger = HTTPExchange(.init(address: sandbox.address, secrets: [new], timeoutSeconds: 2))
            for _ in 0..<5 { await #expect(throws: ExchangeError.unavailable(retryAfter: .seconds(5))) { try await stranger.order(order("P2P-1")) } }
            let began = ContinuousClock().now
            let resting = await #expect(throws: ExchangeError.self) { try await stranger.order(order("P2P-1")) }
            guard case .resting(let span)? = resting else { throw SandboxProcessSaid.notResting }
            #expect(span <= .seconds(10))
            #expect(ContinuousClock().now - began < .milliseconds(100), "it was not sent")
            try await stranger.close()
            // both sign while it is being changed
            let changing = HTTPExchange(.init(address: sandbox.address, secrets: [new, old], timeoutSeconds: 2))
            #expect(try await changing.order(order("P2P-1")).escrow == .paid)
            try await changing.close()
        }
    }

    @Test("A desk on the line settles over it, also when the exchange loses answers")
    func desk() async throws {
        try await withLine { sandbox, line in
            try await ServedDesk.use(exchange: line) { served in
                try await served.done("POST", "/v1/cases", as: .theOperator, #"{"reason":"P2P-B01","order":"P2P-1","by":"buyer"}"#)
                try await served.wait("the hold") { try await served.done("GET", "/v1/cases/P2P-1", as: .staff("amir"))["hold"] as? String == "placed" }
                // the seller gives in on the exchange: the case closes itself
                try await sandbox.act(#"{"act":"release","order":"P2P-1"}"#)
                let body = Array(#"{"hint":"P2P-1"}"#.utf8)
                let signed = SignedMessage(body, id: "m1", at: RealSurroundings().now(), with: [ExchangeOverTheLineTests.secret])
                let headers = [("webhook-id", "m1"), ("webhook-timestamp", "\(signed.timestamp)"), ("webhook-signature", signed.signatures)]
                #expect(try await served.call("POST", "/v1/exchange/movements", as: .nobody, headers: headers, bytes: body).status == 200)
                #expect(try await served.call("POST", "/v1/exchange/movements", as: .nobody, headers: headers, bytes: body).status == 200, "again is no harm")
                let forged = [("webhook-id", "m1"), ("webhook-timestamp", "\(signed.timestamp)"), ("webhook-signature", "v1,AAAA")]
                #expect(try await served.call("POST", "/v1/exchange/movements", as: .nobody, headers: forged, bytes: body).status == 401)
                try await served.wait("the closing") {
                    (try await served.done("GET", "/v1/cases/P2P-1", as: .staff("amir"))["summary"] as? [String: Any])?["how"] as? String
                        == "escrow-moved-by-parties"
                }
            }
        }
    }

    @Test("The specification's own example is signed as it says")
    func vector() throws {
        let secret = try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let signed = SignedMessage(
            Array(#"{"test": 2432232314}"#.utf8), id: "msg_p5jXN8AQM9LWM0D4loKWxJek", at: Instant(milliseconds: 1_614_265_330_000), with: [secret])
        #expect(signed.signatures == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }
}
