import Chronicle
import Timekeeping

extension PackCheck {
    /// Every step can be reached, left and finished; what is closed is only left by being reopened.
    func checkPaths(_ graph: WorkflowGraph) {
        let workflow = graph.workflow
        for step in graph.steps {
            let place = place(of: step.code, in: workflow.code)
            if !graph.reachable.contains(step.code) {
                log.error(.unreachableStep, at: place, "no way leads from “\(workflow.start)” to the step “\(step.code)”")
            } else if step.isTerminal {
                for (index, exit) in step.exits.enumerated() where exit.on != .reopened {
                    log.error(
                        .terminalLeft, at: reading.place("workflow \(workflow.code) step \(step.code) exit \(index)"),
                        "the closed step “\(step.code)” is left on “\(exit.on)”", hint: "a closed case is only left on “reopened”")
                }
            } else if step.exits.isEmpty {
                log.error(.deadEnd, at: place, "the step “\(step.code)” is not closed and has no way out")
            } else if !graph.ending.contains(step.code) {
                log.error(.cannotEnd, at: place, "from the step “\(step.code)” no closed step can be reached")
            }
        }
    }

    /// A deadline can only pass on a clock that may run.
    func checkRunningClocks(_ graph: WorkflowGraph) {
        let running = graph.runningClocks
        let workflow = graph.workflow
        for step in graph.steps where graph.reachable.contains(step.code) {
            let clocks = running[step.code] ?? []
            for (index, exit) in step.exits.enumerated() {
                guard case .deadline(let clock) = exit.on, !clocks.contains(clock) else { continue }
                log.error(
                    .clockNotRunning, at: reading.place("workflow \(workflow.code) step \(step.code) exit \(index)"),
                    "the clock “\(clock)” never runs in the step “\(step.code)”", hint: "start it on entering this step or an earlier one")
            }
            for (index, action) in step.onEntry.enumerated() {
                guard case .requestEvidence(let clock) = action else { continue }
                var begun = false
                for earlier in step.onEntry[..<index] where earlier == .start(clock) { begun = true }
                if !begun {
                    log.error(
                        .clockNotRunning, at: reading.place("workflow \(workflow.code) step \(step.code) entry \(index)"),
                        "evidence is asked for by “\(clock)”, which this step does not start before", hint: "write “start \(clock)” above")
                }
            }
        }
    }

    /// A trigger that only an act can pull needs the act in the step.
    func checkActs(of workflow: Workflow) {
        for step in workflow.steps.values.sorted(by: { $0.code < $1.code }) {
            for (index, exit) in step.exits.enumerated() {
                let acts = exit.on.acts
                guard !acts.isEmpty, step.acts.isDisjoint(with: acts) else { continue }
                let named = acts.map { "“\($0.rawValue)”" }.joined(separator: " or ")
                log.error(
                    .actMissing, at: reading.place("workflow \(workflow.code) step \(step.code) exit \(index)"),
                    "the step “\(step.code)” is left on “\(exit.on)” but does not allow \(named)")
            }
        }
    }

    /// Until money moves, a party may withdraw; and where coins are held, moving them ends the case: no ghost disputes.
    func checkWaysOut(of workflow: Workflow) {
        let types = caseTypes(of: workflow.code)
        guard types.contains(where: { $0.sides == .two }) else { return }
        let escrow = types.contains(where: \.escrowHeld)
        for step in workflow.steps.values.sorted(by: { $0.code < $1.code }) {
            switch step.phase {
            case .intake, .negotiation, .investigation, .decision, .approval: break
            case .execution, .appealWindow, .appeal, .referred, .closed: continue
            }
            let needed: [Trigger] = escrow ? [.withdrawn, .escrowMoved] : [.withdrawn]
            for trigger in needed where !step.exits.contains(where: { $0.on == trigger }) {
                log.error(.cannotBeLeft, at: place(of: step.code, in: workflow.code), "the step “\(step.code)” cannot be left on “\(trigger)”")
            }
        }
    }
}

extension Trigger {
    /// The acts of which one must be possible for this to happen; none where time, evidence or an act possible everywhere does it.
    var acts: [Act] {
        switch self {
        case .admitted: [.admit]
        case .refused: [.refuse]
        case .withdrawn: [.withdraw]
        case .answered, .conceded: [.answer]
        case .offerAccepted: [.acceptOffer]
        case .staffCalled: [.callStaff]
        case .concluded: [.conclude]
        case .ruled: [.rule, .ruleByDefault]
        case .approved: [.approve]
        case .returned: [.returnRuling]
        case .settlementConfirmed: [.confirm]
        case .settlementFailed: [.reportFailure]
        case .appealFiled: [.appeal]
        case .appealUpheld, .appealChanged, .appealEscalated: [.decideAppeal]
        case .escrowMoved: [.escrowMoved]
        case .schemeWon, .schemeLost, .schemeAdvanced: [.recordScheme]
        case .reopened: [.reopen]
        case .closedByStaff: [.close]
        case .deadline, .evidenceSettled, .responded, .legalHoldPlaced, .legalHoldLifted: []
        }
    }
}
