import Chronicle
import Disputes
import Policies
import TestKit
import Testing

/// Each rule of who may do what and when, by the attempt to break it.
@Suite("What is refused")
struct WhatIsRefused {
    let policy: Policy

    init() throws { policy = try DefaultPack.policy() }

    @Test("A party reaches only its own cases")
    func strangers() throws {
        let scene = try inDecision()
        #expect(throws: Refusal.notYourCase) { try copy(scene) { try $0.act(as: .stranger, .withdraw) } }
        #expect(throws: Refusal.notYourCase) {
            try copy(scene) { try $0.act(as: .stranger, .message(audience: .parties, body: Props.said("hi"), language: Props.english)) }
        }
    }

    @Test("Nobody says of themselves that they speak for somebody else")
    func representatives() throws {
        var scene = Scene(policy)
        guard case .open(var opening) = Props.escrowed(id: scene.id) else { return }
        opening.parties.append(
            Party(id: Cast.stranger.party, side: .filer, capacity: .user, language: Props.english, represents: Cast.buyer.party))
        #expect(throws: Refusal.partiesMissing("a representative is put on a case by staff, who have seen the power of attorney")) {
            try copy(scene) { try $0.act(as: .buyer, .open(opening)) }
        }
        #expect(throws: Refusal.notYourCase) { try copy(scene) { try $0.act(as: .stranger, .open(opening)) } }
        try scene.act(as: .exchange, .open(opening))
        #expect(try scene.dispute.principal(.filer)?.id == Cast.buyer.party)
    }

    @Test("Nobody on staff works on a case of somebody they know")
    func conflictOfInterest() throws {
        var scene = try inDecision()
        try scene.act(as: .agent, .declareRelation(staff: Cast.agent.staff, nature: "sister of the buyer"))
        #expect(throws: Refusal.conflictOfInterest) { try scene.act(as: .agent, .take) }
    }

    @Test("An agent decides only the case they have taken, and no case has two owners")
    func oneOwner() throws {
        var scene = try inDecision()
        try scene.act(as: .agent, .take)
        let draft = Props.draft("OUT-REL", answering: try scene.dispute)
        #expect(throws: Refusal.notTheOwner(owner: Cast.agent.staff)) { try copy(scene) { try $0.act(as: .agent2, .rule(draft)) } }
        #expect(throws: Refusal.alreadyDone("the case was taken by \(Cast.agent.staff)")) { try copy(scene) { try $0.act(as: .agent2, .take) } }
    }

    @Test("Above their limit an agent cannot rule")
    func authority() throws {
        var scene = try inDecision(value: "40000.000000 USDT")
        try scene.act(as: .agent, .take)
        let draft = Props.draft("OUT-REL", answering: try scene.dispute)
        #expect(throws: Refusal.beyondAuthority(value: Props.amount("40000.000000 USDT"), limit: Props.amount("5000.000000 USDT"))) {
            try scene.act(as: .agent, .rule(draft))
        }
    }

    @Test("A trainee is not given a case")
    func certificate() throws {
        let scene = try inDecision()
        #expect(throws: Refusal.self) { try copy(scene) { try $0.act(as: .trainee, .take) } }
    }

    @Test("A ruling answers every point raised, gives its reasons, and chooses an outcome of the reason")
    func fiveParts() throws {
        var scene = try inDecision()
        try scene.act(as: .seller, .raisePoint(text: Props.said("the name does not match", by: .seller)))
        try scene.act(as: .agent, .take)
        var draft = Props.draft("OUT-REL", answering: try scene.dispute)
        draft.answers.removeLast()
        #expect(throws: Refusal.pointsUnanswered([2])) { try copy(scene) { try $0.act(as: .agent, .rule(draft)) } }
        draft = Props.draft("OUT-REL", answering: try scene.dispute)
        draft.answers.append(.init(point: 9, accepted: true, reason: Props.said("?")))
        #expect(throws: Refusal.answersUnknownPoint(9)) { try copy(scene) { try $0.act(as: .agent, .rule(draft)) } }
        draft = Props.draft("OUT-REL", answering: try scene.dispute)
        draft.fault = .init(code: draft.fault.code, reason: nil)
        #expect(throws: Refusal.reasonMissing(part: "fault")) { try copy(scene) { try $0.act(as: .agent, .rule(draft)) } }
        draft = Props.draft("OUT-CRD", answering: try scene.dispute)
        #expect(throws: Refusal.self) { try copy(scene) { try $0.act(as: .agent, .rule(draft)) } }
    }

    @Test("Deciding differently from like cases needs a reason")
    func precedents() throws {
        var scene = try inDecision()
        try scene.act(as: .agent, .take)
        var draft = Props.draft("OUT-REL", answering: try scene.dispute)
        draft.precedents = [.init(case: CaseID(bits: 9), outcome: try #require(OutcomeCode("OUT-RET")))]
        #expect(throws: Refusal.deviationUnexplained) { try copy(scene) { try $0.act(as: .agent, .rule(draft)) } }
        draft.deviationReason = Props.said("here the payee was displayed")
        try scene.act(as: .agent, .rule(draft))
    }

    @Test("A receipt alone never wins a case")
    func receiptAlone() throws {
        var scene = Scene(policy)
        try scene.act(as: .buyer, Props.escrowed(id: scene.id))
        try scene.act(as: .buyer, Props.exhibit("EV-BRCPT"))
        try scene.pass(.hours(30))
        try scene.act(as: .agent, .take)
        let draft = Props.draft("OUT-REL", answering: try scene.dispute)
        #expect(throws: Refusal.insufficientEvidence(side: .filer)) { try scene.act(as: .agent, .rule(draft)) }
    }

    @Test("Of several penalties only the gravest is imposed, and never one for merchants on a user")
    func highestSinglePenalty() throws {
        var scene = try inDecision()
        try scene.act(as: .agent, .take)
        var draft = Props.draft("OUT-REL", answering: try scene.dispute)
        draft.penaltiesApplying = try ["PEN-WRN", "PEN-FAKE", "PEN-NREL"].map { try #require(PenaltyCode($0)) }
        draft.penaltyReason = Props.said("forged")
        #expect(throws: Refusal.penaltyWithoutParty) { try copy(scene) { try $0.act(as: .agent, .rule(draft)) } }
        draft.penaltyAgainst = Cast.seller.party
        try copy(scene) { scene in
            try scene.act(as: .agent, .rule(draft))
            #expect(try scene.dispute.currentRuling?.ruling.penalty.code?.text == "PEN-FAKE")
            #expect(try scene.dispute.currentRuling?.ruling.penalty.offence == 1)
        }
        draft.penaltiesApplying = [try #require(PenaltyCode("PEN-MER"))]
        #expect(throws: Refusal.self) { try copy(scene) { try $0.act(as: .agent, .rule(draft)) } }
    }

    @Test("A split gives away exactly what is in escrow", arguments: [("700.000000", "400.000000"), ("1200.000001", "0.000000"), ("-1.000000", "1201.000000")])
    func split(toBuyer: String, toSeller: String) throws {
        var scene = Scene(policy)
        try scene.act(as: .buyer, Props.escrowed(id: scene.id))
        try scene.pass(.hours(1))
        let terms = Terms(toBuyer: Props.amount("\(toBuyer) USDT"), toSeller: Props.amount("\(toSeller) USDT"))
        #expect(throws: Refusal.splitDoesNotAdd(total: Props.amount("1200.000000 USDT"))) { try scene.act(as: .seller, .offer(terms)) }
    }

    @Test("Blind offers reveal nothing until they cross, and then only the midpoint")
    func blindOffers() throws {
        var scene = Scene(policy)
        try scene.act(as: .buyer, Props.escrowed(id: scene.id))
        try scene.pass(.hours(1))
        func blind(_ text: String, salt: UInt8) -> (Concealed, Concealed.Opened) {
            let opened = Concealed.Opened(salt: Array(repeating: salt, count: 16), text: text)
            return (Concealed(commitment: Leaf.commitment(salt: opened.salt, payload: Array(text.utf8)), box: Props.said("sealed")), opened)
        }
        let (asked, askedOpen) = blind("900.000000 USDT", salt: 1)
        try scene.act(as: .buyer, .blindOffer(.init(concealed: asked, opened: askedOpen, counterpart: nil)))
        let first = try #require(try scene.dispute.offers.last)
        #expect(first.terms == nil)
        // A seller who would give less than is asked learns nothing.
        let (low, lowOpen) = blind("500.000000 USDT", salt: 2)
        try scene.act(as: .seller, .blindOffer(.init(concealed: low, opened: lowOpen, counterpart: (first.id, askedOpen))))
        #expect(try scene.dispute.agreement == nil)
        #expect(!scene.happened("offers-crossed"))
        // The shell cannot lie about what was committed to.
        let (high, highOpen) = blind("1000.000000 USDT", salt: 3)
        let lie = Concealed.Opened(salt: askedOpen.salt, text: "1.000000 USDT")
        #expect(throws: Refusal.concealmentBroken) {
            try copy(scene) { try $0.act(as: .seller, .blindOffer(.init(concealed: high, opened: highOpen, counterpart: (first.id, lie)))) }
        }
        try scene.act(as: .seller, .blindOffer(.init(concealed: high, opened: highOpen, counterpart: (first.id, askedOpen))))
        #expect(try scene.dispute.agreement == Terms(toBuyer: Props.amount("950.000000 USDT"), toSeller: Props.amount("250.000000 USDT")))
    }

    @Test("Coins leave the seller's escrow only on proof; that they stay needs none", arguments: ["OUT-REL", "OUT-RET"])
    func nothingOnFile(outcome: String) throws {
        // given a case about which nobody has shown anything
        var scene = Scene(policy)
        try scene.act(as: .buyer, Props.escrowed(id: scene.id))
        try scene.act(as: .agent, .take, .admit)
        try scene.act(as: .buyer, .callStaff)
        try scene.act(as: .agent, .conclude)
        let draft = Props.draft(outcome, fault: "FLT-UNK", answering: try scene.dispute)
        if outcome == "OUT-REL" {
            #expect(throws: Refusal.insufficientEvidence(side: .filer)) { try scene.act(as: .agent, .rule(draft)) }
        } else {
            try scene.act(as: .agent, .rule(draft))
        }
    }

    @Test("A buyer's silence returns a late or wrongly sent payment's coins only when the refund is proven")
    func refundProven() throws {
        var scene = Scene(policy)
        try scene.act(as: .seller, Props.escrowed("P2P-S11", by: .seller, id: scene.id))
        try scene.pass(.hours(1))
        try scene.act(as: .agent, .take)
        try scene.act(as: .agent, .giveNotice(to: Cast.buyer.party))
        try scene.pass(.hours(3))
        try scene.act(as: .agent, .giveNotice(to: Cast.buyer.party))
        try scene.pass(.hours(24))
        let draft = Props.draft("OUT-RET", fault: "FLT-BUY", answering: try scene.dispute)
        #expect(throws: Refusal.insufficientEvidence(side: .filer)) { try copy(scene) { try $0.act(as: .agent, .ruleByDefault(against: .other, draft)) } }
        try scene.act(as: .seller, Props.exhibit("EV-BSTMT", "the refund"))
        try scene.act(as: .agent, .ruleByDefault(against: .other, draft))
    }

    @Test("What was on file before it was asked for again answers nothing")
    func askedAgain() throws {
        var scene = try inDecision()
        try scene.act(as: .agent, .take)
        let type = try #require(EvidenceCode("EV-VIDEO"))
        try scene.act(as: .agent, .requestEvidence(of: Cast.seller.party, types: [type]))
        let request = try #require(try scene.dispute.openRequests.first)
        try scene.act(as: .seller, Props.exhibit("EV-AFFID", "something else"))
        #expect(try scene.dispute.openRequests.first == request)
        try scene.act(as: .seller, Props.exhibit("EV-VIDEO", "the list, refreshed"))
        #expect(try scene.dispute.openRequests.isEmpty)
    }

    @Test("A claim is not withdrawn under a counterclaim, and no point is raised against a ruling that waits")
    func frozen() throws {
        var scene = try inDecision(value: "40000.000000 USDT")
        var countered = Scene(policy)
        try countered.act(as: .buyer, Props.escrowed(id: countered.id))
        try countered.act(as: .agent, .take, .admit)
        let reason = try #require(ReasonCode("P2P-S01"))
        try countered.act(as: .seller, .counterclaim(Claim(by: Cast.seller.party, reason: reason, statement: Props.said("nothing came", by: .seller))))
        #expect(throws: Refusal.counterclaimStands) { try copy(countered) { try $0.act(as: .buyer, .withdraw) } }
        try scene.act(as: .expert, .take, .rule(Props.draft("OUT-REL", answering: try scene.dispute)))
        #expect(throws: Refusal.notNow(act: .message, step: "A second key is needed", phase: .approval)) {
            try copy(scene) { try $0.act(as: .seller, .raisePoint(text: Props.said("and another thing", by: .seller))) }
        }
        // Withdrawn before the second key turned, the ruling was never one, and nobody reads it.
        try scene.act(as: .buyer, .withdraw)
        #expect(try scene.dispute.announcedRuling == nil)
        #expect(try scene.dispute.currentRuling == nil)
    }

    @Test("Evidence of one kind is asked of one party only so often")
    func askedTooOften() throws {
        var scene = try inDecision()
        try scene.act(as: .agent, .take)
        let type = try #require(EvidenceCode("EV-BSTMT"))
        for _ in 0..<policy.limits.evidenceRequestsPerTypeMax { try scene.act(as: .agent, .requestEvidence(of: Cast.seller.party, types: [type])) }
        #expect(throws: Refusal.self) { try scene.act(as: .agent, .requestEvidence(of: Cast.seller.party, types: [type])) }
    }

    @Test("A legal hold stops rulings and agreements until it is lifted")
    func legalHold() throws {
        var scene = try inDecision()
        try scene.act(as: .agent, .take)
        try scene.act(as: .compliance, .placeLegalHold(authority: "High Court", reference: nil))
        #expect(throws: Refusal.self) { try copy(scene) { try $0.act(as: .agent, .rule(Props.draft("OUT-REL", answering: try $0.dispute))) } }
        try scene.act(as: .compliance, .liftLegalHold)
        #expect(try scene.dispute.phase == .decision, "everything asked for is on file already")
    }

    @Test("A case judged by one pack is not decided by another without moving")
    func pinnedPack() throws {
        let scene = try inDecision()
        let other = try #require(
            PolicyLoader.load(
                DefaultPack.files.map { file in
                    file.path == "pack.yaml" ? PackFile(path: file.path, bytes: file.bytes + Array("\n# another edition\n".utf8)) : file
                }
            ).policy)
        #expect(other.hash != policy.hash)
        let context = DecisionContext(now: scene.now, policy: other, actor: Cast.buyer.actor, ids: IDSupply(at: scene.now, randomness: 1))
        var file = CaseFile()
        file.apply(contentsOf: scene.log)
        #expect(throws: Refusal.wrongPack(pinned: policy.hash, offered: other.hash)) {
            try DisputeDecider.decide([.message(audience: .parties, body: Props.said("hi"), language: Props.english)], file, context)
        }
    }

    /// An escrow case with good evidence from both sides, waiting for a ruling.
    private func inDecision(value: String = "1200.000000 USDT") throws -> Scene {
        var scene = Scene(policy)
        try scene.act(as: .buyer, Props.escrowed(amount: value, id: scene.id))
        try scene.act(as: .buyer, Props.exhibit("EV-VIDEO", "video"), Props.exhibit("EV-BRCPT", "receipt"))
        try scene.pass(.hours(1))
        try scene.act(as: .seller, Props.exhibit("EV-VIDEO", "no receipt"))
        return scene
    }
}

@Suite("How much may be put on file")
struct HowMuchMayBePutOnFile {
    @Test("What parties and what systems put on file is counted apart, and both are counted")
    func apart() throws {
        let policy = try DefaultPack.policy()
        var scene = Scene(policy)
        try scene.act(as: .buyer, Props.escrowed(id: scene.id))
        let most = policy.limits.exhibitsPerPartyMax
        // given a system that has put on file all it may
        for number in 0..<most { try scene.act(as: .exchange, Props.exhibit("EV-VIDEO", "system \(number)")) }
        // then it may no more, and the party may all the same
        let refusal = Refusal.tooMany(what: "exhibits a side", max: most)
        #expect(throws: refusal) { try scene.act(as: .exchange, Props.exhibit("EV-VIDEO", "one more")) }
        for number in 0..<most { try scene.act(as: .buyer, Props.exhibit("EV-VIDEO", "party \(number)")) }
        #expect(throws: refusal) { try scene.act(as: .buyer, Props.exhibit("EV-VIDEO", "one more")) }
    }
}
