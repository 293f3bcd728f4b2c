/// Rows of conditions of which exactly one must hold in every case.
struct DecisionTable {
    let rows: [[Condition]]

    /// Tables are small; one that asks about more combinations is no longer read by people either.
    static let combinationsMax = 100_000

    /// A combination of facts, in the order of the facts.
    typealias Combination = [(fact: Fact, value: String)]

    enum Fault {
        case tooLarge(combinations: Int)
        /// No row holds for `first` and for `count - 1` more.
        case gap(first: Combination, count: Int)
        /// These rows all hold for `first`, and two or more for `count - 1` more.
        case overlap(first: Combination, rows: [Int], count: Int)
    }

    /// Walks the product of the values of every fact any row asks about.
    var faults: [Fault] {
        let facts = Fact.allCases.filter { fact in rows.contains { $0.contains { $0.fact == fact } } }
        let size = facts.reduce(1) { $0 * $1.values.count }
        guard size <= DecisionTable.combinationsMax else { return [.tooLarge(combinations: size)] }
        var gap: (first: Combination, count: Int)?
        var overlap: (first: Combination, rows: [Int], count: Int)?
        for index in 0..<size {
            var rest = index
            var combination: Combination = []
            for fact in facts.reversed() {
                combination.append((fact, fact.values[rest % fact.values.count]))
                rest /= fact.values.count
            }
            combination.reverse()
            let values = Facts(Dictionary(uniqueKeysWithValues: combination.map { ($0.fact, $0.value) }))
            let holding = rows.indices.filter { rows[$0].allSatisfy { $0.holds(in: values) } }
            if holding.isEmpty { gap = (gap?.first ?? combination, (gap?.count ?? 0) + 1) }
            if holding.count > 1 { overlap = (overlap?.first ?? combination, overlap?.rows ?? holding, (overlap?.count ?? 0) + 1) }
        }
        var faults: [Fault] = []
        if let gap { faults.append(.gap(first: gap.first, count: gap.count)) }
        if let overlap { faults.append(.overlap(first: overlap.first, rows: overlap.rows, count: overlap.count)) }
        return faults
    }

    /// `money is stays and second-key is free`; “always” without facts.
    static func phrase(_ combination: Combination) -> String {
        combination.isEmpty ? "always" : combination.map { "\($0.fact.rawValue) is \($0.value)" }.joined(separator: " and ")
    }
}

extension PackCheck {
    /// Reports what is wrong with a table; `name` as in “step decision on ruled”, `place` by row.
    func report(_ table: DecisionTable, _ name: String, at place: (Int) -> PackPlace) {
        func more(_ count: Int) -> String { count == 1 ? "" : " (and \(count - 1) more combination\(count == 2 ? "" : "s"))" }
        for fault in table.faults {
            switch fault {
            case .tooLarge(let combinations):
                log.error(
                    .gap, at: place(0), "\(name) asks about \(combinations) combinations of facts; at most \(DecisionTable.combinationsMax) can be checked")
            case .gap(let first, let count):
                log.error(.gap, at: place(0), "\(name): no row holds when \(DecisionTable.phrase(first))\(more(count))")
            case .overlap(let first, let rows, let count):
                let second = rows.dropFirst().first ?? 0
                let named = rows.map { "row \($0 + 1)" }.joined(separator: " and ")
                log.error(.overlap, at: place(second), "\(name): \(named) both hold when \(DecisionTable.phrase(first))\(more(count))")
            }
        }
    }

    /// The exits of a step with one trigger are a table.
    func checkTables(of workflow: Workflow) {
        for step in workflow.steps.values.sorted(by: { $0.code < $1.code }) {
            let byTrigger = Dictionary(grouping: step.exits.indices) { step.exits[$0].on }
            for (trigger, indices) in byTrigger.sorted(by: { $0.key.description < $1.key.description }) {
                report(DecisionTable(rows: indices.map { step.exits[$0].when }), "step \(step.code) on “\(trigger)”") { row in
                    reading.place("workflow \(workflow.code) step \(step.code) exit \(indices[row])")
                }
            }
        }
    }

    /// The rows of a clock are a table too; and a clock nobody starts is noise.
    func checkClocks() {
        var used = Set(policy.appeals.rungs.map(\.clock)).union(ClockSpec.startedByActs)
        for step in policy.workflows.values.flatMap(\.steps.values) {
            for action in step.onEntry {
                switch action {
                case .start(let clock), .requestEvidence(let clock): used.insert(clock)
                case .stop, .cancel, .hold, .liftHold, .settle, .send: break
                }
            }
        }
        for clock in policy.clocks.values.sorted(by: { $0.code < $1.code }) {
            let place = reading.place(of: clock.code)
            report(DecisionTable(rows: clock.rows.map(\.when)), "clock \(clock.code)") { row in
                clock.rows.isEmpty ? place : reading.place("clock \(clock.code) row \(row)")
            }
            if !used.contains(clock.code) { log.warning(.unusedClock, at: place, "no step starts the clock “\(clock.code)”") }
        }
    }
}
