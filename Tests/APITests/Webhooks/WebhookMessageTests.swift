import Chronicle
import Disputes
import Foundation
import Runtime
import Testing
import Wire

/// What of an event leaves the house: held against every event there is.
@Suite("What a webhook is sent")
struct WebhookMessageTests {
    private static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("DisputesTests/Golden")

    private static func payload(_ kind: String) throws -> [UInt8] { Array(try Data(contentsOf: golden.appendingPathComponent("\(kind).1.json"))) }

    private static func message(_ kind: String, _ payload: [UInt8]) throws -> WebhookMessage {
        let at = try #require(Instant("2026-03-02T04:00:00Z"))
        let envelope = Envelope(
            stream: StreamID(CaseID(bits: 7)), version: 3, sequence: 42, occurred: at, recorded: at, actor: .clock, policy: nil, causation: nil,
            correlation: CorrelationID(bits: 1))
        return WebhookMessage(envelope, EventType(kind), payload: payload)
    }

    @Test("Of every event there is, no sealed box and nothing somebody wrote goes out", arguments: WebhookKinds.all)
    func everyKind(kind: String) throws {
        let text = String(decoding: try WebhookMessageTests.message(kind, try WebhookMessageTests.payload(kind)).bytes(), as: UTF8.self)
        // What the golden files hold of boxes, reasons, names and accounts.
        let kept = [
            "\"box\"", "\"owner\"", "statement", "grounds", "acc-filer", "acc-other", "booking", "waiting for", "no case like", "our order after", "threatened",
            "neighbour", "check the name", "wrong month", "High Court", "two different", "the order is", "Group 1", "Reason P2P", "commitment", "ballots",
            "sha256",
            "visa-1",
        ]
        for word in kept { #expect(!text.contains(word), "\(kind) tells “\(word)”: \(text)") }
        #expect(
            text.hasPrefix(
                #"{"type":"\#(kind)","timestamp":"2026-03-02T04:00:00Z","data":{"stream":"case_00000000000000000000000007","event":{"sequence":42,"version":3,"type":"\#(kind)/1""#
            ), "\(text)")
        #expect(text.utf8.count < 2_000)
    }

    @Test("What a receiver acts on is there: codes, amounts, instants, ids")
    func useful() throws {
        func body(_ kind: String) throws -> String {
            String(decoding: try WebhookMessageTests.message(kind, try WebhookMessageTests.payload(kind)).data.event.body.json(), as: UTF8.self)
        }
        #expect(try body("agreement-reached") == #"{"terms":{"toBuyer":"800.000000 USDT","toSeller":"400.000000 USDT"}}"#)
        #expect(try body("case-closed") == #"{"how":"ruled"}"#)
        #expect(try body("step-entered") == #"{"holder":"staff","phase":"intake","step":"filed"}"#)
        #expect(try body("settlement-instructed") == #"{"instruction":{"id":"ins_01KJPB7WG0FGEZ7760C1EEW9S2","kind":{"release":{"order":"ORD-1"}}}}"#)
        #expect(try body("deadline-passed") == #"{"due":"2026-03-02T03:10:00Z","key":"clock negotiation"}"#)
        let opened = try body("case-opened")
        for part in [#""caseType":"P2P-LIVE""#, #""reference":"ORD-1""#, #""reason":"P2P-B01""#, #""amount":"8000.000000 USDT""#] {
            #expect(opened.contains(part))
        }
        let ruling = try body("ruling-made")
        for part in [#""outcome":{"code":"OUT-REL"}"#, #""fault":{"code":"FLT-SEL"}"#, #""accepted":true"#] { #expect(ruling.contains(part), "\(ruling)") }
    }

    @Test("A text under a name that usually holds a code stays, and so does a field of tomorrow")
    func denyByDefault() throws {
        let body =
            #"{"how":"she said so","step":"it's late","case":"a@b.example","tomorrow":"CODE","reason":"CODE","order":{"reference":"two words","note":"x"},"key":"three words here","tier":{"owner":"party_1","box":"QQ=="},"amount":"ten USDT"}"#
        #expect(try WebhookMessageTests.message("case-closed", Array(body.utf8)).data.event.body == .null)
    }

    @Test("What another system wrote, what was redacted and what cannot be read goes without a body")
    func without() throws {
        #expect(try WebhookMessageTests.message("history-imported", try WebhookMessageTests.payload("history-imported")).data.event.body == .null)
        #expect(try WebhookMessageTests.message("case-closed", []).data.event.body == .null)
        #expect(try WebhookMessageTests.message("case-closed", Array("{".utf8)).data.event.body == .null)
    }

    @Test("A message is shorter than 20 kB: one that would not be goes without its body")
    func short() throws {
        let long = #"{"types":[\#([String](repeating: #""EV-VIDEO""#, count: 5_000).joined(separator: ","))]}"#
        let bytes = try WebhookMessageTests.message("evidence-requested", Array(long.utf8)).bytes()
        #expect(bytes.count < 1_000)
        #expect(String(decoding: bytes, as: UTF8.self).contains(#""body":null"#) || !String(decoding: bytes, as: UTF8.self).contains("EV-VIDEO"))
    }
}
