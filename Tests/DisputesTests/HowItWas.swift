import Disputes
import Policies
import TestKit
import Testing

@Suite("How it was to be a party")
struct HowItWas {
    private static let scores: [Survey.Question: Survey.Score] = Survey.Score(3).map { [.heard: $0] } ?? [:]

    @Test("It is asked when the case is over, of each party once, and decides nothing")
    func once() throws {
        let policy = try DefaultPack.policy()
        var scene = Scene(policy)
        try scene.act(as: .buyer, Props.escrowed(id: scene.id))
        #expect(throws: Refusal.self) { try scene.act(as: .buyer, .rate(HowItWas.scores, comment: nil)) }
        try scene.act(as: .agent, .take, .admit)
        try scene.act(as: .seller, .answer(disputes: false, statement: nil))
        for instruction in try scene.dispute.instructions { try scene.act(as: .exchange, .confirmSettlement(instruction.id, receipt: "booking 1")) }
        guard case .closed(let closure) = try scene.dispute.stage else {
            Issue.record("a conceded claim that was carried out is closed")
            return
        }
        let before = try scene.dispute
        try scene.act(as: .seller, .rate(HowItWas.scores, comment: Props.said("slow", by: .seller)))
        #expect(throws: Refusal.alreadyDone("answering these questions")) { try scene.act(as: .seller, .rate(HowItWas.scores, comment: nil)) }
        #expect(throws: Refusal.emptyText) { try scene.act(as: .buyer, .rate([:], comment: nil)) }
        #expect(throws: Refusal.self) { try scene.act(as: .agent, .rate(HowItWas.scores, comment: nil)) }
        try scene.act(as: .buyer, .rate(HowItWas.scores, comment: nil))
        let after = try scene.dispute
        #expect(after.ratings.count == 2 && after.ratings.values.allSatisfy { $0.result == .settled })
        #expect(after.stage == .closed(closure) && after.rulings == before.rulings && after.instructions == before.instructions)
    }

    @Test("What came of it is told by whom the pack says the outcome goes against")
    func results() throws {
        let policy = try DefaultPack.policy()
        let scene = try Stories.ruled(policy)
        let dispute = try scene.dispute
        let results = dispute.parties.map { ($0.capacity, dispute.result(for: $0, policy)) }
        // OUT-REL goes against the seller.
        #expect(results.contains { $0 == (.buyer, .favoured) } && results.contains { $0 == (.seller, .against) })
    }
}
