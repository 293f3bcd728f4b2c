import Chronicle
import Timekeeping

/// One workflow to a file.
extension PackReading {
    func workflow(_ node: PackNode) -> Workflow? {
        guard let row = Row(node, self) else { return nil }
        defer { row.finish() }
        let codeNode = row.node("workflow")
        let code: WorkflowCode? = codeNode.flatMap { node in text(node).flatMap { self.code($0, at: node.place) } }
        if let code, let codeNode { define(code, at: codeNode.place) }
        let title = row.text("title")
        let start = row.node("start").flatMap(stepName)
        let everywhere = row.optionalList("everywhere").compactMap(sharedExit)
        var steps: [StepCode: Step] = [:]
        for entry in row.entries("steps") {
            guard let step = self.code(entry.key, at: entry.keyPlace) as StepCode?, let stepRow = Row(entry.value, self), let code else { continue }
            mark("workflow \(code) step \(step)", entry.keyPlace)
            let read = self.step(step, of: code, stepRow, shared: everywhere.filter { $0.steps.contains { $0.name == step } })
            stepRow.finish()
            if let read { steps[step] = read }
        }
        guard let code, let title, let start else { return nil }
        let known = Set(row.entries("steps").map(\.key))
        func require(_ name: StepCode, at place: PackPlace) {
            guard !known.contains(name.text) else { return }
            log.error(.unknownStep, at: place, "the workflow \(code) has no step “\(name)”", hint: didYouMean(name.text, among: known))
        }
        require(start.name, at: start.place)
        for shared in everywhere {
            require(shared.to.name, at: shared.to.place)
            for step in shared.steps { require(step.name, at: step.place) }
        }
        for step in steps.values {
            for (index, exit) in step.exits.enumerated() { require(exit.to, at: place("workflow \(code) step \(step.code) exit \(index) to")) }
        }
        return Workflow(code: code, title: title, start: start.name, steps: steps)
    }

    private typealias NamedStep = (name: StepCode, place: PackPlace)

    private func stepName(_ node: PackNode) -> NamedStep? {
        guard let text = text(node), let name: StepCode = code(text, at: node.place) else { return nil }
        return (name, node.place)
    }

    /// A way out written once for several steps, with the acts that open it.
    private struct SharedExit {
        let on: Trigger
        let when: [Condition]
        let to: NamedStep
        let acts: [Act]
        let steps: [NamedStep]
        let place: PackPlace
    }

    private func sharedExit(_ node: PackNode) -> SharedExit? {
        guard let row = Row(node, self) else { return nil }
        let on = row.node("on").flatMap(trigger)
        let when = row.optionalNode("when").map(conditions) ?? []
        let to = row.node("to").flatMap(stepName)
        let acts = row.optionalList("acts").compactMap { choice($0, Act.self) }
        let steps = row.list("steps").compactMap(stepName)
        row.finish()
        guard let on, let to else { return nil }
        return SharedExit(on: on, when: when, to: to, acts: acts, steps: steps, place: node.place)
    }

    private func step(_ code: StepCode, of workflow: WorkflowCode, _ row: Row, shared: [SharedExit]) -> Step? {
        let name = "workflow \(workflow) step \(code)"
        let phase = row.choice("phase", Phase.self)
        let title = row.text("title")
        let holder = row.choice("holder", Holder.self)
        var entry: [EntryAction] = []
        for node in row.optionalList("entry") {
            guard let action = entryAction(node) else { continue }
            mark("\(name) entry \(entry.count)", node.place)
            entry.append(action)
        }
        var acts: Set<Act> = []
        for node in row.optionalList("acts") {
            guard let act = choice(node, Act.self) else { continue }
            if !acts.insert(act).inserted { log.error(.duplicateRow, at: node.place, "“\(act.rawValue)” is listed twice") }
        }
        var exits: [Exit] = []
        for node in row.optionalList("exits") {
            guard let exitRow = Row(node, self) else { continue }
            let on = exitRow.node("on").flatMap(trigger)
            let when = exitRow.optionalNode("when").map(conditions) ?? []
            let to = exitRow.node("to").flatMap(stepName)
            exitRow.finish()
            guard let on, let to else { continue }
            mark("\(name) exit \(exits.count)", node.place)
            mark("\(name) exit \(exits.count) to", to.place)
            exits.append(Exit(on: on, when: when, to: to.name))
        }
        for exit in shared {
            mark("\(name) exit \(exits.count)", exit.place)
            mark("\(name) exit \(exits.count) to", exit.to.place)
            exits.append(Exit(on: exit.on, when: exit.when, to: exit.to.name))
            acts.formUnion(exit.acts)
        }
        guard let phase, let title, let holder else { return nil }
        return Step(code: code, phase: phase, title: title, holder: holder, onEntry: entry, acts: acts, exits: exits)
    }

