import Timekeeping

/// A workflow as a graph: who can follow whom, and what is certainly or possibly true on arriving.
struct WorkflowGraph {
    let workflow: Workflow
    /// Steps in the order of first being reached from the start, then the unreachable ones by code.
    let order: [StepCode]
    let reachable: Set<StepCode>
    /// Steps from which a terminal step can be reached.
    let ending: Set<StepCode>

    init(_ workflow: Workflow) {
        self.workflow = workflow
        var order: [StepCode] = []
        var seen: Set<StepCode> = []
        var next = [workflow.start]
        while let step = next.first {
            next.removeFirst()
            guard seen.insert(step).inserted, let row = workflow.steps[step] else { continue }
            order.append(step)
            next += row.exits.map(\.to)
        }
        reachable = seen
        self.order = order + workflow.steps.keys.filter { !seen.contains($0) }.sorted()

        var ending = Set(workflow.steps.values.filter(\.isTerminal).map(\.code))
        var grew = true
        while grew {
            let more = workflow.steps.values.filter { step in !ending.contains(step.code) && step.exits.contains { ending.contains($0.to) } }
            grew = !more.isEmpty
            ending.formUnion(more.map(\.code))
        }
        self.ending = ending
    }

    var steps: [Step] { order.compactMap { workflow.steps[$0] } }

    /// The clocks that may be running once each step has been entered: on some path they were started and not ended.
    var runningClocks: [StepCode: Set<ClockCode>] {
        var running: [StepCode: Set<ClockCode>] = [:]
        var arriving: [StepCode: Set<ClockCode>] = [workflow.start: []]
        var work = [workflow.start]
        while let code = work.popLast() {
            guard let step = workflow.steps[code] else { continue }
            var clocks = arriving[code] ?? []
            for action in step.onEntry { clocks.apply(action) }
            guard running[code] != clocks else { continue }
            running[code] = clocks
            for exit in step.exits {
                var passed = clocks
                // A clock that has run out does not run on.
                if case .deadline(let clock) = exit.on { passed.remove(clock) }
                let known = arriving[exit.to]
                if let known, passed.isSubset(of: known) { continue }
                arriving[exit.to] = (known ?? []).union(passed)
                work.append(exit.to)
            }
        }
        return running
    }
}

extension Set<ClockCode> {
    mutating func apply(_ action: EntryAction) {
        switch action {
        case .start(let clock): insert(clock)
        case .stop(let clock), .cancel(let clock): remove(clock)
        case .requestEvidence, .hold, .liftHold, .settle, .send: break
        }
    }
}
