/// What no roster can cost less than, by Lagrangean relaxation: every need is given a price, each person takes the cheapest row at those
/// prices, and the prices are moved until nobody gains by them (Held and Karp 1971; Camerini, Fratta and Maffioli 1975 for the step).
///
/// It is the bound a column generation would end at, reached without a solver. Prices are whole 1024ths, so the bound is exact arithmetic.
public struct LowerBound: Sendable {
    static let scale = 1_024
    /// Steps of one round at most, about half a second.
    static let stepsMax = 1_000_000_000

    /// The best bound so far: no roster that keeps the hard rules costs less. `nil` before the first round.
    public private(set) var value: Int?
    /// No row keeps the rules of these people, whatever the others do.
    public private(set) var impossible: [Int] = []
    /// Rounds done.
    public private(set) var rounds = 0

    private let problem: RosterProblem
    private let rows: [CheapestRow]
    private let constant: [Int]
    private var prices: [Int]
    private var bestPrices: [Int]
    private var bestScaled = Int.min
    private var direction: [Double]
    private var step = 1.0
    private var roundsSinceBetter = 0
    private var table: [Int32]
    private var row: [UInt8]

    /// `nil` where the problem is too large for exact rows, or its costs for exact arithmetic.
    public init?(_ problem: RosterProblem) {
        let tightest = Self.tightestMeasure(problem)
        var rows: [CheapestRow] = []
        for index in problem.people.indices {
            guard let row = CheapestRow(problem, person: index, measure: tightest) else { return nil }
            rows.append(row)
        }
        // A round that takes seconds would come too seldom to be of use, and hold up whoever waits for the search to end.
        guard rows.reduce(0, { $0 + $1.cells }) * problem.choices <= Self.stepsMax else { return nil }
        let dearest = problem.people.lazy.map { ($0.costs.max() ?? 0) }.max() ?? 0
        let mostNeeds = problem.meets.map(\.count).max() ?? 0
        let weight = problem.needs.map { max($0.underWeight, $0.overWeight) }.max() ?? 0
        guard (dearest + mostNeeds * weight) * problem.days * Self.scale < Int(CheapestRow.sumMax) else { return nil }
        self.problem = problem
        self.rows = rows
        constant = problem.needs.map { _ in problem.people.count }
        prices = Array(repeating: 0, count: problem.needs.count)
        bestPrices = prices
        direction = Array(repeating: 0, count: problem.needs.count)
        table = Array(repeating: 0, count: rows.map(\.cells).max() ?? 0)
        row = Array(repeating: 0, count: problem.days)
    }

    /// The measure that binds most: the one most people must reach, or else the one most people must keep.
    static func tightestMeasure(_ problem: RosterProblem) -> Int? {
        func weight(_ measure: Int) -> (Int, Int) {
            let bounds = problem.people.flatMap(\.bounds).filter { $0.measure == measure }
            return (bounds.count { $0.least > 0 }, bounds.count)
        }
        return problem.measures.indices.max { weight($0) < weight($1) }
    }

    /// One round: every person's cheapest row at the present prices, the bound they give, and the next prices.
    ///
    /// - Parameter known: what the best roster known costs; it sets how far the prices move, and nothing else.
    public mutating func improve(towards known: Int) {
        guard impossible.isEmpty else { return }
        rounds += 1
        var total = 0
        var surplus = [Int](repeating: 0, count: problem.needs.count)
        for (index, need) in problem.needs.enumerated() {
            let met = min(need.wanted, constant[index])
            surplus[index] = -met
            total += (need.wanted - met) * need.underWeight * Self.scale - prices[index] * met
        }
        var priced = [Int32](repeating: 0, count: problem.days * problem.choices)
        for (index, person) in problem.people.enumerated() {
            for cell in priced.indices {
                var price = person.costs[cell] * Self.scale
                for need in problem.meets[person.kind * priced.count + cell] { price += prices[need] }
                priced[cell] = Int32(price)
            }
            guard let cheapest = rows[index].solve(priced, table: &table, row: &row) else {
                impossible.append(index)
                continue
            }
            total += Int(cheapest)
            for day in 0..<problem.days {
                for need in problem.meets[(person.kind * problem.days + day) * problem.choices + Int(row[day])] { surplus[need] += 1 }
            }
        }
        guard impossible.isEmpty else { return }
        if total > bestScaled {
            bestScaled = total
            bestPrices = prices
            // Costs are whole numbers, so the bound may be rounded up.
            value = total > 0 ? (total + Self.scale - 1) / Self.scale : 0
            roundsSinceBetter = 0
        } else {
            roundsSinceBetter += 1
            if roundsSinceBetter >= 20 {
                step = step > 0.005 ? step / 2 : 1
                roundsSinceBetter = 0
                prices = bestPrices
                for index in direction.indices { direction[index] = 0 }
            }
        }
        move(surplus, gap: Double(max(known * Self.scale - total, Self.scale)))
    }

    /// Moves the prices along the surplus, turned a little towards where they went before.
    private mutating func move(_ surplus: [Int], gap: Double) {
        var square = 0.0
        for index in direction.indices {
            direction[index] = 0.6 * direction[index] + Double(surplus[index])
            square += direction[index] * direction[index]
        }
        guard square > 0 else { return }
        let stride = step * gap / square
        for (index, need) in problem.needs.enumerated() {
            let moved = Double(prices[index]) + stride * direction[index]
            prices[index] = Int(min(Double(need.overWeight * Self.scale), max(Double(-need.underWeight * Self.scale), moved)).rounded())
        }
    }
}
