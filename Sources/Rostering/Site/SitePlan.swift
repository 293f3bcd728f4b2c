/// A site's planning period in the desk's own terms: shifts with their hours, people with their skills and leave, the rules of the place,
/// and what is needed. Minutes of the day count from local midnight; days from zero.
///
/// The rules are rows of data, each with where it comes from; no country is written into the program.
public struct SitePlan: Sendable, Equatable, Decodable {
    /// The rules of a place. What is absent does not bind.
    public struct Rules: Sendable, Equatable, Decodable {
        /// The law, contract or practice these numbers are from, for whoever asks why.
        public let source: String
        /// Rest between the end of a shift and the beginning of the next.
        public let restMinutesMin: Int?
        /// A weekly rest of this many minutes without a break, in every calendar week of the plan.
        public let weeklyRestMinutesMin: Int?
        /// Work a week on average, over so many weeks in a row.
        public let weekMinutesMax: Int?
        public let averagedOverWeeks: Int?
        /// A shift's longest length.
        public let shiftMinutesMax: Int?
        public let consecutiveDaysMax: Int?
        public let consecutiveNightsMax: Int?
    }

    public struct Shift: Sendable, Equatable, Decodable {
        public let id: String
        public let startMinute: Int
        public let minutes: Int
        public let isNight: Bool?
        /// Skills without which nobody may work it.
        public let requires: [String]?
        var endMinute: Int { startMinute + minutes }
    }

    public struct Person: Sendable, Equatable, Decodable {
        public let id: String
        public let skills: [String]?
        public let leave: [Int]?
        public let minutesMin: Int?
        public let minutesMax: Int?
        /// Night shifts this person should have for a fair share, given what the year has brought already.
        public let nightsFair: Int?
        public let wishes: [Wish]?
    }

    /// A wish for a day: a shift wanted or, with `avoid`, not wanted (any shift where none is named).
    public struct Wish: Sendable, Equatable, Decodable {
        public let day: Int
        public let shift: String?
        public let avoid: Bool?
        public let weight: Int
    }

    /// So many wanted on a shift of a day, of a skill where one is named.
    public struct Need: Sendable, Equatable, Decodable {
        public let day: Int
        public let shift: String
        public let skill: String?
        public let wanted: Int
        public let underWeight: Int
        public let overWeight: Int
    }

    public let days: Int
    public let rules: Rules
    public let shifts: [Shift]
    public let people: [Person]
    public let needs: [Need]
    /// What each night away from a fair share costs, times the square of the distance.
    public let fairnessWeight: Int?

    /// What is wrong with the plan itself; nothing is solved while anything is.
    public var faults: [FileFault] {
        var faults: [FileFault] = []
        func check(_ holds: Bool, _ sentence: String) { if !holds { faults.append(FileFault(line: 0, sentence: sentence)) } }
        let range = 0...ShiftBenchmark.numberMax
        check((1...ShiftBenchmark.daysMax).contains(days), "the plan must have 1 to \(ShiftBenchmark.daysMax) days, not \(days)")
        check((1...ShiftBenchmark.shiftsMax).contains(shifts.count), "the plan must have 1 to \(ShiftBenchmark.shiftsMax) shifts")
        check((1...ShiftBenchmark.employeesMax).contains(people.count), "the plan must have 1 to \(ShiftBenchmark.employeesMax) people")
        check(Set(shifts.map(\.id)).count == shifts.count, "two shifts have one name")
        check(Set(people.map(\.id)).count == people.count, "two people have one name")
        check(averageWeeks >= 1, "the weeks to average over must be at least 1")
        let limits = [
            rules.restMinutesMin, rules.weeklyRestMinutesMin, rules.weekMinutesMax, rules.averagedOverWeeks, rules.shiftMinutesMax, rules.consecutiveDaysMax,
            rules.consecutiveNightsMax, fairnessWeight,
        ]
        check(limits.allSatisfy { range.contains($0 ?? 0) }, "every limit must be from 0 to \(range.upperBound)")
        for shift in shifts {
            check(
                (0..<1_440).contains(shift.startMinute) && (1...1_440).contains(shift.minutes),
                "shift \(shift.id) must begin within its day and last 1 to 1440 minutes")
        }
        let known = Set(shifts.map(\.id))
        for person in people {
            check((person.leave ?? []).allSatisfy { (0..<max(days, 0)).contains($0) }, "a day of leave of \(person.id) is outside the plan")
            check((person.minutesMin ?? 0) <= (person.minutesMax ?? .max), "\(person.id) must work more than is allowed")
            check([person.minutesMin, person.minutesMax, person.nightsFair].allSatisfy { range.contains($0 ?? 0) }, "a number of \(person.id) is out of range")
            for wish in person.wishes ?? [] {
                check(
                    (0..<max(days, 0)).contains(wish.day) && wish.shift.map(known.contains) ?? true && range.contains(wish.weight),
                    "a wish of \(person.id) does not fit the plan")
                check(wish.shift != nil || wish.avoid == true, "\(person.id) wishes for no shift in particular: name it")
            }
        }
        for need in needs {
            check((0..<max(days, 0)).contains(need.day) && known.contains(need.shift), "a need for \(need.shift) on day \(need.day) does not fit the plan")
            check(
                [need.wanted, need.underWeight, need.overWeight].allSatisfy(range.contains),
                "a number of the need for \(need.shift) on day \(need.day) is out of range")
        }
        return faults
    }

    var averageWeeks: Int { rules.averagedOverWeeks ?? 1 }
}
