import Chronicle
import Disputes
import Policies
import TestKit
import Testing

/// An authority's order: what it stops, what it keeps, and what happens when it ends.
@Suite("Under an authority's order")
struct UnderLegalHold {
    let policy: Policy

    init() throws { policy = try DefaultPack.policy() }

    @Test("A decided case goes back into its appeal window when the order is lifted, not back to be decided")
    func decided() throws {
        var scene = try Stories.ruled(policy)
        try scene.act(as: .compliance, .placeLegalHold(authority: "High Court", reference: nil))
        #expect(try scene.dispute.phase == .referred)
        try scene.act(as: .compliance, .liftLegalHold)
        #expect(try scene.dispute.phase == .appealWindow)
        try scene.pass(.days(30))
        #expect(try scene.dispute.isClosed)
    }

    @Test("A ruling that waits for its second key waits on, and can be signed once the order is lifted")
    func waiting() throws {
        var scene = try Stories.inDecision(policy, value: "40000.000000 USDT")
        try scene.act(as: .expert, .take, .rule(Props.draft("OUT-REL", answering: try scene.dispute)))
        let ruling = try #require(try scene.dispute.currentRuling?.ruling.id)
        try scene.act(as: .compliance, .placeLegalHold(authority: "High Court", reference: nil))
        #expect(throws: Refusal.underLegalHold) { try copy(scene) { try $0.act(as: .key, .approve(ruling)) } }
        try scene.act(as: .compliance, .liftLegalHold)
        try scene.act(as: .key, .approve(ruling))
        #expect(try scene.dispute.phase == .execution)
    }

    @Test("A case that closes under an order keeps its coins, and frees them when the order is lifted")
    func closedUnderIt() throws {
        var scene = try Stories.inDecision(policy)
        try scene.act(as: .compliance, .placeLegalHold(authority: "High Court", reference: nil))
        try scene.act(as: .lead, .close(reason: "the police have taken it over"))
        #expect(try scene.dispute.isClosed)
        #expect(try scene.dispute.hold == .placed)
        try scene.act(as: .compliance, .liftLegalHold)
        #expect(try scene.dispute.hold == .lifted)
        #expect(try scene.dispute.isClosed, "lifting does not open it")
    }

    @Test("An order that comes when the coins were just let go asks for them to be held again")
    func letGoJustNow() throws {
        var scene = try Stories.inDecision(policy)
        try scene.act(as: .lead, .liftHold)
        #expect(try scene.dispute.hold == .lifted)
        try scene.act(as: .compliance, .placeLegalHold(authority: "High Court", reference: nil))
        #expect(try scene.dispute.hold == .requested)
    }

    @Test("“Kept frozen” keeps frozen after the case has ended, until somebody lets go by hand")
    func keptFrozen() throws {
        // given a seller who was paid by the victim of another fraud
        var scene = Scene(policy)
        try scene.act(as: .seller, Props.escrowed("P2P-S13", by: .seller, id: scene.id))
        try scene.act(as: .exchange, .confirmHold(receipt: "booking 1"))
        try scene.act(as: .seller, Props.exhibit("EV-POLICE"), Props.exhibit("EV-BLETTER"))
        try scene.pass(.hours(1))
        try scene.act(as: .expert, .take)
        if try scene.dispute.phase == .investigation { try scene.act(as: .expert, .conclude) }
        try scene.act(as: .expert, .rule(Props.draft("OUT-LEH", fault: "FLT-3RD", answering: try scene.dispute)))
        // when nobody appeals
        try scene.pass(.days(30))
        // then the case is closed and the coins are where they were
        #expect(try scene.dispute.isClosed)
        #expect(try scene.dispute.hold == .placed)
        try scene.act(as: .compliance, .liftHold)
        #expect(try scene.dispute.hold == .lifted)
    }

    @Test("An order that is turned down is answered and ends; one that is obeyed is kept until it is lifted", arguments: ["OUT-REJ", "OUT-LEH"])
    func orders(outcome: String) throws {
        var scene = Scene(policy)
        try scene.act(as: .exchange, Props.oneSided("LEGAL", "LEG-01", id: scene.id))
        try scene.act(as: .compliance, .take, .admit)
        try scene.act(as: .compliance, .conclude)
        try scene.act(as: .compliance, .rule(Props.draft(outcome, fault: "FLT-NONE", answering: try scene.dispute)))
        if case .approval(let waiting) = try scene.dispute.stage { try scene.act(as: .key, .approve(waiting.ruling.id)) }
        try scene.act(as: .compliance, .respond(.final, outcome: nil, body: Props.said("our answer"), sourceCategory: nil, timely: nil))
        #expect(try scene.dispute.isClosed == (outcome == "OUT-REJ"))
        if outcome == "OUT-LEH" {
            #expect(try scene.dispute.step.text == "under-order")
        } else {
            #expect(try scene.dispute.step.text == "turned-down")
        }
    }
}
