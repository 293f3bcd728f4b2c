import Chronicle
import Disputes
import Policies
import TestKit
import Testing

@Suite("Every kind of case")
struct EveryKindOfCase {
    let policy: Policy

    init() throws { policy = try DefaultPack.policy() }

    @Test("All 18 case types and 71 reasons of the pack can be filed by whom they are for")
    func everyReason() throws {
        #expect(policy.caseTypes.count == 18)
        #expect(policy.reasons.count == 71)
        for (number, reason) in policy.reasons.values.sorted(by: { $0.code < $1.code }).enumerated() {
            var scene = Scene(policy, case: UInt128(number + 1))
            try scene.act(as: .importer, Props.opening(of: reason, policy, id: scene.id))
            let dispute = try scene.dispute
            #expect(dispute.reason == reason.code)
            #expect(dispute.tier == reason.tier)
            #expect(!dispute.isClosed)
        }
    }

    @Test("Each reason's case can be brought to an end by a ruling or a response, whatever its workflow")
    func everyReasonEnds() throws {
        for (number, reason) in policy.reasons.values.sorted(by: { $0.code < $1.code }).enumerated() {
            var scene = Scene(policy, case: UInt128(number + 1))
            // A live opening, so that entry actions run.
            try scene.act(as: .exchange, Props.opening(of: reason, policy, id: scene.id))
            try bringToAnEnd(&scene, reason)
            let dispute = try scene.dispute
            let isClosed = dispute.isClosed
            #expect(isClosed, "\(reason.code) ended in \(dispute.step)")
            let leftover = dispute.nextDeadline
            #expect(leftover == nil, "\(reason.code) left a deadline behind")
        }
    }

    /// Plays the roles a case of this reason needs until it is closed: take, admit, conclude, rule, confirm, let windows pass.
    private func bringToAnEnd(_ scene: inout Scene, _ reason: Reason) throws {
        for _ in 0..<40 {
            guard !(try scene.dispute.isClosed) else { return }
            guard try step(&scene, reason) else {
                Issue.record("\(reason.code): nothing can be done in step \(try scene.dispute.step)")
                return
            }
        }
    }

    private func step(_ scene: inout Scene, _ reason: Reason) throws -> Bool {
        let dispute = try scene.dispute
        guard let step = policy.workflows[dispute.workflow]?.steps[dispute.step] else { return false }
        let who: Cast =
            step.phase == .approval
            ? .key : dispute.type.text == "COMPLAINT" || dispute.type.text == "PRIVACY" ? .complaints : dispute.type.text == "LEGAL" ? .compliance : .expert
        if dispute.hold == .requested { try scene.act(as: .exchange, .confirmHold(receipt: "booking 1")) }
        for instruction in dispute.instructions where dispute.progress[instruction.id] == .instructed {
            try scene.act(as: .exchange, .confirmSettlement(instruction.id, receipt: "booking 2"))
            return true
        }
        if dispute.owner == nil, step.phase != .approval, try attempt(&scene, who, .take) { return true }
        if step.acts.contains(.rule), dispute.exhibits.isEmpty {
            try scene.act(as: .exchange, Props.exhibit("EV-ORDLOG"))
            return true
        }
        if step.acts.contains(.rule) {
            for outcome in reason.outcomes {
                let terms = dispute.order.map { Terms(toBuyer: $0.amount, toSeller: .zero(of: $0.amount.asset)) }
                if try attempt(&scene, who, .rule(Props.draft(outcome.text, fault: "FLT-NONE", terms: terms, answering: dispute))) { return true }
            }
        }
        if case .approval(let waiting) = dispute.stage, try attempt(&scene, .key, .approve(waiting.ruling.id)) { return true }
        let response = CaseCommand.respond(.final, outcome: nil, body: Props.said("our answer"), sourceCategory: nil, timely: nil)
        for command in [CaseCommand.admit, .conclude] where step.acts.contains(command.act) {
            if try attempt(&scene, who, command) { return true }
        }
        if step.exits.contains(where: { $0.on == .responded }), try attempt(&scene, who, response) { return true }
        if step.exits.contains(where: { $0.on == .schemeWon }),
            try attempt(&scene, .exchange, .recordScheme(.won, stage: nil, reference: "visa-1"))
        {
            return true
        }
        if dispute.legalHold, try attempt(&scene, .compliance, .liftLegalHold) { return true }
        if step.phase == .referred, try attempt(&scene, .lead, .close(reason: "the order has ended")) { return true }
        guard let next = dispute.nextDeadline else { return false }
        try scene.pass(next.due - scene.now)
        return true
    }

    private func attempt(_ scene: inout Scene, _ who: Cast, _ command: CaseCommand) throws -> Bool {
        let before = scene.log.count
        do { try scene.act(as: who, command) } catch is Refusal { return false }
        return scene.log.count > before
    }
}
