extension RosterProblem {
    /// The same problem where every choice that differs from a published plan costs so much more: a repair changes as little as pays.
    public func keeping(_ published: [UInt8], changeWeight: Int) -> RosterProblem {
        var changed = people
        for index in changed.indices {
            for day in 0..<days {
                for choice in 0..<choices where choice != Int(published[index * days + day]) { changed[index].costs[day * choices + choice] += changeWeight }
            }
        }
        return RosterProblem(
            days: days, choices: choices, forbiddenNext: forbiddenNext, weekendOfDay: weekendOfDay, measures: measures, people: changed, needs: needs,
            meets: meets)
    }
}

extension ShiftBenchmark {
    /// A roster in the engine's choices; unknown shifts and missing days are days off.
    public func plan(of roster: BenchmarkRoster) -> [UInt8] {
        let choice = Dictionary(uniqueKeysWithValues: shifts.enumerated().map { ($1.id, UInt8($0 + 1)) })
        return employees.flatMap { employee in
            let row = roster.rows[employee.id] ?? []
            return (0..<days).map { $0 < row.count ? row[$0].flatMap { choice[$0] } ?? 0 : 0 }
        }
    }
}
