import Chronicle
import Disputes
import Policies
import TestKit
import Testing
import Timekeeping

/// Money that was moved stays moved; a later decision moves only what is missing.
@Suite("What is not done twice")
struct WhatIsNotDoneTwice {
    let policy: Policy

    init() throws { policy = try DefaultPack.policy() }

    @Test("An appeal may lift a penalty and leave the release that was carried out as it is")
    func penaltyLifted() throws {
        // given a release to the buyer, carried out, with a penalty for the seller
        var scene = try Stories.inDecision(policy)
        try scene.act(as: .expert, .take)
        var draft = Props.draft("OUT-REL", answering: try scene.dispute)
        draft.penaltiesApplying = [try #require(PenaltyCode("PEN-NREL"))]
        (draft.penaltyAgainst, draft.penaltyReason) = (Cast.seller.party, Props.said("refused without a reason"))
        try scene.act(as: .expert, .rule(draft))
        try confirmAll(&scene)
        #expect(try scene.dispute.phase == .appealWindow)
        // when the seller appeals and the senior varies the decision: the same outcome, no penalty
        try scene.act(as: .seller, .appeal(newEvidence: false, grounds: Props.said("my bank was down", by: .seller)))
        let varied = Props.draft("OUT-REL", fault: "FLT-NONE", answering: try scene.dispute)
        try scene.act(as: .senior, .decideAppeal(.varied, cause: code("OVT-NEW"), reason: Props.said("the bank confirms it"), varied))
        if case .approval(let waiting) = try scene.dispute.stage { try scene.act(as: .key, .approve(waiting.ruling.id)) }
        // then the penalty is gone, the exchange was told once, and whoever lost by it may still ask the panel
        #expect(try scene.dispute.currentRuling?.ruling.penalty.code == nil)
        #expect(try scene.dispute.instructions.map(\.kind) == [.release(order: "ORD-1")])
        #expect(try scene.dispute.phase == .appealWindow)
        var asked = scene
        try asked.act(as: .buyer, .appeal(newEvidence: false, grounds: Props.said("the penalty was right", by: .buyer)))
        #expect(try asked.dispute.currentAppeal?.level == .l3)
        try scene.pass(.days(30))
        #expect(try scene.dispute.isClosed)
    }

    @Test("A decision on appeal that the second key sends back is decided again, by the same bench, and nobody is stuck")
    func sentBackOnAppeal() throws {
        var scene = try Stories.ruled(policy, value: "8000.000000 USDT")
        try scene.act(as: .seller, .appeal(newEvidence: false, grounds: Props.said("unfair", by: .seller)))
        let varied = Props.draft("OUT-REL", fault: "FLT-NONE", answering: try scene.dispute)
        try scene.act(as: .senior, .decideAppeal(.varied, cause: code("OVT-NEW"), reason: Props.said("new"), varied))
        guard case .approval(let waiting) = try scene.dispute.stage else { throw Refusal.wrongRuling }
        // Whoever turned the key on the first ruling may not judge the second.
        try scene.act(as: .lead, .returnRuling(waiting.ruling.id, reason: "say which evidence is new"))
        // The first ruling is in force again, and the appeal is open.
        #expect(try scene.dispute.phase == .appeal)
        #expect(try scene.dispute.currentRuling?.appeal == nil)
        guard case .appeal = try scene.dispute.stage else { throw Refusal.noSuchThing("open appeal") }
        try scene.act(as: .senior, .decideAppeal(.upheld, cause: nil, reason: Props.said("after all"), nil))
        try scene.pass(.days(120))
        #expect(try scene.dispute.isClosed)
    }

    @Test("A ruling by somebody whose relation to a party came to light is not signed") func conflictAfterRuling() throws {
        var scene = try Stories.inDecision(policy, value: "8000.000000 USDT")
        try scene.act(as: .expert, .take, .rule(Props.draft("OUT-REL", answering: try scene.dispute)))
        guard case .approval(let waiting) = try scene.dispute.stage else { throw Refusal.wrongRuling }
        try scene.act(as: .lead, .declareRelation(staff: Cast.expert.staff, nature: "brother of the buyer"))
        #expect(throws: Refusal.conflictOfInterest) { try copy(scene) { try $0.act(as: .key, .approve(waiting.ruling.id)) } }
        try scene.act(as: .key, .returnRuling(waiting.ruling.id, reason: "conflict of interest"))
        #expect(try scene.dispute.phase == .decision)
    }

    @Test("A senior who is given an appeal may decide it") func givenAppeal() throws {
        var scene = try Stories.ruled(policy)
        try scene.act(as: .seller, .appeal(newEvidence: false, grounds: Props.said("unfair", by: .seller)))
        try scene.act(as: .lead, .assign(to: try #require(Cast.senior.standing)))
        try scene.act(as: .senior, .decideAppeal(.upheld, cause: nil, reason: Props.said("fair"), nil))
    }

    @Test("What was released cannot be returned by an appeal")
    func releasedIsReleased() throws {
        var scene = try Stories.ruled(policy)
        try scene.act(as: .seller, .appeal(newEvidence: true, grounds: Props.said("here is my statement", by: .seller)))
        let draft = Props.draft("OUT-RET", fault: "FLT-BUY", answering: try scene.dispute)
        #expect(throws: Refusal.alreadyDone("the escrow was paid out; only compensation is possible")) {
            try scene.act(as: .senior, .decideAppeal(.overturned, cause: code("OVT-NEW"), reason: Props.said("it is the right account"), draft))
        }
    }

    @Test(
        "A credit awarded again on appeal is a total: only the difference goes out",
        arguments: [(nil, []), ("50.000000 USDT", []), ("60.000000 USDT", ["10.000000 USDT"])])
    func credit(awarded: String?, further: [String]) throws {
        // given 50 USDT credited
        var scene = Scene(policy)
        try scene.act(as: .user, Props.oneSided("DEP", "DEP-01", id: scene.id))
        try scene.act(as: .expert, .take, .admit)
        try scene.act(as: .user, Props.exhibit("EV-TXHASH"))
        if try scene.dispute.phase == .investigation { try scene.act(as: .expert, .conclude) }
        try scene.act(as: .expert, .rule(Props.draft("OUT-CRD", fault: "FLT-PLAT", answering: try scene.dispute)))
        if case .approval(let waiting) = try scene.dispute.stage { try scene.act(as: .key, .approve(waiting.ruling.id)) }
        try confirmAll(&scene)
        let first = try scene.dispute.instructions.map(\.kind)
        #expect(first == [.credit(party: Cast.user.party, amount: Props.amount("50.000000 USDT"))])
        // when an appeal awards a credit again
        try scene.act(as: .user, .appeal(newEvidence: false, grounds: Props.said("it was more", by: .user)))
        var draft = Props.draft("OUT-CRD", fault: "FLT-PLAT", answering: try scene.dispute)
        if let awarded {
            draft.compensation = .init(amount: Props.amount(awarded), to: Cast.user.party, source: .platform, reason: Props.said("as the chain shows"))
        }
        try scene.act(as: .senior, .decideAppeal(.varied, cause: code("OVT-ERR"), reason: Props.said("counted again"), draft))
        if case .approval(let waiting) = try scene.dispute.stage { try scene.act(as: .key, .approve(waiting.ruling.id)) }
        // then only what is missing goes out
        let more = further.map { Instruction.Kind.credit(party: Cast.user.party, amount: Props.amount($0)) }
        #expect(try scene.dispute.instructions.map(\.kind) == first + more)
        try confirmAll(&scene)
        try scene.pass(.days(30))
        #expect(try scene.dispute.isClosed)
    }

    @Test("Compensation owed by the other side is ordered, and never paid by the platform in its place")
    func owedByTheOtherSide() throws {
        var scene = try Stories.inDecision(policy)
        try scene.act(as: .expert, .take)
        var draft = Props.draft("OUT-REL", answering: try scene.dispute)
        draft.compensation = .init(
            amount: Props.amount("5.000000 USDT"), to: Cast.buyer.party, source: .counterparty, reason: Props.said("the bank's fee"))
        try scene.act(as: .expert, .rule(draft))
        if case .approval(let waiting) = try scene.dispute.stage { try scene.act(as: .key, .approve(waiting.ruling.id)) }
        #expect(try scene.dispute.instructions.map(\.kind) == [.release(order: "ORD-1")])
    }

    @Test("A secret offer that has run out does not cross, even while nobody has noticed yet")
    func staleSecret() throws {
        var scene = Scene(policy)
        try scene.act(as: .buyer, Props.escrowed(id: scene.id))
        try scene.act(as: .agent, .take, .admit)
        let (asked, askedOpen) = secret("900.000000 USDT", 1)
        let (given, givenOpen) = secret("1000.000000 USDT", 2)
        try scene.act(as: .buyer, .blindOffer(.init(concealed: asked, opened: askedOpen, counterpart: nil)))
        let first = try #require(try scene.dispute.offers.first)
        scene.oversleep(first.expires - scene.now + .seconds(1))
        try scene.act(as: .seller, .blindOffer(.init(concealed: given, opened: givenOpen, counterpart: (first.id, askedOpen))))
        #expect(try scene.dispute.agreement == nil)
        #expect(!scene.happened("offers-crossed"))
    }

    @Test("A merged case is not reopened beside the one that goes on; the merge is undone instead")
    func reopenedAfterMerge() throws {
        var scene = try Stories.inDecision(policy)
        try scene.act(as: .lead, .merge(into: twin(of: try scene.dispute)))
        #expect(throws: Refusal.alreadyDone("the case was merged into another, which goes on; undo the merge instead")) {
            try copy(scene) { try $0.act(as: .lead, .reopen(reason: "after all")) }
        }
        try scene.act(as: .lead, .unmerge(reason: "another order"))
        #expect(try scene.dispute.phase == .decision)
    }

    @Test("Nothing is decided again while an instruction is on its way") func decidedWhilePaying() throws {
        // given a ruling with two payments, of which the exchange has refused one and not yet answered the other
        var scene = try Stories.inDecision(policy)
        try scene.act(as: .expert, .take)
        let sent = try releaseWithFee(&scene)
        #expect(sent.count == 2)
        try scene.act(as: .exchange, .reportFailure(sent[0].id, reason: "maintenance"))
        // then it is not decided again before the other is answered
        #expect(throws: Refusal.settlementUnderWay) { try copy(scene) { try $0.act(as: .expert, .conclude) } }
        try scene.act(as: .exchange, .confirmSettlement(sent[1].id, receipt: "booking"))
        try scene.act(as: .expert, .conclude)
        #expect(try scene.dispute.phase == .decision)
    }

    @Test("A payment the exchange refused, and the next decision drops, is neither waited for nor tried again") func dropped() throws {
        // given a release with compensation, of which the exchange refused the compensation
        var scene = try Stories.inDecision(policy)
        try scene.act(as: .expert, .take)
        let sent = try releaseWithFee(&scene)
        try scene.act(as: .exchange, .confirmSettlement(sent[0].id, receipt: "booking"), .reportFailure(sent[1].id, reason: "the fund is empty"))
        // when it is decided again without compensation
        try scene.act(as: .expert, .conclude, .rule(Props.draft("OUT-REL", answering: try scene.dispute)))
        // then there is nothing left to carry out
        #expect(try scene.dispute.instructions.count == 2)
        #expect(try scene.dispute.phase == .appealWindow)
        #expect(throws: Refusal.self) { try copy(scene) { try $0.act(as: .key, .retrySettlement) } }
    }

    @Test("Nobody on staff answers in the exchange's place for what the exchange carries out") func answeredByHand() throws {
        var scene = try Stories.inDecision(policy)
        try scene.act(as: .expert, .take, .rule(Props.draft("OUT-REL", answering: try scene.dispute)))
        let instruction = try #require(try scene.dispute.instructions.first)
        #expect(throws: Refusal.exchangeAnswers) { try copy(scene) { try $0.act(as: .key, .reportFailure(instruction.id, reason: "stuck")) } }
        #expect(throws: Refusal.exchangeAnswers) { try copy(scene) { try $0.act(as: .key, .confirmSettlement(instruction.id, receipt: "seen")) } }
        // What a person files with a card scheme a person confirms.
        #expect(Instruction.Kind.represent(reference: "CB-1").isCarriedOutByHand)
    }

    @Test("A case whose settlement is under way is not merged away")
    func mergedWhilePaying() throws {
        var scene = try Stories.inDecision(policy)
        try scene.act(as: .expert, .take, .rule(Props.draft("OUT-REL", answering: try scene.dispute)))
        #expect(try scene.dispute.phase == .execution)
        #expect(throws: Refusal.notNow(act: .merge, step: "The exchange carries the ruling out", phase: .execution)) {
            try scene.act(as: .lead, .merge(into: twin(of: try scene.dispute)))
        }
    }

