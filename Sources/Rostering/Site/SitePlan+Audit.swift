/// What a separate reading of a roster against a site's rules found.
public struct SiteAudit: Sendable, Equatable {
    /// Each broken rule, whose, and in words.
    public internal(set) var violations: [String] = []
    public internal(set) var wishes = 0
    public internal(set) var underCover = 0
    public internal(set) var overCover = 0
    public internal(set) var unfairness = 0
    public var penalty: Int { wishes + underCover + overCover + unfairness }
}

extension SitePlan {
    /// Reads a roster against the rules from the hours worked, not from the engine's tables.
    public func audit(_ roster: BenchmarkRoster) -> SiteAudit {
        var audit = SiteAudit()
        let shiftByID = Dictionary(uniqueKeysWithValues: shifts.map { ($0.id, $0) })
        for person in people {
            let row = (0..<days).map { day in roster.rows[person.id].flatMap { day < $0.count ? $0[day] : nil } }
            let worked = row.enumerated().compactMap { day, id in id.flatMap { shiftByID[$0] }.map { (day: day, shift: $0) } }
            audit.violations += violations(of: person, worked).map { "\(person.id): \($0)" }
            for wish in person.wishes ?? [] {
                let isIt = wish.shift.map { row[wish.day] == $0 } ?? (row[wish.day] != nil)
                if isIt == (wish.avoid == true) { audit.wishes += wish.weight }
            }
            if let weight = fairnessWeight, let fair = person.nightsFair {
                let away = worked.count { $0.shift.isNight == true } - fair
                audit.unfairness += weight * away * away
            }
        }
        for need in needs {
            let present = people.count { person in
                roster.rows[person.id].map { need.day < $0.count && $0[need.day] == need.shift } ?? false
                    && need.skill.map((person.skills ?? []).contains) ?? true
            }
            audit.underCover += max(0, need.wanted - present) * need.underWeight
            audit.overCover += max(0, present - need.wanted) * need.overWeight
        }
        return audit
    }

    private func violations(of person: Person, _ worked: [(day: Int, shift: Shift)]) -> [String] {
        var found: [String] = []
        for (day, shift) in worked {
            if (person.leave ?? []).contains(day) { found.append("day \(day): works on leave") }
            if !Set(person.skills ?? []).isSuperset(of: shift.requires ?? []) { found.append("day \(day): lacks a skill that \(shift.id) requires") }
            if shift.minutes > rules.shiftMinutesMax ?? .max { found.append("day \(day): \(shift.minutes) minutes in one shift") }
        }
        for (before, after) in zip(worked, worked.dropFirst()) {
            let rest = after.day * 1_440 + after.shift.startMinute - before.day * 1_440 - before.shift.endMinute
            if rest < rules.restMinutesMin ?? 0 { found.append("day \(after.day): \(rest) minutes of rest, at least \(rules.restMinutesMin ?? 0)") }
        }
        let total = worked.reduce(0) { $0 + $1.shift.minutes }
        if total < person.minutesMin ?? 0 { found.append("\(total) minutes, at least \(person.minutesMin ?? 0)") }
        if total > person.minutesMax ?? .max { found.append("\(total) minutes, at most \(person.minutesMax ?? 0)") }
        if let most = rules.weekMinutesMax {
            let weeks = min(averageWeeks, max(1, days / 7))
            for first in stride(from: 0, through: max(0, days - weeks * 7), by: 7) {
                let minutes = worked.filter { $0.day >= first && $0.day < first + weeks * 7 }.reduce(0) { $0 + $1.shift.minutes }
                if minutes > most * weeks { found.append("days \(first) to \(first + weeks * 7 - 1): \(minutes) minutes, at most \(most * weeks)") }
            }
        }
        if let rest = rules.weeklyRestMinutesMin {
            for first in stride(from: 0, through: days - 7, by: 7) where !rests(rest, in: first..<first + 7, worked) {
                found.append("days \(first) to \(first + 6): no rest of \(rest) minutes")
            }
        }
        found += runs(worked.map(\.day), longest: rules.consecutiveDaysMax).map { "day \($0): too many days in a row" }
        found += runs(worked.filter { $0.shift.isNight == true }.map(\.day), longest: rules.consecutiveNightsMax).map { "day \($0): too many nights in a row" }
        return found
    }

    /// Has this week a day on which no shift begins, within a rest so long? What is beyond the plan is taken as rest.
    private func rests(_ least: Int, in week: Range<Int>, _ worked: [(day: Int, shift: Shift)]) -> Bool {
        week.contains { day in
            guard !worked.contains(where: { $0.day == day }) else { return false }
            guard let before = worked.last(where: { $0.day < day }), let after = worked.first(where: { $0.day > day }) else { return true }
            return after.day * 1_440 + after.shift.startMinute - before.day * 1_440 - before.shift.endMinute >= least
        }
    }

    /// The first days of runs that are too long.
    private func runs(_ days: [Int], longest: Int?) -> [Int] {
        guard let longest else { return [] }
        var long: [Int] = []
        var start = 0
        for index in days.indices {
            if index > 0, days[index] != days[index - 1] + 1 { start = index }
            if index - start + 1 == longest + 1 { long.append(days[start]) }
        }
        return long
    }
}
