/// min c·x where A·x ≥ b, x ≥ 0, whose rows come one after the other: the dual simplex method on a dense tableau (Lemke 1954). Costs are not below 0.
struct CoveringProgram {
    private(set) var columns: Int
    /// Per row: coefficients of the variables, then of the surpluses, then the right side; the last row is the cost.
    private var rows: [[Double]] = []
    private var cost: [Double]
    private var value = 0.0
    private var rights: [Double] = []
    private var basis: [Int] = []
    private let variables: Int
    static let tiny = 1e-9
    static let pivotsMax = 5_000

    enum Outcome {
        case optimal
        /// Nothing keeps all rules.
        case impossible
        /// Too many steps; nothing is known.
        case gaveUp
    }

    init(costs: [Double]) {
        variables = costs.count
        columns = costs.count
        cost = costs
    }

    /// Adds Σ row·x ≥ right and finds the optimum anew.
    mutating func require(_ row: [Double], atLeast right: Double) -> Outcome {
        // As −row·x + s = −right, in terms of what is not in the basis.
        var line = row.map { -$0 } + [Double](repeating: 0, count: columns - variables)
        var rhs = -right
        for (index, variable) in basis.enumerated() where abs(line[variable]) > 0 {
            let factor = line[variable]
            for column in 0..<columns { line[column] -= factor * rows[index][column] }
            rhs -= factor * rights[index]
        }
        for index in rows.indices { rows[index].append(0) }
        cost.append(0)
        line.append(1)
        columns += 1
        rows.append(line)
        rights.append(rhs)
        basis.append(columns - 1)
        return solve()
    }

    private mutating func solve() -> Outcome {
        for step in 0..<Self.pivotsMax {
            guard let worst = rights.indices.min(by: { rights[$0] < rights[$1] }), rights[worst] < -Self.tiny else { return .optimal }
            // After many steps the first row that is broken (Bland's rule): slower, and it cannot go round in circles.
            let leaving = step < 500 ? worst : rights.indices.filter { rights[$0] < -Self.tiny }.min { basis[$0] < basis[$1] } ?? worst
            var entering: Int?
            var best = Double.infinity
            for column in 0..<columns where rows[leaving][column] < -Self.tiny {
                let ratio = cost[column] / -rows[leaving][column]
                if ratio < best - 1e-12 { (best, entering) = (ratio, column) }
            }
            guard let entering else { return .impossible }
            pivot(leaving, entering)
        }
        return .gaveUp
    }

    private mutating func pivot(_ row: Int, _ column: Int) {
        let divisor = rows[row][column]
        for index in 0..<columns { rows[row][index] /= divisor }
        rights[row] /= divisor
        let (line, right) = (rows[row], rights[row])
        for other in rows.indices where other != row && abs(rows[other][column]) > 0 {
            let factor = rows[other][column]
            for index in 0..<columns { rows[other][index] -= factor * line[index] }
            rights[other] -= factor * right
        }
        let factor = cost[column]
        for index in 0..<columns { cost[index] -= factor * line[index] }
        value += factor * right
        basis[row] = column
    }

    var objective: Double { value }

    var solution: [Double] {
        var x = [Double](repeating: 0, count: variables)
        for (index, variable) in basis.enumerated() where variable < variables { x[variable] = rights[index] }
        return x
    }
}