    @Test("Only the same dispute is merged: open, about the same order, by somebody who is a party there") func mergedApart() throws {
        let scene = try Stories.inDecision(policy)
        func refusal(_ change: (inout CaseCommand.MergeTarget) -> Void) throws -> Refusal? {
            var target = twin(of: try scene.dispute)
            change(&target)
            do { try copy(scene) { try $0.act(as: .lead, .merge(into: target)) } } catch let refusal as Refusal { return refusal }
            return nil
        }
        #expect(try refusal { _ in } == nil)
        #expect(try refusal { $0.isOpen = false } == .notADuplicate("the other case is closed"))
        #expect(try refusal { $0.order = "ORD-2" } == .notADuplicate("the two cases are about different orders"))
        #expect(try refusal { $0.parties = [Cast.stranger.party] } == .notADuplicate("whoever claims here is no party of the other case"))
    }

    @Test("A complaint whose regulator waits is answered, not merged or closed away; an undone withdrawal takes its clock up again")
    func regulatorWaits() throws {
        var scene = Scene(policy)
        try scene.act(as: .user, Props.complaint(regimes: ["CFPB-PORTAL"], id: scene.id))
        try scene.act(as: .complaints, .take)
        #expect(throws: Refusal.regulatorWaits) { try copy(scene) { try $0.act(as: .lead, .merge(into: twin(of: try $0.dispute))) } }
        #expect(throws: Refusal.regulatorWaits) { try copy(scene) { try $0.act(as: .complaints, .close(reason: "old")) } }
        let final = try #require(ClockCode("CFPB-PORTAL.final"))
        let due = try #require(try scene.dispute.clock(final)?.due)
        try scene.act(as: .user, .withdraw)
        #expect(try scene.dispute.clock(final)?.isRunning == false)
        try scene.pass(.days(2))
        try scene.act(as: .complaints, .reopen(reason: "withdrawn by mistake"))
        #expect(try scene.dispute.clock(final)?.isRunning == true)
        #expect(try scene.dispute.clock(final)?.due == due, "it counts from the day the complaint came in")
    }

