/// The cheapest row one person can work when each choice of each day has a price: exact, by dynamic programming over the days.
///
/// Kept are the rules on runs, successions, weekends and one measure (the one everybody is bound by, such as minutes); other measures are
/// left out, so that the price found is never above what a permitted row costs. That makes it half of a lower bound.
struct CheapestRow: Sendable {
    /// Above every sum of prices; what cannot be reached.
    static let never: Int32 = 1 << 29
    /// Prices must stay below this when summed over all days.
    static let sumMax: Int32 = 1 << 27
    /// Cells of all tables at most; a larger problem has no bound.
    static let cellsMax = 24_000_000

    private let days: Int
    private let choices: Int
    private let allowed: [UInt64]
    private let weekendOfDay: [Int]
    private let runMax: Int
    private let runMin: Int
    private let offMin: Int
    private let weekendsMax: Int
    /// Steps of the measure: `length[day * choices + choice]`, and between which sums a row must end.
    private let length: [Int]
    private let sumLeast: Int
    private let sumMost: Int

    /// Shifts after which the same may follow are one class.
    private let classOfChoice: [Int]
    private let forbiddenAfter: [UInt64]
    /// Positions in a run of work: its length, and whether it is long enough (or began before the horizon).
    private let runs: [(length: Int, enough: Bool)]
    /// Where a position goes when work goes on; -1 where it may not.
    private let runNext: [Int]

    private var states: Int { offMin + forbiddenAfter.count * runs.count }
    private var block: Int { (weekendsMax + 1) * (sumMost + 1) }

    /// `nil` where the tables would not fit.
    init?(_ problem: RosterProblem, person index: Int, measure: Int?) {
        let person = problem.people[index]
        days = problem.days
        choices = problem.choices
        allowed = person.allowed
        let widest = Dictionary(grouping: problem.weekendOfDay.filter { $0 >= 0 }) { $0 }.values.map(\.count).max() ?? 0
        // A longer weekend would need more memory of the days before than is kept; leaving the rule out keeps the bound true.
        weekendOfDay = widest <= 2 ? problem.weekendOfDay : problem.weekendOfDay.map { _ in -1 }
        let weekendCount = Set(weekendOfDay.filter { $0 >= 0 }).count
        weekendsMax = min(person.weekendsMax, weekendCount)
        runMax = min(person.consecutiveShiftsMax, days)
        runMin = min(person.consecutiveShiftsMin, days)
        offMin = max(1, min(person.consecutiveDaysOffMin, days))

        let bounds = person.bounds.filter { $0.measure == measure }
        if let measure, !bounds.isEmpty {
            let weights = problem.measures[measure].weights
            let grain = max(1, weights.reduce(0) { CheapestRow.commonDivisor($0, $1) })
            let steps = weights.map { $0 / grain }
            let longest = (0..<problem.days).reduce(0) { sum, day in
                sum + (steps[day * problem.choices..<(day + 1) * problem.choices].max() ?? 0)
            }
            length = steps
            sumMost = min(bounds.map { max(0, $0.most) / grain }.min() ?? longest, longest)
            sumLeast = bounds.map { ($0.least + grain - 1) / grain }.max() ?? 0
        } else {
            length = Array(repeating: 0, count: days * choices)
            sumMost = 0
            sumLeast = 0
        }

        var classes: [UInt64] = []
        classOfChoice = problem.forbiddenNext.enumerated().map { choice, forbidden in
            if choice == 0 { return -1 }
            if let known = classes.firstIndex(of: forbidden) { return known }
            classes.append(forbidden)
            return classes.count - 1
        }
        forbiddenAfter = classes
        var runs: [(length: Int, enough: Bool)] = []
        for length in stride(from: 1, through: runMax, by: 1) {
            if length < runMin { runs.append((length, false)) }
            runs.append((length, true))
        }
        let runMin = runMin
        self.runs = runs
        runNext = runs.map { run in runs.firstIndex { $0.length == run.length + 1 && $0.enough == (run.enough || run.length + 1 >= runMin) } ?? -1 }
        let wanted = offMin + classes.count * runs.count
        guard wanted * (weekendsMax + 1) * (sumMost + 1) * (days + 1) <= Self.cellsMax else { return nil }
    }

