/// How the time of a search is divided: several coolings, the first ones from hot, each by every thread on its own; between them the best
/// roster is shared, and later coolings begin at it, less hot.
///
/// Time is a share of the whole from 0 to 1, given by whoever drives the search; so the plan itself reads no clock, and a test may drive it
/// by counting moves.
public struct SearchPlan: Sendable {
    /// One cooling: until which share of the time, from what temperature to what, and whether it begins at the best roster known.
    public struct Round: Sendable {
        public let until: Double
        public let cooling: Cooling
        public let fromBest: Bool
    }

    public let rounds: [Round]

    /// The plan for a problem: temperatures follow its weights.
    public init(_ problem: RosterProblem) {
        let weights = problem.needs.map(\.underWeight).filter { $0 > 0 }.sorted()
        let typical = Double(weights.isEmpty ? 100 : weights[weights.count / 2])
        // Measured on the benchmark: needs are settled below a tenth of their weight, wishes near one; and of two coolings from hot one is
        // often a whole need better than the other, which no warming up makes good. A large problem needs the whole time for one.
        let hot = Cooling(hot: max(4, typical * 0.3), cold: 0.8)
        let isLarge = problem.people.count * problem.days > Self.largeCells
        rounds =
            (isLarge ? [] : [Round(until: 0.43, cooling: hot, fromBest: false)]) + [
                Round(until: 0.86, cooling: hot, fromBest: false),
                Round(until: 1, cooling: Cooling(hot: max(2, typical * 0.05), cold: 0.3), fromBest: true),
            ]
    }

    /// Person-days from which a problem is large.
    static let largeCells = 800
}

/// One thread's search under a plan.
public struct PlannedSearch: Sendable {
    public private(set) var annealing: Annealing
    private let plan: SearchPlan
    private var round = 0
    private let firstRuleWeight: Int

    public init(_ problem: RosterProblem, seed: UInt64) {
        plan = SearchPlan(problem)
        // A broken rule must cost more than the dearest thing it can save.
        let dearest = problem.needs.map { max($0.underWeight, $0.overWeight) }.max() ?? 0
        firstRuleWeight = max(1, dearest * 2 / Int(Board.grainsOfAShift))
        annealing = Annealing(problem, seed: seed, ruleWeight: firstRuleWeight)
    }

    /// Works on, at a share of the time; true when a round has ended and the best roster should be shared.
    public mutating func work(moves: Int, share: Double) -> Bool {
        var ended = false
        while round + 1 < plan.rounds.count, share >= plan.rounds[round].until {
            round += 1
            ended = true
            // Rules still broken: they weigh more from now on.
            annealing.ruleWeight = annealing.bestCost == .max ? annealing.ruleWeight * 2 : firstRuleWeight
        }
        if ended { return true }
        let begin = round == 0 ? 0 : plan.rounds[round - 1].until
        let now = plan.rounds[round]
        annealing.run(moves: moves, temperature: now.cooling.temperature(at: (share - begin) / max(now.until - begin, 1e-9)))
        return false
    }

    /// Takes over the best roster of all threads, and begins the next round at it if the plan says so.
    public mutating func share(_ best: [UInt8]?, cost: Int) {
        guard let best else { return }
        annealing.learn(best, cost: cost)
        if plan.rounds[round].fromBest { annealing.restart(from: best) }
    }
}