    /// Another case as it would be if it were the same dispute.
    private func twin(of dispute: Case) -> CaseCommand.MergeTarget {
        var target = CaseCommand.MergeTarget(dispute)
        target.id = CaseID(bits: 99)
        return target
    }

    /// A release, and 5 USDT from the platform for a fee: two instructions on their way.
    private func releaseWithFee(_ scene: inout Scene) throws -> [Instruction] {
        var draft = Props.draft("OUT-REL", answering: try scene.dispute)
        draft.compensation = .init(amount: Props.amount("5.000000 USDT"), to: Cast.buyer.party, source: .platform, reason: Props.said("the fee"))
        try scene.act(as: .expert, .rule(draft))
        return try scene.dispute.instructions
    }

    private func confirmAll(_ scene: inout Scene) throws {
        for instruction in try scene.dispute.instructions {
            guard case .instructed = try scene.dispute.progress[instruction.id] else { continue }
            try scene.act(as: .exchange, .confirmSettlement(instruction.id, receipt: "booking"))
        }
    }

    private func secret(_ text: String, _ salt: UInt8) -> (Concealed, Concealed.Opened) {
        let opened = Concealed.Opened(salt: [UInt8](repeating: salt, count: 16), text: text)
        return (Concealed(commitment: Leaf.commitment(salt: opened.salt, payload: Array(text.utf8)), box: Props.said("sealed")), opened)
    }

    private func code(_ text: String) throws -> OverturnCode { try #require(OverturnCode(text)) }
}
