import Chronicle
import Disputes
import Policies
import TestKit
import Testing
import Timekeeping

/// Clocks: who may bend them, how far, and whose they are.
@Suite("Promises about time")
struct PromisesAboutTime {
    let policy: Policy

    init() throws { policy = try DefaultPack.policy() }

    @Test("A clock is extended before its time is up, once, and at most by as long again")
    func bounds() throws {
        var scene = try beingInvestigated()
        let window = try #require(ClockCode("evidence-window"))
        let due = try #require(try scene.dispute.clock(window)?.due)
        #expect(throws: Refusal.extensionTooLong(until: due + .hours(24))) {
            try copy(scene) { try $0.act(as: .agent, .extend(window, by: .hours(25), reason: "the bank is closed")) }
        }
        try scene.act(as: .agent, .extend(window, by: .hours(24), reason: "the bank is closed"))
        #expect(throws: Refusal.self) { try copy(scene) { try $0.act(as: .agent, .extend(window, by: .hours(1), reason: "still closed")) } }
        // Afterwards it would only hide that it was not kept.
        let decision = try #require(ClockCode("decision"))
        let decided = try #require(try scene.dispute.clock(decision)?.due)
        scene.oversleep(decided - scene.now + .hours(1))
        #expect(throws: Refusal.windowClosed(at: decided)) { try scene.act(as: .agent, .extend(decision, by: .hours(1), reason: "busy")) }
    }

    @Test("Who has longer to answer keeps staff's own clock waiting as long")
    func pausesMove() throws {
        var scene = try beingInvestigated()
        let (window, decision) = (try #require(ClockCode("evidence-window")), try #require(ClockCode("decision")))
        let before = try #require(try scene.dispute.clock(decision)?.due)
        try scene.act(as: .agent, .extend(window, by: .hours(24), reason: "the bank is closed"))
        #expect(try scene.dispute.clock(decision)?.due == before + .hours(24))
    }

    @Test("Once enough is known nobody waits for the parties: what was asked is let go, and staff's clock runs again")
    func concluding() throws {
        var scene = try beingInvestigated()
        let decision = try #require(ClockCode("decision"))
        let started = try #require(try scene.dispute.clock(decision)?.running.startedAt)
        #expect(try !scene.dispute.openRequests.isEmpty && scene.dispute.clock(decision)?.due != started + .hours(24))
        try scene.pass(.hours(1))
        try scene.act(as: .agent, .conclude)
        let dispute = try scene.dispute
        #expect(dispute.openRequests.isEmpty)
        #expect(dispute.requests.allSatisfy { $0.ending == .waived })
        // The time the parties had it is theirs; from here on it is ours.
        #expect(dispute.clock(decision)?.due == started + .hours(24) + (scene.now - started))
        #expect(dispute.timeline.intervals.last?.holder == .staff)
    }

    @Test("Only who answers to the regulator extends a regulator's clock; an agent and a duty manager do not")
    func legalClocks() throws {
        var scene = Scene(policy)
        try scene.act(as: .user, Props.complaint(regimes: ["CFPB-PORTAL"], id: scene.id))
        let final = try #require(ClockCode("CFPB-PORTAL.final"))
        var taken = scene
        try taken.act(as: .lead, .assign(to: try #require(Cast.complaints.standing)))
        #expect(throws: Refusal.notPermitted(act: .extendLegal)) {
            try copy(scene) { try $0.act(as: .lead, .extend(final, by: nil, reason: "waiting for the bank")) }
        }
        let due = try #require(try scene.dispute.clock(final)?.due)
        try taken.act(as: .complaints, .extend(final, by: nil, reason: "waiting for the bank"))
        let later = try #require(try taken.dispute.clock(final)?.due)
        #expect(later > due)
    }

    @Test("A later stage of a card scheme runs as long as that stage lasts, ours and the network's")
    func stages() throws {
        // given a chargeback that was answered
        var scene = Scene(policy)
        try scene.act(as: .exchange, Props.oneSided("CARD", "CRD-13", id: scene.id, scheme: "visa"))
        try scene.act(as: .expert, .take, .admit, .conclude)
        try scene.act(as: .expert, .rule(Props.draft("OUT-REP", fault: "FLT-BUY", answering: try scene.dispute)))
        let instruction = try #require(try scene.dispute.instructions.last)
        try scene.act(as: .exchange, .confirmSettlement(instruction.id, receipt: "VROL-1"))
        // when the network takes it to arbitration, for which Visa leaves 10 days and we keep 3
        let arbitration = try #require(Code<SchemeStageKind>("arbitration"))
        try scene.act(as: .exchange, .recordScheme(.advanced, stage: arbitration, reference: "VROL-1"))
        let visa = try #require(SchemeCode("visa").flatMap { policy.schemes[$0] })
        let row = try #require(visa.stages.first { $0.code == arbitration })
        #expect((row.networkDays, row.internalLeadDays) == (10, 3))
        for (code, days) in [("card-internal", 7), ("card-network", 10)] {
            let code = try #require(ClockCode(code))
            #expect(try scene.dispute.clock(code)?.running.rule.measure == .calendarDays(days), "\(code)")
        }
    }

    @Test("A chargeback nobody answers by the network's date counts as accepted, by the network's rules and not by ours")
    func unanswered() throws {
        var scene = Scene(policy)
        try scene.act(as: .exchange, Props.oneSided("CARD", "CRD-13", id: scene.id, scheme: "visa"))
        try scene.act(as: .expert, .take, .admit)
        try scene.pass(.days(26))
        #expect(try scene.dispute.phase == .decision, "our own date comes first")
        try scene.pass(.days(6))
        #expect(try scene.dispute.step.text == "lapsed")
        #expect(try scene.dispute.rulings.isEmpty && scene.dispute.instructions.isEmpty)
        try scene.act(as: .exchange, .recordScheme(.lost, stage: nil, reference: "VROL-1"))
        #expect(try scene.dispute.stage == .closed(.init(how: .schemeDecided, at: scene.now)))
    }

    @Test("A promise nobody kept is not counted as kept because the case went on")
    func firstReply() throws {
        var scene = try Stories.inDecision(policy)
        let reply = try #require(ClockCode("first-reply"))
        #expect(try scene.dispute.clock(reply)?.isRunning == true, "nobody has written yet")
        try scene.act(as: .agent, .take)
        try scene.act(as: .agent, .message(audience: .parties, body: Props.said("hello"), language: Props.english))
        #expect(try scene.dispute.clock(reply)?.running.metAt == scene.now)
    }

    @Test("A signed decision is a person's reply; one that waits for its second key is none yet")
    func decisionReplies() throws {
        let reply = try #require(ClockCode("first-reply"))
        var scene = try Stories.inDecision(policy, value: "8000.000000 USDT")
        try scene.act(as: .expert, .take, .rule(Props.draft("OUT-REL", answering: try scene.dispute)))
        #expect(try scene.dispute.clock(reply)?.isRunning == true)
        guard case .approval(let waiting) = try scene.dispute.stage else { throw Refusal.wrongRuling }
        try scene.act(as: .key, .approve(waiting.ruling.id))
        #expect(try scene.dispute.clock(reply)?.running.metAt == scene.now)
        #expect(try scene.dispute.firstHumanReply == scene.now)
    }

    @Test("A rule that names no number has the complaint, but sets no date where another rule does")
    func numberless() throws {
        var scene = Scene(policy)
        try scene.act(as: .importer, Props.complaint(jurisdiction: "DE", id: scene.id))
        let regimes = try scene.dispute.regimes
        let numberless = regimes.filter { policy.regimes[$0]?.final == nil }
        #expect(!numberless.isEmpty && numberless.count < regimes.count, "\(regimes)")
        #expect(try scene.dispute.clocks.allSatisfy { clock in clock.regime.map { policy.regimes[$0]?.final != nil } ?? true })
    }

    private func beingInvestigated() throws -> Scene {
        var scene = Scene(policy)
        try scene.act(as: .buyer, Props.escrowed(id: scene.id))
        try scene.pass(.hours(1))
        try scene.act(as: .agent, .take)
        return scene
    }
}
