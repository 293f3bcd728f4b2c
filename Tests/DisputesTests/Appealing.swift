import Chronicle
import Disputes
import Policies
import TestKit
import Testing
import Timekeeping

/// Who decides again, until when it may be asked for, and what can still be awarded then.
@Suite("Appealing")
struct Appealing {
    let policy: Policy

    init() throws { policy = try DefaultPack.policy() }

    @Test("A window closes at its instant, also when the timer that closes the case comes late")
    func lateTimer() throws {
        var scene = try Stories.ruled(policy)
        let window = try #require(ClockCode("appeal-window"))
        let due = try #require(try scene.dispute.clock(window)?.due)
        scene.oversleep(due - scene.now + .seconds(1))
        #expect(throws: Refusal.windowClosed(at: due)) {
            try scene.act(as: .seller, .appeal(newEvidence: false, grounds: Props.said("late", by: .seller)))
        }
    }

    @Test("One person passes a new question on to the panel, and the panel decides it")
    func escalated() throws {
        var bench = Bench()
        var scene = try Stories.ruled(policy)
        try scene.act(as: .seller, .appeal(newEvidence: false, grounds: Props.said("unfair", by: .seller)))
        #expect(throws: Refusal.reasonMissing(part: "step up to the panel")) { try copy(scene) { try $0.act(as: .senior, .escalateAppeal(reason: "")) } }
        try scene.act(as: .senior, .escalateAppeal(reason: "no case like it was decided before"))
        #expect(try scene.dispute.step.text == "panel")
        #expect(throws: Refusal.votesOutstanding(3)) {
            try copy(scene) { try $0.act(as: .senior, .decideAppeal(.upheld, cause: nil, reason: Props.said("alone"), nil)) }
        }
        #expect(throws: Refusal.alreadyDone("the panel has this appeal")) {
            try copy(scene) { try $0.act(as: .senior, .escalateAppeal(reason: "again")) }
        }
        try bench.vote(&scene, [1: "uphold", 2: "uphold", 3: "uphold"])
        try scene.act(as: .panel(1), .decideAppeal(.upheld, cause: nil, reason: Props.said("unanimous"), nil))
        #expect(try scene.dispute.isClosed)
    }

    @Test(
        "A panel votes only for what can still be carried out",
        arguments: [("OUT-REL", nil), ("OUT-CPN", nil), ("OUT-RET", "the escrow was paid out"), ("OUT-CRD", "not an outcome of reason")] as [(String, String?)])
    func ballots(outcome: String, refusal: String?) throws {
        var bench = Bench()
        var scene = try atThePanel()
        do {
            try bench.vote(&scene, [1: "change \(outcome)"])
            #expect(refusal == nil)
            #expect(try scene.dispute.currentAppeal?.votes.count == 1)
        } catch let caught as Refusal {
            #expect("\(caught)".contains(try #require(refusal)))
        }
    }

    @Test("After a pay-out a panel may award compensation, which goes out and closes the case")
    func compensated() throws {
        var bench = Bench()
        var scene = try atThePanel()
        let waiting = try compensate(&scene, &bench)
        // Who voted for it has no second key to it, whatever else they are.
        #expect(throws: Refusal.mustBeIndependent) { try copy(scene) { try $0.act(as: .panelWithKey(3), .approve(waiting)) } }
        try scene.act(as: .lead, .approve(waiting))
        #expect(try scene.dispute.instructions.last?.kind == .compensate(party: Cast.seller.party, amount: Props.amount("100.000000 USDT")))
        for instruction in try scene.dispute.instructions.suffix(1) { try scene.act(as: .exchange, .confirmSettlement(instruction.id, receipt: "b")) }
        #expect(try scene.dispute.isClosed)
    }

    @Test("A panel whose decision is sent back votes again")
    func sentBack() throws {
        var bench = Bench()
        var scene = try atThePanel()
        let waiting = try compensate(&scene, &bench)
        try scene.act(as: .lead, .returnRuling(waiting, reason: "why this much?"))
        #expect(try scene.dispute.currentAppeal?.votes.isEmpty == true)
        #expect(throws: Refusal.votesOutstanding(3)) {
            try copy(scene) { try $0.act(as: .panel(1), .decideAppeal(.upheld, cause: nil, reason: Props.said("then not"), nil)) }
        }
        try bench.vote(&scene, [1: "uphold", 2: "uphold", 3: "uphold"])
        try scene.act(as: .panel(1), .decideAppeal(.upheld, cause: nil, reason: Props.said("then not"), nil))
        #expect(try scene.dispute.isClosed)
    }

    @Test("The vote of somebody whose relation to a party comes to light does not count, and somebody else votes")
    func conflictedVoter() throws {
        var bench = Bench()
        var scene = try atThePanel()
        try bench.vote(&scene, [1: "uphold", 2: "uphold"])
        try scene.act(as: .lead, .declareRelation(staff: Cast.panel(2).staff, nature: "cousin of the seller"))
        #expect(try Set(#require(try scene.dispute.currentAppeal?.votes.keys)) == [Cast.panel(1).staff])
        try bench.vote(&scene, [3: "uphold"])
        #expect(!scene.happened("votes-revealed"))
        try bench.vote(&scene, [4: "uphold"])
        #expect(scene.happened("votes-revealed"))
    }

    /// A large case, released to the buyer and appealed by the seller: at once at the panel.
    private func atThePanel() throws -> Scene {
        var scene = try Stories.ruled(policy, value: "20000.000000 USDT")
        try scene.act(as: .seller, .appeal(newEvidence: true, grounds: Props.said("see my statement", by: .seller)))
        return scene
    }

    /// Two of three award 100 USDT for our delay; the ruling waits for its second key.
    private func compensate(_ scene: inout Scene, _ bench: inout Bench) throws -> RulingID {
        try bench.vote(&scene, [1: "change OUT-CPN", 2: "change OUT-CPN", 3: "uphold"])
        var draft = Props.draft("OUT-CPN", fault: "FLT-PLAT", answering: try scene.dispute)
        draft.compensation = .init(amount: Props.amount("100.000000 USDT"), to: Cast.seller.party, source: .platform, reason: Props.said("our delay"))
        try scene.act(as: .panel(2), .decideAppeal(.varied, cause: OverturnCode("OVT-ERR"), reason: Props.said("we were slow"), draft))
        return try #require(try scene.dispute.currentRuling?.ruling.id)
    }

    /// The shell's part: it opens for the last voter what the others have cast.
    private struct Bench {
        private var opened: [StaffID: Concealed.Opened] = [:]

        mutating func vote(_ scene: inout Scene, _ ballots: [Int: String]) throws {
            for (seat, text) in ballots.sorted(by: { $0.key < $1.key }) {
                let mine = Concealed.Opened(salt: Array(repeating: UInt8(seat), count: 16), text: text)
                let concealed = Concealed(commitment: Leaf.commitment(salt: mine.salt, payload: Array(text.utf8)), box: Props.said("sealed"))
                try scene.act(as: .panel(seat), .vote(.init(concealed: concealed, opened: mine, earlier: opened)))
                opened[Cast.panel(seat).staff] = mine
            }
        }
    }
}
