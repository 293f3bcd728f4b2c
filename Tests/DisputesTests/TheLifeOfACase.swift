import Chronicle
import Disputes
import Policies
import TestKit
import Testing
import Timekeeping

/// Whole lives, from claim to closed case, under the default pack.
@Suite("The life of a case")
struct TheLifeOfACase {
    let policy: Policy

    init() throws { policy = try DefaultPack.policy() }

    @Test("A seller who stays silent loses by default after two notices, and the buyer gets the coins")
    func silentSeller() throws {
        var scene = Scene(policy)
        // given a buyer who paid and says so, with a video
        try scene.act(as: .buyer, Props.escrowed(id: scene.id))
        #expect(try scene.dispute.hold == .requested)
        try scene.act(as: .exchange, .confirmHold(receipt: "booking 1"))
        try scene.act(as: .buyer, Props.exhibit("EV-VIDEO", "video"), Props.exhibit("EV-BRCPT", "receipt"))
        // when the seller does not talk, is asked, is told twice, and stays silent
        try scene.pass(.hours(1))
        #expect(try scene.dispute.phase == .investigation)
        try scene.act(as: .agent, .take)
        try scene.act(as: .agent, .giveNotice(to: Cast.seller.party))
        #expect(throws: Refusal.nothingAsked(of: .other)) {
            // Nobody is silent before their time to answer has run out; whoever decides earlier has let go of what was asked.
            try copy(scene) {
                try $0.act(as: .agent, .conclude)
                try $0.act(as: .agent, .ruleByDefault(against: .other, Props.draft("OUT-REL", answering: try $0.dispute)))
            }
        }
        #expect(throws: Refusal.noticesMissing(given: 1, needed: 2)) {
            var tooEarly = scene
            let draft = Props.draft("OUT-REL", answering: try tooEarly.dispute)
            try tooEarly.pass(.hours(24))
            try tooEarly.act(as: .agent, .ruleByDefault(against: .other, draft))
        }
        try scene.pass(.hours(2))
        try scene.act(as: .agent, .giveNotice(to: Cast.seller.party))
        try scene.pass(.hours(24))
        #expect(try scene.dispute.phase == .decision)
        // Late is not silent: had anything come in after all, there would be no default.
        #expect(throws: Refusal.notSilent(.other)) {
            try copy(scene) {
                try $0.act(as: .seller, Props.exhibit("EV-VIDEO", "late"))
                try $0.act(as: .agent, .ruleByDefault(against: .other, Props.draft("OUT-REL", answering: try $0.dispute)))
            }
        }
        try scene.act(as: .agent, .ruleByDefault(against: .other, Props.draft("OUT-REL", answering: try scene.dispute)))
        // then the exchange is told to release
        guard let instruction = try scene.dispute.instructions.first else { throw Refusal.wrongInstruction }
        #expect(instruction.kind == .release(order: "ORD-1"))
        #expect(try scene.dispute.phase == .execution)
        try scene.act(as: .exchange, .confirmSettlement(instruction.id, receipt: "booking 2"))
        #expect(try scene.dispute.phase == .appealWindow)
        // and when nobody appeals, the case closes by itself, and nothing is left open
        try scene.pass(.days(90))
        #expect(try scene.dispute.isClosed)
        #expect(try scene.dispute.nextDeadline == nil)
        #expect(!(try scene.dispute.clocks.contains { $0.isRunning }))
    }

    @Test("Parties who agree are not ruled on: the terms of their offer go to the exchange")
    func agreement() throws {
        var scene = Scene(policy)
        try scene.act(as: .buyer, Props.escrowed(id: scene.id))
        try scene.act(as: .agent, .take, .admit)
        try scene.act(as: .seller, .offer(Terms(toBuyer: Props.amount("800.000000 USDT"), toSeller: Props.amount("400.000000 USDT"))))
        guard let offer = try scene.dispute.offers.first else { throw Refusal.noSuchThing("offer") }
        #expect(throws: Refusal.notYours("offer")) { try copy(scene) { try $0.act(as: .seller, .acceptOffer(offer.id)) } }
        try scene.act(as: .buyer, .acceptOffer(offer.id))
        guard let instruction = try scene.dispute.instructions.first else { throw Refusal.wrongInstruction }
        #expect(instruction.kind == .split(order: "ORD-1", toBuyer: Props.amount("800.000000 USDT"), toSeller: Props.amount("400.000000 USDT")))
        try scene.act(as: .exchange, .confirmSettlement(instruction.id, receipt: "booking 2"))
        #expect(try scene.dispute.stage == .closed(.init(how: .settledByParties, at: scene.now)))
    }

    @Test("A case the parties settle at the escrow themselves closes itself")
    func ghostCase() throws {
        var scene = Scene(policy)
        try scene.act(as: .buyer, Props.escrowed(id: scene.id))
        try scene.act(as: .exchange, .confirmHold(receipt: "booking 1"))
        try scene.pass(.hours(1))
        try scene.act(as: .exchange, .escrowMoved(.released, reference: "ORD-1"))
        #expect(try scene.dispute.stage == .closed(.init(how: .escrowMovedByParties, at: scene.now)))
        #expect(!scene.happened("hold-lifted"), "the parties have lifted it")
    }

    @Test("Above the four-eyes limit a ruling waits for a second person, who may send it back")
    func secondKey() throws {
        var scene = try decided(value: "40000.000000 USDT", by: .expert)
        #expect(try scene.dispute.phase == .approval)
        guard let made = try scene.dispute.currentRuling else { throw Refusal.wrongRuling }
        #expect(throws: Refusal.self) { try copy(scene) { try $0.act(as: .expert, .approve(made.ruling.id)) } }
        var returned = scene
        try returned.act(as: .key, .returnRuling(made.ruling.id, reason: "the statement covers another month"))
        #expect(try returned.dispute.phase == .decision)
        #expect(try returned.dispute.currentRuling == nil)
        try scene.act(as: .key, .approve(made.ruling.id))
        #expect(try scene.dispute.phase == .execution)
        #expect(try scene.dispute.instructions.count == 1)
    }

    @Test("More time for the evidence is more time for whoever was asked for it") func extendedWindow() throws {
        var scene = Scene(policy)
        try scene.act(as: .buyer, Props.escrowed(id: scene.id))
        try scene.pass(.hours(1))
        try scene.act(as: .agent, .take)
        let window = try #require(ClockCode("evidence-window"))
        let due = try #require(try scene.dispute.clock(window)?.due)
        try scene.act(as: .agent, .extend(window, by: .hours(24), reason: "the bank is closed"))
        try scene.pass(due - scene.now + .hours(1))
        #expect(try scene.dispute.phase == .investigation)
        #expect(try scene.dispute.openRequests.isEmpty == false)
        try scene.pass(.hours(24))
        #expect(try scene.dispute.phase == .decision)
    }

    @Test(
        "A complaint comes under the regimes of its country, member state or part of a country",
        arguments: [
            ("DE", "MICA-71"), ("FR", "PSD2-101"), ("US-TX", "CFPB-PORTAL"), ("MY", "BNM-2025"), ("XX", "ANY-OTHER"),
        ])
    func regimes(place: String, regime: String) throws {
        var scene = Scene(policy)
        try scene.act(as: .importer, Props.complaint(jurisdiction: place, id: scene.id))
        let found = try scene.dispute.regimes.map(\.text)
        #expect(found.contains(regime), "\(found)")
    }

    @Test("An appeal is decided by a different person and may change the outcome")
    func appeal() throws {
        var scene = try appealed(value: "1200.000000 USDT")
        #expect(try scene.dispute.appeals.first?.level == .l2)
        #expect(throws: Refusal.self) {
            try copy(scene) { try $0.act(as: .agent, .decideAppeal(.upheld, cause: nil, reason: Props.said("fine"), nil)) }
        }
        try scene.act(as: .senior, .decideAppeal(.upheld, cause: nil, reason: Props.said("the payment is proven"), nil))
        #expect(try scene.dispute.appeals.first?.decision?.result == .upheld)
        #expect(try scene.dispute.isClosed || scene.dispute.phase == .appealWindow)
    }

    @Test("After the escrow was paid out an appeal can only compensate")
    func appealAfterPayout() throws {
        var scene = try appealed(value: "1200.000000 USDT")
        let back = Props.draft("OUT-RET", fault: "FLT-BUY", answering: try scene.dispute)
        #expect(throws: Refusal.alreadyDone("the escrow was paid out; only compensation is possible")) {
            try scene.act(as: .senior, .decideAppeal(.overturned, cause: OverturnCode("OVT-NEW"), reason: Props.said("new statement"), back))
        }
    }

    @Test("A panel votes blind, and only its majority can be written down")
    func panel() throws {
        var scene = try appealed(value: "20000.000000 USDT", by: .expert)
        #expect(try scene.dispute.appeals.first?.panelSize == 3)
        let votes: [(Int, String)] = [(1, "uphold"), (2, "uphold"), (3, "change OUT-CPN")]
        var opened: [StaffID: Concealed.Opened] = [:]
        for (seat, text) in votes {
            let vote = Concealed.Opened(salt: Array(repeating: UInt8(seat), count: 16), text: text)
            try scene.act(as: .panel(seat), .vote(.init(concealed: conceal(vote), opened: vote, earlier: opened)))
            opened[Cast.panel(seat).staff] = vote
            #expect(scene.happened("votes-revealed") == (seat == 3), "nothing is revealed before the last vote")
        }
        var draft = Props.draft("OUT-CPN", fault: "FLT-PLAT", answering: try scene.dispute)
        draft.compensation = .init(amount: Props.amount("20.000000 USDT"), to: Cast.seller.party, source: .platform, reason: Props.said("our delay"))
        #expect(throws: Refusal.againstMajority) {
            try copy(scene) {
                try $0.act(as: .panel(3), .decideAppeal(.overturned, cause: OverturnCode("OVT-ERR"), reason: Props.said("no"), draft))
            }
        }
        try scene.act(as: .panel(1), .decideAppeal(.upheld, cause: nil, reason: Props.said("the majority upholds"), nil))
        #expect(try scene.dispute.isClosed)
    }

    // MARK: Stories others begin with

    /// An escrow case with good evidence, ruled for the buyer.
    private func decided(value: String, by agent: Cast) throws -> Scene {
        var scene = Scene(policy)
        try scene.act(as: .buyer, Props.escrowed(amount: value, id: scene.id))
        try scene.act(as: .exchange, .confirmHold(receipt: "booking 1"))
        try scene.act(as: .buyer, Props.exhibit("EV-VIDEO", "video"), Props.exhibit("EV-BRCPT", "receipt"))
        try scene.pass(.hours(1))
        try scene.act(as: .seller, Props.exhibit("EV-VIDEO", "no receipt"))
        #expect(try scene.dispute.phase == .decision, "nothing asked for is outstanding")
        try scene.act(as: agent, .take, .rule(Props.draft("OUT-REL", answering: try scene.dispute)))
        return scene
    }

    /// The same, carried out and appealed by the seller.
    private func appealed(value: String, by agent: Cast = .agent) throws -> Scene {
        var scene = try decided(value: value, by: agent)
        if let made = try scene.dispute.currentRuling, try scene.dispute.phase == .approval {
            try scene.act(as: .key, .approve(made.ruling.id))
        }
        for instruction in try scene.dispute.instructions {
            try scene.act(as: .exchange, .confirmSettlement(instruction.id, receipt: "booking 2"))
        }
        #expect(try scene.dispute.phase == .appealWindow)
        try scene.act(as: .seller, .appeal(newEvidence: true, grounds: Props.said("here is my statement", by: .seller)))
        return scene
    }

    private func conceal(_ opened: Concealed.Opened) -> Concealed {
        Concealed(
            commitment: Leaf.commitment(salt: opened.salt, payload: Array(opened.text.utf8)), box: Props.said(opened.text))
    }
}

/// Tries something on a copy, so that a refusal leaves the scene as it was.
func copy(_ scene: Scene, _ attempt: (inout Scene) throws -> Void) throws {
    var scene = scene
    try attempt(&scene)
}
