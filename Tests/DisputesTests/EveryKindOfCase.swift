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
            try scene.act(as: .importer, opening(for: reason, in: scene))
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
            try scene.act(as: .exchange, opening(for: reason, in: scene))
            try bringToAnEnd(&scene, reason)
            let dispute = try scene.dispute
            let isClosed = dispute.isClosed
            #expect(isClosed, "\(reason.code) ended in \(dispute.step)")
            let leftover = dispute.nextDeadline
            #expect(leftover == nil, "\(reason.code) left a deadline behind")
        }
    }

    private func opening(for reason: Reason, in scene: Scene) -> CaseCommand {
        let type = policy.caseTypes[reason.caseType]
        let two = type?.sides == .two
        func party(_ who: Cast, _ side: Side, _ capacity: Filer) -> Party {
            Party(
                id: who.party, side: side, capacity: capacity, language: Props.english, jurisdiction: Props.malaysia,
                merchant: side == .other ? .init(tier: "regular", deposit: Props.amount("10000.000000 USDT")) : nil, account: nil)
        }
        let capacity: Filer = reason.filer == .any ? .buyer : reason.filer
        let opposite: Filer = capacity == .buyer || capacity == .payer ? .seller : .buyer
        let parties = [party(.buyer, .filer, capacity)] + (two ? [party(.seller, .other, opposite)] : [])
        let amount = Props.amount("100.000000 USDT")
        let order = OrderSnapshot(
            reference: "ORD-7", amount: amount, rail: RailCode("SEPA-INSTANT"), buyer: Cast.buyer.party, seller: Cast.seller.party,
            escrowHeld: type?.escrowHeld == true)
        return .open(
            .init(
                id: scene.id, type: reason.caseType, claim: Claim(by: Cast.buyer.party, reason: reason.code, statement: Props.said("it went wrong")),
                parties: parties, order: two ? order : nil, amount: amount, value: amount, language: Props.english,
                jurisdiction: reason.caseType.text == "COMPLAINT" ? Props.malaysia : nil,
                scheme: reason.caseType.text == "CARD" ? SchemeCode("visa") : nil, channel: "web"))
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
