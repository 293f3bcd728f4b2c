extension ShiftBenchmark {
    /// The instance in the engine's form. What the format adds up without a choice of ours is kept: `penalty` of the audit equals the
    /// engine's cost for every roster that breaks no rule.
    public var problem: RosterProblem {
        let choices = shifts.count + 1
        let choice = Dictionary(uniqueKeysWithValues: shifts.enumerated().map { ($1.id, $0 + 1) })
        let shortest = shifts.map(\.minutes).min() ?? 1
        var measures = [
            RosterProblem.Measure(name: "minutes", weights: repeated([0] + shifts.map(\.minutes)), unit: shortest)
        ]
        // A kind of shift is counted only where somebody's limit can bind.
        var measureOfShift: [Int: Int] = [:]
        for (index, shift) in shifts.enumerated() {
            let binds = employees.contains { ($0.shiftsMax[shift.id] ?? .max) < min(days, $0.minutesMax / shift.minutes) && $0.shiftsMax[shift.id] != 0 }
            if binds {
                measureOfShift[index] = measures.count
                measures.append(.init(name: shift.id, weights: repeated((0..<choices).map { $0 == index + 1 ? 1 : 0 }), unit: 1))
            }
        }
        var costs = Dictionary(uniqueKeysWithValues: employees.map { ($0.id, [Int](repeating: 0, count: days * choices)) })
        for request in onRequests {
            for other in 0..<choices where other != choice[request.shift] { costs[request.employee]?[request.day * choices + other] += request.weight }
        }
        for request in offRequests {
            if let refused = choice[request.shift] { costs[request.employee]?[request.day * choices + refused] += request.weight }
        }
        let people = employees.map { employee in
            var everyDay: UInt64 = 1
            for (index, shift) in shifts.enumerated() where employee.shiftsMax[shift.id] != 0 { everyDay |= 1 << UInt64(index + 1) }
            var bounds = [RosterProblem.Bound(measure: 0, least: employee.minutesMin, most: employee.minutesMax)]
            for (index, measure) in measureOfShift.sorted(by: { $0.key < $1.key }) {
                if let most = employee.shiftsMax[shifts[index].id] { bounds.append(.init(measure: measure, most: most)) }
            }
            return RosterProblem.Person(
                name: employee.id, allowed: (0..<days).map { employee.daysOff.contains($0) ? 1 : everyDay },
                costs: costs[employee.id] ?? [], consecutiveShiftsMax: employee.consecutiveShiftsMax,
                consecutiveShiftsMin: employee.consecutiveShiftsMin, consecutiveDaysOffMin: employee.consecutiveDaysOffMin,
                weekendsMax: employee.weekendsMax, bounds: bounds, kind: 0)
        }
        var meets = [[Int]](repeating: [], count: days * choices)
        for (index, row) in cover.enumerated() {
            if let choice = choice[row.shift] { meets[row.day * choices + choice].append(index) }
        }
        return RosterProblem(
            days: days, choices: choices,
            forbiddenNext: [0] + shifts.map { $0.mayNotBeFollowedBy.reduce(0) { $0 | (1 << UInt64(choice[$1] ?? 0)) } },
            weekendOfDay: (0..<days).map { $0 % 7 >= 5 ? $0 / 7 : -1 }, measures: measures, people: people,
            needs: cover.map { .init(wanted: $0.need, underWeight: $0.underWeight, overWeight: $0.overWeight) }, meets: meets)
    }

    /// The same weights on every day.
    private func repeated(_ weights: [Int]) -> [Int] { (0..<days).flatMap { _ in weights } }

    /// The engine's choices as a roster of this instance.
    public func roster(of plan: [UInt8]) -> BenchmarkRoster {
        BenchmarkRoster(
            rows: Dictionary(
                uniqueKeysWithValues: employees.enumerated().map { index, employee in
                    (employee.id, plan[index * days..<(index + 1) * days].map { $0 == 0 ? nil : shifts[Int($0) - 1].id })
                }))
    }
}
