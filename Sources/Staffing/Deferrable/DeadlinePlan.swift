/// The cheapest whole number of people on each kind of shift so that everything is done in time; how good that is known to be; and what one fewer costs.
///
/// Solved by cutting planes: a linear program holds the rules broken so far, the flow finds the next broken one; whole numbers by branch and bound. Exact when
/// the bound meets the cost; the search stops after `nodesMax` and then says how far apart they are.
public struct DeadlinePlan: Sendable {
    /// One person fewer on a kind of shift: the work that then misses its deadline, in agent-intervals.
    public struct Marginal: Sendable {
        public let shift: Int
        public let missedWork: Double
        public let missedBySkill: [String: Double]
    }

    public let shifts: [ShiftKind]
    public let people: [Int]
    public let cost: Double
    /// No plan can cost less.
    public let bound: Double
    public let marginals: [Marginal]
    public var isOptimal: Bool { cost <= bound + 1e-6 }

    public static let nodesMax = 400
    public static let shiftsMax = 600

    public init(_ work: DeadlineWork, shifts: [ShiftKind]) throws(StaffingRefusal) {
        guard shifts.count <= Self.shiftsMax else { throw .tooLarge(shifts.count) }
        let feasibility = try Feasibility(work, shifts)
        var search = WholeNumbers(feasibility)
        let found = search.solve(nodesMax: Self.nodesMax)
        self.shifts = shifts
        people = found.people
        cost = zip(found.people, shifts).reduce(0) { $0 + Double($1.0) * $1.1.cost }
        bound = min(found.bound, cost)
        marginals = found.people.indices.filter { found.people[$0] > 0 }.map { shift in
            var fewer = found.people.map(Double.init)
            fewer[shift] -= 1
            let missed = feasibility.check(fewer).missed
            var bySkill: [String: Double] = [:]
            for (batch, work) in zip(work.batches, missed) where work > 1e-7 { bySkill[batch.skill ?? "any", default: 0] += work }
            return Marginal(shift: shift, missedWork: missed.reduce(0, +), missedBySkill: bySkill)
        }
    }

    /// What given people miss, per batch of the work; the answer to “can we do without her?”.
    public static func missed(_ work: DeadlineWork, shifts: [ShiftKind], people: [Int]) throws(StaffingRefusal) -> [Double] {
        try Feasibility(work, shifts).check(people.map(Double.init)).missed
    }
}
