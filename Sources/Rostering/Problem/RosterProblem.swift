/// A rostering problem as the engine sees it: who may work what, which rules bind each person, and what the whole costs.
///
/// Every source of rules (a benchmark file, the rules of a site) is brought to this one form, so that one engine solves all. A day's
/// *choice* is 0 for a day off and `1 + s` for shift `s`. Hard rules are never traded for cost; costs are whole numbers.
public struct RosterProblem: Sendable {
    /// What a rule that counts something counts: a weight for each day and choice, the same for all people.
    ///
    /// The minutes worked, the night shifts of a month, the days worked in a week and the like are all measures.
    public struct Measure: Sendable, Equatable {
        public let name: String
        /// `weights[day * choices + choice]`, never below zero; zero for a day off.
        public let weights: [Int]
        /// How much of the measure one shift is, for weighing how badly a limit is missed.
        public let unit: Int

        public init(name: String, weights: [Int], unit: Int) {
            self.name = name
            self.weights = weights
            self.unit = max(1, unit)
        }
    }

    /// The bounds of one person on one measure: hard from `least` to `most`, and a cost per unit away from `target`.
    public struct Bound: Sendable, Equatable {
        public let measure: Int
        public let least: Int
        public let most: Int
        /// Costs `weight` for the square of the distance in units from the target; `nil` costs nothing.
        public let target: Target?

        public struct Target: Sendable, Equatable {
            public let value: Int
            public let weight: Int

            public init(value: Int, weight: Int) {
                self.value = value
                self.weight = weight
            }
        }

        public init(measure: Int, least: Int = 0, most: Int = .max, target: Target? = nil) {
            self.measure = measure
            self.least = least
            self.most = most
            self.target = target
        }
    }

    /// One person.
    public struct Person: Sendable {
        public var name: String
        /// Bit `c` of `allowed[day]`: choice `c` may be made on that day.
        public var allowed: [UInt64]
        /// `costs[day * choices + choice]`: what the choice costs as a matter of preference.
        public var costs: [Int]
        public var consecutiveShiftsMax: Int
        public var consecutiveShiftsMin: Int
        public var consecutiveDaysOffMin: Int
        public var weekendsMax: Int
        public var bounds: [Bound]
        /// People of one kind cover the same needs.
        public var kind: Int

        public init(
            name: String, allowed: [UInt64], costs: [Int], consecutiveShiftsMax: Int, consecutiveShiftsMin: Int, consecutiveDaysOffMin: Int,
            weekendsMax: Int, bounds: [Bound], kind: Int
        ) {
            self.name = name
            self.allowed = allowed
            self.costs = costs
            self.consecutiveShiftsMax = consecutiveShiftsMax
            self.consecutiveShiftsMin = consecutiveShiftsMin
            self.consecutiveDaysOffMin = consecutiveDaysOffMin
            self.weekendsMax = weekendsMax
            self.bounds = bounds
            self.kind = kind
        }
    }

    /// A need: so many wanted, and what each one too few or too many costs.
    public struct Need: Sendable, Equatable {
        public let wanted: Int
        public let underWeight: Int
        public let overWeight: Int

        public init(wanted: Int, underWeight: Int, overWeight: Int) {
            self.wanted = wanted
            self.underWeight = underWeight
            self.overWeight = overWeight
        }
    }

    public let days: Int
    /// Choices of a day: day off and each shift.
    public let choices: Int
    /// Bit `d` of `forbiddenNext[c]`: choice `d` must not follow choice `c` on the next day.
    public let forbiddenNext: [UInt64]
    /// Which weekend a day belongs to, or -1; the days of one weekend are neighbours.
    public let weekendOfDay: [Int]
    public let measures: [Measure]
    public let people: [Person]
    public let needs: [Need]
    /// `meets[(kind * days + day) * choices + choice]`: the needs that such a choice helps to meet.
    public let meets: [[Int]]

    public init(
        days: Int, choices: Int, forbiddenNext: [UInt64], weekendOfDay: [Int], measures: [Measure], people: [Person], needs: [Need], meets: [[Int]]
    ) {
        self.days = days
        self.choices = choices
        self.forbiddenNext = forbiddenNext
        self.weekendOfDay = weekendOfDay
        self.measures = measures
        self.people = people
        self.needs = needs
        self.meets = meets
    }
}
