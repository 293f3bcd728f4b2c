import Chronicle
import Disputes
import Policies
import TestKit
import Testing

/// Random walks through every workflow, by the real decider: nobody is ever stuck, and every step the pack draws can be reached.
@Suite("Every way through")
struct EveryWayThrough {
    static let workflows = [
        "account-takeover", "card-chargeback", "claim", "conduct", "deposit-recovery", "legal-order", "merchant-pay", "p2p-live", "p2p-post",
        "privacy-request", "regulated-complaint",
    ]

    /// Steps a pack of other outcomes would use: every outcome about a deposit can be appealed, and where no money moves and no outcome
    /// is grave there is no second key to turn.
    static let unused = ["deposit-recovery": ["final"], "conduct": ["approval"], "legal-order": ["approval"], "privacy-request": ["approval"]]

    @Test("No walk ends where nothing can be done, and together they enter every step", arguments: workflows)
    func walked(name: String) throws {
        let policy = try DefaultPack.policy()
        let code = try #require(WorkflowCode(name))
        let workflow = try #require(policy.workflows[code])
        let reasons = policy.reasons.values.filter { policy.caseTypes[$0.caseType]?.workflow == code }.sorted { $0.code < $1.code }
        var open = ways(of: workflow)
        var walks: UInt64 = 0
        var unseen = Set(workflow.steps.keys.map(\.text)).subtracting([workflow.start.text] + (Self.unused[name] ?? []))
        while walks < 30 || (!unseen.isEmpty && walks < 300) {
            let reason = reasons[Int(walks) % reasons.count]
            // Small, above the four-eyes limit, and above the panel's.
            let amount = ["100.000000 USDT", "8000.000000 USDT", "20000.000000 USDT"][Int(walks / 3) % 3]
            var walker = try Walker(policy, reason, seed: walks &* 7_919, amount: amount)
            let map = WayMap(workflow, open)
            for _ in 0..<60 {
                let before = walker.scene.log.count
                try walker.step(towards: open, map)
                for way in walker.scene.ways(since: before) {
                    open.remove(way)
                    unseen.remove(way.to)
                }
                let dispute = try walker.scene.dispute
                if dispute.isClosed, walker.random.rarely(8) { break }
                guard try dispute.isClosed || walker.canGoOn() else {
                    Issue.record("walk \(walks) of \(reason.code): nothing can be done in “\(dispute.step)”: \(walker.scene.story.suffix(12))")
                    return
                }
            }
            walks += 1
        }
        #expect(unseen.isEmpty, "not entered in \(walks) walks of \(name): \(unseen.sorted())")
    }

    private func ways(of workflow: Workflow) -> Set<Way> {
        var ways: Set<Way> = []
        for step in workflow.steps.values {
            for exit in step.exits { ways.insert(Way(from: step.code.text, on: "\(exit.on)", to: exit.to.text)) }
        }
        return ways
    }
}
