import Policies
import Testing

/// A way through a workflow: triggers, the facts they meet, and where the case must be afterwards.
struct Way: Sendable, CustomTestStringConvertible {
    let name: String
    let workflow: String
    let moves: [(on: String, facts: [Fact: String], to: String)]
    init(_ name: String, _ workflow: String, _ moves: [(on: String, facts: [Fact: String], to: String)]) {
        (self.name, self.workflow, self.moves) = (name, workflow, moves)
    }
    var testDescription: String { "\(workflow): \(name)" }
}

@Suite struct WorkflowPathTests {
    static let ways: [Way] = [
        Way(
            "the parties agree", "p2p-live", [("admitted", [:], "negotiation"), ("offer-accepted", [:], "settling"), ("settlement-confirmed", [:], "settled")]),
        Way(
            "the other side concedes", "p2p-live", [("admitted", [:], "negotiation"), ("conceded", [:], "settling"), ("settlement-confirmed", [:], "settled")]),
        Way(
            "ruled below four eyes, not appealed", "p2p-live",
            [
                ("admitted", [:], "negotiation"), ("deadline negotiation", [:], "investigation"), ("evidence-settled", [:], "decision"),
                ("ruled", [.secondKey: "free", .money: "moves"], "execution"), ("settlement-confirmed", [.appealable: "yes"], "appeal-window"),
                ("deadline appeal-window", [:], "closed"), ("reopened", [:], "investigation"),
            ]),
        Way(
            "ruled above four eyes, changed on appeal", "p2p-live",
            [
                ("admitted", [:], "negotiation"), ("staff-called", [:], "investigation"), ("deadline evidence-window", [:], "decision"),
                ("ruled", [.secondKey: "needed", .money: "moves"], "approval"), ("approved", [.money: "moves"], "execution"),
                ("settlement-confirmed", [.appealable: "yes", .appealLevel: "none"], "appeal-window"), ("appeal-filed", [.appealLevel: "L2"], "appeal"),
                ("appeal-changed", [.secondKey: "needed", .money: "moves", .appealLevel: "L2"], "approval"),
                ("approved", [.money: "moves", .appealLevel: "L2"], "execution"),
                ("settlement-confirmed", [.appealLevel: "L2", .appealable: "yes"], "appeal-window"), ("appeal-filed", [.appealLevel: "L3"], "panel"),
                ("appeal-changed", [.money: "moves", .secondKey: "free", .appealLevel: "L3"], "execution"),
                ("settlement-confirmed", [.appealLevel: "L3", .appealable: "yes"], "closed-after-appeal"),
            ]),
        Way(
            "a novel case goes to the panel", "p2p-live",
            [
                ("admitted", [:], "negotiation"), ("answered", [:], "investigation"), ("concluded", [:], "decision"),
                ("ruled", [.secondKey: "free", .money: "stays", .appealable: "yes"], "appeal-window"), ("appeal-filed", [.appealLevel: "L2"], "appeal"),
                ("appeal-upheld", [.appealLevel: "L2", .novel: "yes"], "appeal-window"), ("appeal-filed", [.appealLevel: "L3"], "panel"),
                ("appeal-upheld", [.appealLevel: "L3"], "closed-after-appeal"),
            ]),
        Way(
            "a ruling that cannot be appealed", "p2p-live",
            [
                ("admitted", [:], "negotiation"), ("staff-called", [:], "investigation"), ("concluded", [:], "decision"),
                ("ruled", [.secondKey: "free", .money: "stays", .appealable: "no"], "final"),
            ]),
        Way(
            "the exchange refuses and staff decide again", "p2p-live",
            [
                ("deadline negotiation", [:], "investigation"), ("concluded", [:], "decision"), ("ruled", [.secondKey: "free", .money: "moves"], "execution"),
                ("settlement-failed", [:], "execution-failed"), ("concluded", [.appealLevel: "none"], "decision"),
            ]),
        Way(
            "a legal hold interrupts", "p2p-live",
            [
                ("admitted", [:], "negotiation"), ("legal-hold-placed", [:], "referred"), ("legal-hold-lifted", [:], "investigation"),
            ]),
        Way(
            "an account is taken over", "account-takeover",
            [
                ("admitted", [:], "notifying"), ("responded", [:], "investigation"), ("responded", [:], "examination"), ("concluded", [:], "decision"),
                ("ruled", [.secondKey: "free", .money: "moves"], "execution"),
            ]),
        Way(
            "a chargeback is represented, advances and is won", "card-chargeback",
            [
                ("admitted", [:], "investigation"), ("deadline card-internal", [:], "decision"), ("ruled", [.secondKey: "free", .money: "moves"], "execution"),
                ("settlement-confirmed", [:], "with-scheme"), ("scheme-advanced", [:], "investigation"), ("concluded", [:], "decision"),
                ("ruled", [.secondKey: "free", .money: "moves"], "execution"), ("settlement-confirmed", [:], "with-scheme"), ("scheme-won", [:], "final"),
            ]),
        Way(
            "a complaint is redressed and answered", "regulated-complaint",
            [
                ("admitted", [:], "investigation"), ("concluded", [:], "decision"), ("ruled", [.secondKey: "free", .money: "moves"], "execution"),
                ("settlement-confirmed", [:], "answering"), ("responded", [:], "final"),
            ]),
        Way(
            "an order is obeyed", "legal-order",
            [
                ("admitted", [:], "investigation"), ("concluded", [:], "decision"), ("ruled", [.secondKey: "free"], "answering"),
                ("responded", [.keepsHold: "yes"], "under-order"),
                ("legal-hold-lifted", [:], "closed"),
            ]),
    ]

    @Test("The way leads where the desk expects", arguments: ways)
    func leads(_ way: Way) throws {
        let policy = try DefaultPack.policy()
        let workflow = try #require(WorkflowCode(way.workflow).flatMap { policy.workflows[$0] })
        var step = try #require(workflow.steps[workflow.start])
        for move in way.moves {
            let trigger = try #require(Trigger(move.on))
            let open = step.exits.filter { exit in exit.on == trigger && exit.when.allSatisfy { $0.holds(in: Facts(move.facts)) } }
            #expect(open.map(\.to.text) == [move.to], "\(step.code) on \(move.on)")
            step = try #require(open.first.flatMap { workflow.steps[$0.to] })
        }
    }

    @Test("Until money moves, a two-sided case ends when its filer withdraws")
    func withdrawal() throws {
        let policy = try DefaultPack.policy()
        for type in policy.caseTypes.values where type.sides == .two {
            let workflow = try #require(policy.workflows[type.workflow])
            for step in workflow.steps.values where [.intake, .negotiation, .investigation, .decision, .approval].contains(step.phase) {
                #expect(step.exits.contains { $0.on == .withdrawn && $0.to.text == "closed" }, "\(type.code) \(step.code)")
                #expect(step.acts.contains(.withdraw))
                if type.escrowHeld { #expect(step.exits.contains { $0.on == .escrowMoved }, "\(type.code) \(step.code)") }
            }
        }
    }

    @Test("A duplicate that is merged ends in the plain closed step: by name it is the first of the last steps")
    func plainEnd() throws {
        for workflow in try DefaultPack.policy().workflows.values {
            #expect(workflow.steps.values.filter(\.isTerminal).map(\.code).min()?.text == "closed", "\(workflow.code)")
        }
    }
}
