import Chronicle
import Policies
import TestKit
import Testing

@testable import Disputes

/// A case put out of one person's sight: what it changes, and what brings it back.
@Suite("Put aside")
struct PutAside {
    let policy: Policy
    private let agent = Cast.agent.staff

    init() throws { policy = try DefaultPack.policy() }

    private func aside() throws -> Scene {
        var scene = try Stories.inDecision(policy)
        try scene.act(as: .agent, .take)
        try scene.act(as: .agent, .snooze(until: scene.now + .hours(8)))
        return scene
    }

    @Test("No clock stands still for it")
    func clocks() throws {
        var untouched = try Stories.inDecision(policy)
        try untouched.act(as: .agent, .take)
        let before = try untouched.dispute
        let after = try aside().dispute
        #expect(after.clocks == before.clocks)
        #expect(after.nextDeadline == before.nextDeadline)
        #expect(after.timeline == before.timeline)
        #expect(after.snoozes.count == 1)
    }

    @Test("Whatever anybody but the desk does brings it back; what colleagues do does not")
    func wakes() throws {
        var byParty = try aside()
        try byParty.act(as: .seller, .message(audience: .parties, body: Props.said("here I am", by: .seller), language: Props.english))
        #expect(try byParty.dispute.snoozes.isEmpty)

        var byExchange = try aside()
        try byExchange.act(as: .exchange, Props.exhibit("EV-ORDLOG"))
        #expect(try byExchange.dispute.snoozes.isEmpty)

        var byLead = try aside()
        try byLead.act(as: .lead, .message(audience: .parties, body: Props.said("we are looking at it"), language: Props.english))
        #expect(try byLead.dispute.snoozes[agent] != nil)
        try byLead.act(as: .lead, .message(audience: .staff, body: Props.said("@agent"), language: Props.english), .mention([agent]))
        #expect(try byLead.dispute.snoozes.isEmpty, "being called in is meant for them")

        var byTime = try aside()
        try byTime.pass(.days(30))
        #expect(try byTime.dispute.snoozes.isEmpty, "a deadline that passes is not slept through")
    }

    @Test("A party cannot, nor can it be until the past or for ever; on a closed case there is nothing to put aside")
    func refused() throws {
        var scene = try Stories.inDecision(policy)
        try scene.act(as: .agent, .take)
        let now = scene.now
        #expect(throws: Refusal.notPermitted(act: .note)) { try copy(scene) { try $0.act(as: .seller, .snooze(until: now + .hours(1))) } }
        for until in [now, now - .hours(1), now + .days(91)] {
            #expect(throws: Refusal.snoozeOutOfRange(daysMax: 90)) { try copy(scene) { try $0.act(as: .agent, .snooze(until: until)) } }
        }
        try scene.act(as: .lead, .close(reason: "withdrawn by telephone"))
        #expect(throws: Refusal.self) { try copy(scene) { try $0.act(as: .lead, .snooze(until: now + .hours(1))) } }
    }

    @Test("A mention belongs to a note among staff, and to no message a party could read")
    func mentions() throws {
        var scene = try Stories.inDecision(policy)
        try scene.act(as: .agent, .take)
        #expect(throws: Refusal.self) { try copy(scene) { try $0.act(as: .agent, .mention([Cast.lead.staff])) } }
        #expect(throws: Refusal.self) {
            try copy(scene) {
                try $0.act(as: .agent, .message(audience: .parties, body: Props.said("@lead"), language: Props.english), .mention([Cast.lead.staff]))
            }
        }
    }
}
