import Chronicle

extension PackCheck {
    /// Every letter a step sends can be filled whenever the step is entered, whatever way led there.
    func checkLetters(_ graph: WorkflowGraph) {
        let workflow = graph.workflow
        let twoSided = caseTypes(of: workflow.code).contains { $0.sides == .two }
        let onlyTwoSided = caseTypes(of: workflow.code).allSatisfy { $0.sides == .two }
        let arriving = knownFields(graph, counterparty: onlyTwoSided)
        for step in graph.steps where graph.reachable.contains(step.code) {
            var known = arriving[step.code] ?? []
            for (index, action) in step.onEntry.enumerated() {
                let place = reading.place("workflow \(workflow.code) step \(step.code) entry \(index)")
                if case .send(let code, let audience) = action, let letter = policy.letters[code] {
                    for (language, text) in letter.texts.sorted(by: { $0.key < $1.key }) {
                        let missing = text.subject.fields.union(text.body.fields).subtracting(known).map(\.rawValue).sorted()
                        guard !missing.isEmpty else { continue }
                        let named = missing.map { "{\($0)}" }.joined(separator: ", ")
                        log.error(
                            .letterNotFillable, at: place,
                            "the letter “\(code)” (\(language)) speaks of \(named), which is not known on entering “\(step.code)”")
                    }
                    if audience == .other, !twoSided {
                        log.error(.sides, at: place, "there is no other side in this workflow to send “\(code)” to")
                    }
                }
                known.formUnion(action.fieldsMadeKnown(in: step.phase))
            }
        }
    }

    /// What is certainly known on arriving at each step: the intersection over all ways.
    private func knownFields(_ graph: WorkflowGraph, counterparty: Bool) -> [StepCode: Set<LetterField>] {
        var always: Set<LetterField> = [
            .caseNumber, .caseTitle, .reason, .amount, .order, .received, .contact, .regime, .nextStep, .holder, .externalBodies,
        ]
        if counterparty { always.insert(.counterparty) }
        var arriving: [StepCode: Set<LetterField>] = [graph.workflow.start: always]
        var work = [graph.workflow.start]
        while let code = work.popLast() {
            guard let step = graph.workflow.steps[code], let known = arriving[code] else { continue }
            let lasting = step.onEntry.reduce(known) { $0.union($1.fieldsMadeKnown(in: step.phase)) }.subtracting(LetterField.ofTheStep)
            for exit in step.exits {
                // A way that only a decided case takes knows what was decided.
                let decided = exit.when.contains { $0.fact == .ruled && $0.anyOf == ["yes"] }
                let passed = lasting.union(exit.on.fieldsMadeKnown).union(decided ? Trigger.ruled.fieldsMadeKnown : [])
                let joined = arriving[exit.to].map { $0.intersection(passed) } ?? passed
                guard arriving[exit.to] != joined else { continue }
                arriving[exit.to] = joined
                work.append(exit.to)
            }
        }
        return arriving
    }

    /// English is always there; another language is complete or somebody is told.
    func checkLanguages() {
        let english = Language("en")
        let languages = Set(policy.letters.values.flatMap(\.texts.keys)).sorted()
        for (code, letter) in policy.letters.sorted(by: { $0.key < $1.key }) {
            let place = reading.place(of: code)
            for language in languages where letter.texts[language] == nil {
                if language == english {
                    log.error(.letterWithoutEnglish, at: place, "the letter “\(code)” is not written in English")
                } else {
                    log.warning(.letterUntranslated, at: place, "the letter “\(code)” is not written in \(language); English is sent")
                }
            }
        }
        if !policy.letters.isEmpty, !languages.contains(where: { $0 == english }) {
            log.error(.letterWithoutEnglish, at: PackPlace(file: "letters/en"), "no letter is written in English")
        }
    }
}

extension LetterField {
    /// Dates of the clocks of one step mean nothing in the next.
    static let ofTheStep: Set<LetterField> = [.due, .dueExplained, .appealUntil, .evidenceList]
}

extension EntryAction {
    func fieldsMadeKnown(in phase: Phase) -> Set<LetterField> {
        switch self {
        case .start: phase == .appealWindow ? [.due, .dueExplained, .appealUntil] : [.due, .dueExplained]
        case .requestEvidence: [.evidenceList, .due, .dueExplained]
        case .settle: [.settlement]
        case .stop, .cancel, .hold, .liftHold, .send: []
        }
    }
}

extension Trigger {
    var fieldsMadeKnown: Set<LetterField> {
        switch self {
        case .ruled: [.outcome, .reasons, .remedies, .penalty, .settlement]
        case .offerAccepted: [.offer, .settlement]
        case .conceded: [.settlement]
        default: []
        }
    }
}
