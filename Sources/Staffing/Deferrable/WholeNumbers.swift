/// Branch and bound over the covering program: depth first, the branch nearest the fraction first.
struct WholeNumbers {
    private let feasibility: Feasibility
    private var cuts: [(coefficients: [Double], bound: Double)] = []
    private var best: (people: [Int], cost: Double)
    private let costs: [Double]
    /// Whether every cost is a whole number, so that bounds may be rounded up.
    private let isWhole: Bool

    init(_ feasibility: Feasibility) {
        self.feasibility = feasibility
        costs = feasibility.shifts.map(\.cost)
        isWhole = costs.allSatisfy { $0 == $0.rounded() }
        best = ([], .infinity)
    }

    private struct Node {
        let limits: [(coefficients: [Double], bound: Double)]
        let bound: Double
    }

    mutating func solve(nodesMax: Int) -> (people: [Int], bound: Double) {
        var open = [Node(limits: [], bound: 0)]
        var nodes = 0
        var floor = Double.infinity
        // A plan there always is: everybody is there as often as it takes.
        improve([Double](repeating: 0, count: costs.count))
        while let node = open.popLast() {
            guard rounded(node.bound) < best.cost - 1e-6 else { continue }
            if nodes >= nodesMax {
                floor = min(floor, rounded(node.bound))
                continue
            }
            nodes += 1
            let (value, point): (Double, [Double])
            switch relaxed(node.limits, node.bound) {
            case .impossible: continue
            case .unknown(let bound):
                floor = min(floor, rounded(bound))
                continue
            case .solved(let least, let at): (value, point) = (least, at)
            }
            guard rounded(value) < best.cost - 1e-6 else { continue }
            improve(point)
            // With costs of 1 the sum itself is branched on first: it closes the gap where whole shifts cannot tile.
            if isWhole, rounded(value) > value + 1e-6 {
                open.append(Node(limits: node.limits + [(costs, rounded(value))], bound: rounded(value)))
                continue
            }
            guard
                let split = point.indices.filter({ abs(point[$0] - point[$0].rounded()) > 1e-6 })
                    .max(by: { abs(point[$0] - point[$0].rounded()) < abs(point[$1] - point[$1].rounded()) })
            else {
                continue
            }
            var up = [Double](repeating: 0, count: point.count)
            up[split] = 1
            let down = up.map { -$0 }
            let below = Node(limits: node.limits + [(down, -point[split].rounded(.down))], bound: value)
            let above = Node(limits: node.limits + [(up, point[split].rounded(.up))], bound: value)
            open += point[split] - point[split].rounded(.down) < 0.5 ? [above, below] : [below, above]
        }
        return (best.people, min(floor, best.cost))
    }

    private func rounded(_ bound: Double) -> Double { isWhole ? (bound - 1e-6).rounded(.up) : bound }

    private enum Relaxation {
        case solved(Double, [Double])
        case impossible
        /// The solver gave up; nothing below the bound is left all the same.
        case unknown(bound: Double)
    }

    /// The optimum without whole numbers, under all rules found so far and those the flow still finds broken.
    private mutating func relaxed(_ limits: [(coefficients: [Double], bound: Double)], _ known: Double) -> Relaxation {
        var program = CoveringProgram(costs: costs)
        var least = known
        for rule in cuts + limits {
            switch program.require(rule.coefficients, atLeast: rule.bound) {
            case .optimal: least = max(least, program.objective)
            case .impossible: return .impossible
            case .gaveUp: return .unknown(bound: least)
            }
        }
        for _ in 0..<2_000 {
            let point = program.solution
            guard let broken = feasibility.check(point).broken else { return .solved(program.objective, point) }
            cuts.append(broken)
            switch program.require(broken.coefficients, atLeast: broken.bound) {
            case .optimal: least = max(least, program.objective)
            case .impossible: return .impossible
            case .gaveUp: return .unknown(bound: least)
            }
            if rounded(program.objective) >= best.cost - 1e-6 { return .solved(program.objective, program.solution) }
        }
        return .unknown(bound: least)
    }

    /// A whole plan near the point: rounded, mended where the flow finds a broken rule, then thinned.
    private mutating func improve(_ point: [Double]) {
        var people = point.map { Int(($0 + 1e-6).rounded(.down)) }
        var guardian = 0
        while let broken = feasibility.check(people.map(Double.init)).broken {
            guardian += 1
            guard guardian < 100_000 else { return }
            let lacking = { (shift: Int) in point[shift] - Double(people[shift]) }
            let useful = people.indices.filter { broken.coefficients[$0] > 0 }
            guard let best = useful.max(by: { (broken.coefficients[$0] / costs[$0], lacking($0)) < (broken.coefficients[$1] / costs[$1], lacking($1)) })
            else { return }
            people[best] += 1
        }
        for shift in people.indices.sorted(by: { costs[$0] > costs[$1] }) {
            while people[shift] > 0 {
                people[shift] -= 1
                if feasibility.check(people.map(Double.init)).broken != nil {
                    people[shift] += 1
                    break
                }
            }
        }
        let cost = zip(people, costs).reduce(0) { $0 + Double($1.0) * $1.1 }
        if cost < best.cost { best = (people, cost) }
    }
}