    private static func commonDivisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : commonDivisor(b, a % b) }

    /// Numbers a table of this person needs.
    var cells: Int { states * block * (days + 1) }

    /// The price of the cheapest row, and the row itself into `row`; `nil` if no row keeps the rules.
    ///
    /// - Parameters:
    ///   - prices: per day and choice; their largest sizes summed over the days stay below `sumMax`.
    ///   - table: memory to work in, at least `cells` long.
    func solve(_ prices: [Int32], table: inout [Int32], row: inout [UInt8]) -> Int32? {
        let (states, block) = (states, block)
        let layer = states * block
        return table.withUnsafeMutableBufferPointer { table -> Int32? in
            for cell in 0..<layer * (days + 1) { table[cell] = Self.never }
            // Before the first day: rested long enough, for what was before the horizon is not held against anyone.
            table[(offMin - 1) * block] = 0
            for day in 0..<days { advance(day, prices, table, from: day * layer, to: (day + 1) * layer) }
            var bestCell = -1
            var best = Self.never / 2
            for cell in 0..<layer where table[days * layer + cell] < best && cell % (sumMost + 1) >= sumLeast {
                best = table[days * layer + cell]
                bestCell = cell
            }
            guard bestCell >= 0 else { return nil }
            trace(bestCell, prices, table, into: &row)
            return best
        }
    }

    /// One day's step; each way from a state to the next is a shifted minimum over a whole block of sums.
    private func advance(_ day: Int, _ prices: [Int32], _ table: UnsafeMutableBufferPointer<Int32>, from: Int, to: Int) {
        forEachWay(on: day) { source, target, choice, weekend in
            let step = length[day * choices + choice]
            let price = prices[day * choices + choice]
            if step > sumMost || weekend > weekendsMax { return }
            let width = sumMost + 1
            for weekends in 0...(weekendsMax - weekend) {
                let a = from + source * block + weekends * width
                let b = to + target * block + (weekends + weekend) * width + step
                for index in 0..<(width - step) { table[b &+ index] = min(table[b &+ index], table[a &+ index] &+ price) }
            }
        }
    }

    /// Every permitted step from a state to a state on a day, with the choice it makes and whether it begins a worked weekend.
    private func forEachWay(on day: Int, _ body: (_ source: Int, _ target: Int, _ choice: Int, _ weekend: Int) -> Void) {
        let mask = allowed[day]
        let isWeekend = weekendOfDay[day] >= 0
        let second = isWeekend && day > 0 && weekendOfDay[day - 1] == weekendOfDay[day]
        if mask & 1 != 0 {
            for off in 0..<offMin { body(off, min(off + 1, offMin - 1), 0, 0) }
            for shiftClass in 0..<forbiddenAfter.count {
                for (position, run) in runs.enumerated() where run.enough { body(offMin + shiftClass * runs.count + position, 0, 0, 0) }
            }
        }
        guard runMax > 0 else { return }
        for choice in 1..<choices where (mask >> UInt64(choice)) & 1 != 0 {
            let target = offMin + classOfChoice[choice] * runs.count
            let begins =
                day == 0 ? (runs.firstIndex { $0.length == 1 && $0.enough } ?? 0) : (runs.firstIndex { $0.length == 1 && $0.enough == (1 >= runMin) } ?? 0)
            body(offMin - 1, target + begins, choice, isWeekend ? 1 : 0)
            for shiftClass in 0..<forbiddenAfter.count where (forbiddenAfter[shiftClass] >> UInt64(choice)) & 1 == 0 {
                for position in runs.indices where runNext[position] >= 0 {
                    body(offMin + shiftClass * runs.count + position, target + runNext[position], choice, isWeekend && !second ? 1 : 0)
                }
            }
        }
    }

    /// Reads the row back from the tables: at each day a step whose price explains the value.
    private func trace(_ end: Int, _ prices: [Int32], _ table: UnsafeMutableBufferPointer<Int32>, into row: inout [UInt8]) {
        let layer = states * block
        let width = sumMost + 1
        var cell = end
        for day in stride(from: days - 1, through: 0, by: -1) {
            let state = cell / block
            let weekends = cell % block / width
            let sum = cell % width
            let value = table[(day + 1) * layer + cell]
            var found = -1
            var made = 0
            forEachWay(on: day) { source, target, choice, weekend in
                if found >= 0 || target != state || weekends < weekend || sum < length[day * choices + choice] { return }
                let before = source * block + (weekends - weekend) * width + sum - length[day * choices + choice]
                if table[day * layer + before] < Self.never / 2, table[day * layer + before] + prices[day * choices + choice] == value {
                    found = before
                    made = choice
                }
            }
            row[day] = UInt8(made)
            cell = max(0, found)
        }
    }
}
