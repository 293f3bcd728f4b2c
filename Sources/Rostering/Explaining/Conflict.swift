/// Why a person can work no row at all: a smallest set of rules that cannot be kept together.
///
/// Found by deletion (Chinneck and Dravnieks 1991): each rule is left out in turn, and stays out if the others still contradict each
/// other; what is left contradicts itself, and would not if any one of it were dropped.
public struct Conflict: Sendable, Equatable {
    /// A rule that may stand against others.
    public enum Rule: String, Sendable, CaseIterable {
        case daysOff = "days off and leave"
        case succession = "which shift may follow which"
        case weekends = "the most weekends"
        case consecutiveShiftsMax = "the most consecutive shifts"
        case consecutiveShiftsMin = "the fewest consecutive shifts"
        case consecutiveDaysOffMin = "the fewest consecutive days off"
        case most = "the most minutes"
        case least = "the fewest minutes"
    }

    public let person: String
    public let rules: [Rule]

    public var sentence: String {
        "\(person) can work no row of days, because these rules contradict each other: \(rules.map(\.rawValue).joined(separator: "; "))"
    }

    /// The conflict among one person's rules; `nil` where there is none, or where the rows are too many to try.
    public init?(_ problem: RosterProblem, person index: Int) {
        person = problem.people[index].name
        var kept = Rule.allCases
        guard Conflict.isImpossible(problem, index, kept) == true else { return nil }
        for rule in Rule.allCases {
            let without = kept.filter { $0 != rule }
            if Conflict.isImpossible(problem, index, without) == true { kept = without }
        }
        rules = kept
    }

    private static func isImpossible(_ problem: RosterProblem, _ index: Int, _ rules: [Rule]) -> Bool? {
        var person = problem.people[index]
        let everything = person.allowed.reduce(1) { $0 | $1 }
        if !rules.contains(.daysOff) { person.allowed = person.allowed.map { _ in everything } }
        if !rules.contains(.weekends) { person.weekendsMax = problem.days }
        if !rules.contains(.consecutiveShiftsMax) { person.consecutiveShiftsMax = problem.days }
        if !rules.contains(.consecutiveShiftsMin) { person.consecutiveShiftsMin = 0 }
        if !rules.contains(.consecutiveDaysOffMin) { person.consecutiveDaysOffMin = 0 }
        let measure = LowerBound.tightestMeasure(problem)
        person.bounds = person.bounds.filter { $0.measure == measure }.map {
            .init(measure: $0.measure, least: rules.contains(.least) ? $0.least : 0, most: rules.contains(.most) ? $0.most : .max)
        }
        let free = problem.forbiddenNext.map { rules.contains(.succession) ? $0 : 0 }
        let alone = RosterProblem(
            days: problem.days, choices: problem.choices, forbiddenNext: free, weekendOfDay: problem.weekendOfDay, measures: problem.measures,
            people: [person], needs: [], meets: problem.meets.map { _ in [] })
        guard let cheapest = CheapestRow(alone, person: 0, measure: measure) else { return nil }
        var table = [Int32](repeating: 0, count: cheapest.cells)
        var row = [UInt8](repeating: 0, count: problem.days)
        return cheapest.solve(Array(repeating: 0, count: problem.days * problem.choices), table: &table, row: &row) == nil
    }
}