    /// `ruled`, `deadline evidence-window`.
    private func trigger(_ node: PackNode) -> Trigger? {
        guard let text = text(node) else { return nil }
        guard let trigger = Trigger(text) else {
            log.error(.badValue, at: node.place, "“\(text)” is not a trigger", hint: didYouMean(text, among: Trigger.names + ["deadline …"]))
            return nil
        }
        if case .deadline(let clock) = trigger { refer(ClockKind.noun, clock.text, at: node.place) }
        return trigger
    }

    /// `start decision`, `request-evidence by evidence-window`, `send decision to parties`, `hold`, …
    private func entryAction(_ node: PackNode) -> EntryAction? {
        guard let text = text(node) else { return nil }
        let words = text.split(separator: " ").map(String.init)
        func clock(_ word: String) -> ClockCode? {
            let code: ClockCode? = self.code(word, at: node.place)
            if code != nil { refer(ClockKind.noun, word, at: node.place) }
            return code
        }
        switch (words.first, words.count) {
        case ("start", 2): return clock(words[1]).map { .start($0) }
        case ("stop", 2): return clock(words[1]).map { .stop($0) }
        case ("cancel", 2): return clock(words[1]).map { .cancel($0) }
        case ("request-evidence", 3) where words[1] == "by": return clock(words[2]).map { .requestEvidence(by: $0) }
        case ("hold", 1): return .hold
        case ("lift-hold", 1): return .liftHold
        case ("settle", 1): return .settle
        case ("send", 4) where words[2] == "to":
            guard let letter: LetterCode = code(words[1], at: node.place) else { return nil }
            refer(LetterKind.noun, words[1], at: node.place)
            guard let audience = Audience(rawValue: words[3]) else { break }
            return .send(letter, to: audience)
        default: break
        }
        log.error(
            .badValue, at: node.place, "“\(text)” is not something a step can do",
            hint:
                "write start, stop or cancel CLOCK; request-evidence by CLOCK; hold; lift-hold; settle; send LETTER to filer, other, parties, staff or authority"
        )
        return nil
    }

    /// `{money: moves, tier: [T0, T1]}`, in the order of the facts.
    func conditions(_ node: PackNode) -> [Condition] {
        var found: [Fact: Set<String>] = [:]
        for entry in entries(node) {
            guard let fact = Fact(rawValue: entry.key) else {
                log.error(
                    .badValue, at: entry.keyPlace, "“\(entry.key)” is not a fact of a case", hint: didYouMean(entry.key, among: Fact.allCases.map(\.rawValue)))
                continue
            }
            let nodes: [PackNode] = if case .list(let items) = entry.value.content { items } else { [entry.value] }
            if nodes.isEmpty { log.error(.badValue, at: entry.value.place, "a condition without a value never holds") }
            for node in nodes {
                guard let text = text(node) else { continue }
                guard fact.values.contains(text) else {
                    log.error(
                        .badValue, at: node.place, "“\(entry.key)” is never “\(text)”; it is one of \(fact.values.joined(separator: ", "))",
                        hint: didYouMean(text, among: fact.values))
                    continue
                }
                if !found[fact, default: []].insert(text).inserted { log.error(.duplicateRow, at: node.place, "“\(text)” is listed twice") }
            }
        }
        return Fact.allCases.compactMap { fact in found[fact].map { Condition(fact, in: $0) } }
    }
}
