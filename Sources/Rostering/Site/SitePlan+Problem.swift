extension SitePlan {
    /// The plan in the engine's form. Only for a plan without faults.
    ///
    /// Weekly rest is made sure of by what is stricter: every week has a day off, and runs of days off are long enough that the rest is reached
    /// between any two shifts.
    public var problem: RosterProblem {
        let choices = shifts.count + 1
        let choice = Dictionary(uniqueKeysWithValues: shifts.enumerated().map { ($1.id, $0 + 1) })
        var measures = [RosterProblem.Measure(name: "minutes", weights: repeated([0] + shifts.map(\.minutes)), unit: shifts.map(\.minutes).min() ?? 1)]
        var common: [RosterProblem.Bound] = []
        func limit(_ name: String, _ window: Range<Int>, _ weights: [Int], unit: Int, most: Int) {
            let inside = window.clamped(to: 0..<days)
            common.append(.init(measure: measures.count, most: most))
            measures.append(.init(name: name, weights: (0..<days).flatMap { inside.contains($0) ? weights : weights.map { _ in 0 } }, unit: unit))
        }
        if let most = rules.weekMinutesMax {
            // A stretch shorter than the average's weeks is held to its own weeks.
            let weeks = min(averageWeeks, max(1, days / 7))
            for first in stride(from: 0, through: max(0, days - weeks * 7), by: 7) {
                limit("minutes of \(weeks) weeks", first..<first + weeks * 7, [0] + shifts.map(\.minutes), unit: 480, most: most * weeks)
            }
        }
        if rules.weeklyRestMinutesMin != nil {
            for first in stride(from: 0, through: days - 7, by: 7) { limit("days of a week", first..<first + 7, [0] + shifts.map { _ in 1 }, unit: 1, most: 6) }
        }
        let nights = [0] + shifts.map { $0.isNight == true ? 1 : 0 }
        if let most = rules.consecutiveNightsMax, most < days {
            for first in 0...(days - most - 1) { limit("nights in a row", first..<first + most + 1, nights, unit: 1, most: most) }
        }
        let fairMeasure = measures.count
        if fairnessWeight ?? 0 > 0 { measures.append(.init(name: "nights", weights: repeated(nights), unit: 1)) }
        // People of the same skills cover the same needs.
        let kinds = Array(Set(people.map { Set($0.skills ?? []) })).sorted { $0.sorted().joined(separator: "|") < $1.sorted().joined(separator: "|") }
        let rest = rules.restMinutesMin ?? 0
        let rows = people.map { person in
            let skills = Set(person.skills ?? [])
            var everyDay: UInt64 = 1
            for (index, shift) in shifts.enumerated() where skills.isSuperset(of: shift.requires ?? []) && shift.minutes <= rules.shiftMinutesMax ?? .max {
                everyDay |= 1 << UInt64(index + 1)
            }
            var bounds = common
            bounds.append(.init(measure: 0, least: person.minutesMin ?? 0, most: person.minutesMax ?? .max))
            if let weight = fairnessWeight, weight > 0, let fair = person.nightsFair {
                bounds.append(.init(measure: fairMeasure, target: .init(value: fair, weight: weight)))
            }
            return RosterProblem.Person(
                name: person.id, allowed: (0..<days).map { (person.leave ?? []).contains($0) ? 1 : everyDay }, costs: costs(of: person, choices, choice),
                consecutiveShiftsMax: rules.consecutiveDaysMax ?? days, consecutiveShiftsMin: 1, consecutiveDaysOffMin: daysOffForRest,
                weekendsMax: days, bounds: bounds, kind: kinds.firstIndex(of: skills) ?? 0)
        }
        var meets = [[Int]](repeating: [], count: kinds.count * days * choices)
        for (index, need) in needs.enumerated() {
            for (kind, skills) in kinds.enumerated() where need.skill.map(skills.contains) ?? true {
                if let choice = choice[need.shift] { meets[(kind * days + need.day) * choices + choice].append(index) }
            }
        }
        return RosterProblem(
            days: days, choices: choices,
            forbiddenNext: [0]
                + shifts.map { before in
                    shifts.enumerated().reduce(0) { $1.element.startMinute + 1_440 - before.endMinute < rest ? $0 | (1 << UInt64($1.offset + 1)) : $0 }
                },
            weekendOfDay: Array(repeating: -1, count: days), measures: measures, people: rows,
            needs: needs.map { .init(wanted: $0.wanted, underWeight: $0.underWeight, overWeight: $0.overWeight) }, meets: meets)
    }

    /// Days off in a row after which the weekly rest is reached, whatever is worked before and after.
    private var daysOffForRest: Int {
        guard let rest = rules.weeklyRestMinutesMin, let latest = shifts.map(\.endMinute).max(), let earliest = shifts.map(\.startMinute).min() else {
            return 1
        }
        return (1...7).first { earliest + ($0 + 1) * 1_440 - latest >= rest } ?? 7
    }

    private func costs(of person: Person, _ choices: Int, _ choice: [String: Int]) -> [Int] {
        var costs = [Int](repeating: 0, count: days * choices)
        for wish in person.wishes ?? [] {
            let named = wish.shift.flatMap { choice[$0] }
            for made in 0..<choices {
                let isIt = named.map { $0 == made } ?? (made > 0)
                if isIt == (wish.avoid == true) { costs[wish.day * choices + made] += wish.weight }
            }
        }
        return costs
    }

    private func repeated(_ weights: [Int]) -> [Int] { (0..<days).flatMap { _ in weights } }
}

extension SitePlan {
    /// The engine's choices as a roster of this site.
    public func roster(of plan: [UInt8]) -> BenchmarkRoster {
        BenchmarkRoster(
            rows: Dictionary(
                uniqueKeysWithValues: people.enumerated().map { index, person in
                    (person.id, plan[index * days..<(index + 1) * days].map { $0 == 0 ? nil : shifts[Int($0) - 1].id })
                }))
    }
}
