/// Simulated annealing on a board: small random changes of blocks of days, taken when they do not cost more than chance lets pass at the
/// present temperature (Kirkpatrick 1983; the moves are those of Burke and Curtois' work on rosters).
///
/// Hard rules weigh in while searching, so that the way from one good roster to another may lead over a bad one; only rosters that break
/// none are remembered. The same seed and the same calls give the same search.
public struct Annealing: Sendable {
    public internal(set) var board: Board
    /// The best roster without a broken rule that was met, and its cost.
    public private(set) var best: [UInt8]?
    public private(set) var bestCost = Int.max
    /// Moves tried since the beginning.
    public private(set) var moves = 0
    /// What a grain of a broken rule weighs against cost. Raised by whoever drives the search when rules stay broken.
    public var ruleWeight: Int

    var chance: Chance
    var drawing: RowDrawing?
    private var movesUntilDraw = 0
    private let blockMax: Int
    private var saved: [UInt8]
    /// Small rosters are copied whenever a better one is met; large ones when the caller pauses.
    private let remembersAtOnce: Bool

    /// The longest block of days that is exchanged at once.
    static let swapDaysMax = 14
    /// The longest block that is set to one choice.
    static let changeDaysMax = 6

    public init(_ problem: RosterProblem, seed: UInt64, ruleWeight: Int) {
        board = Board(problem)
        drawing = RowDrawing(problem)
        chance = Chance(seed: seed)
        self.ruleWeight = ruleWeight
        blockMax = min(Self.swapDaysMax, max(1, board.days))
        saved = Array(repeating: 0, count: 4 * blockMax)
        remembersAtOnce = board.plan.count <= 4_096
        remember()
    }

    /// Starts again from another roster; the best one met is kept.
    public mutating func restart(from plan: [UInt8]) {
        board.lay(plan)
        remember()
    }

    /// Takes over a roster that another search found, if it is better than what this one met.
    public mutating func learn(_ plan: [UInt8], cost: Int) {
        guard cost < bestCost else { return }
        best = plan
        bestCost = cost
    }

    /// Tries so many moves at one temperature.
    public mutating func run(moves count: Int, temperature: Double) {
        for _ in 0..<count {
            let limit = Int(min(1e9, -temperature * naturalLogarithm(chance.unit())))
            let dice = chance.below(100)
            movesUntilDraw -= 1
            if movesUntilDraw < 0 {
                movesUntilDraw = drawing.map { $0.everyMoves / 2 * (RowDrawing.peopleMax + 1) } ?? .max
                redraw(limit, temperature: temperature)
            } else if dice < 40 {
                exchange(limit)
            } else if dice < 75 {
                change(limit)
            } else if dice < 90 {
                moveWithinRow(limit)
            } else {
                exchangeTwice(limit)
            }
            if remembersAtOnce, board.broken == 0, board.cost < bestCost { remember() }
        }
        moves += count
        remember()
    }

    private mutating func remember() {
        guard board.broken == 0, board.cost < bestCost else { return }
        best = board.plan
        bestCost = board.cost
    }

    @inline(__always)
    var energy: Int { board.cost &+ board.broken &* ruleWeight }

    /// One person's block of days is set to one choice.
    @inline(__always)
    private mutating func change(_ limit: Int) {
        let person = chance.below(board.people)
        let length = chance.below(2) == 0 ? 1 : 1 + chance.below(min(Self.changeDaysMax, board.days))
        let first = chance.below(board.days - length + 1)
        let choice = UInt8(truncatingIfNeeded: chance.below(3) == 0 ? 0 : chance.below(board.choices))
        let last = first &+ length &- 1
        let row = person &* board.days
        var differs = false
        for day in first...last {
            if (board.allowed[row &+ day] >> UInt64(choice)) & 1 == 0 { return }
            if board.plan[row &+ day] != choice { differs = true }
        }
        if !differs { return }
        let before = energy
        let runsBefore = Int(board.runsBroken(person, first, last))
        for day in first...last {
            saved[day &- first] = board.plan[row &+ day]
            board.put(person, day, choice)
        }
        let soFar = energy &- before &- runsBefore &* ruleWeight
        if soFar <= limit {
            let runs = Int(board.runsBroken(person, first, last)) &- runsBefore
            if energy &- before &+ runs &* ruleWeight <= limit {
                board.note(broken: runs)
                return
            }
        }
        for day in first...last { board.put(person, day, saved[day &- first]) }
    }

    /// Two people exchange a block of days.
    @inline(__always)
    private mutating func exchange(_ limit: Int) {
        guard let (a, b) = two() else { return }
        let length = chance.below(3) == 0 ? 1 : 1 + chance.below(blockMax)
        let first = chance.below(board.days - length + 1)
        let last = first &+ length &- 1
        guard mayExchange(a, b, first, last) else { return }
        let before = energy
        let runsBefore = Int(board.runsBroken(a, first, last)) &+ Int(board.runsBroken(b, first, last))
        swap(a, b, first, last)
        if energy &- before &- runsBefore &* ruleWeight <= limit {
            let runs = Int(board.runsBroken(a, first, last)) &+ Int(board.runsBroken(b, first, last)) &- runsBefore
            if energy &- before &+ runs &* ruleWeight <= limit {
                board.note(broken: runs)
                return
            }
        }
        swap(a, b, first, last)
    }

    /// Two people exchange two blocks of the same length, apart from each other: what one gives on one, it may get back on the other.
    @inline(__always)
    private mutating func exchangeTwice(_ limit: Int) {
        guard let (a, b) = two() else { return }
        let length = 1 + chance.below(min(4, blockMax))
        let room = board.days - 2 * length
        if room < 1 { return }
        let first = chance.below(room)
        let second = first &+ length &+ 1 &+ chance.below(min(21, room - first))
        guard second &+ length <= board.days, mayExchange(a, b, first, first &+ length &- 1), mayExchange(a, b, second, second &+ length &- 1) else { return }
        let last = second &+ length &- 1
        let before = energy
        let runsBefore = Int(board.runsBroken(a, first, last)) &+ Int(board.runsBroken(b, first, last))
        swap(a, b, first, first &+ length &- 1)
        swap(a, b, second, last)
        if energy &- before &- runsBefore &* ruleWeight <= limit {
            let runs = Int(board.runsBroken(a, first, last)) &+ Int(board.runsBroken(b, first, last)) &- runsBefore
            if energy &- before &+ runs &* ruleWeight <= limit {
                board.note(broken: runs)
                return
            }
        }
        swap(a, b, first, first &+ length &- 1)
        swap(a, b, second, last)
    }

    /// A day of work moves to another day of the same person.
    @inline(__always)
    private mutating func moveWithinRow(_ limit: Int) {
        let person = chance.below(board.people)
        let row = person &* board.days
        let one = chance.below(board.days)
        let reach = min(board.days, 15)
        let other = one &+ chance.below(2 &* reach &+ 1) &- reach
        if other < 0 || other >= board.days || other == one { return }
        let here = board.plan[row &+ one]
        let there = board.plan[row &+ other]
        if (here == 0) == (there == 0) { return }
        let work = here == 0 ? one : other
        let rest = here == 0 ? other : one
        let kept = here == 0 ? there : here
        let choice = chance.below(2) == 0 ? kept : UInt8(truncatingIfNeeded: 1 + chance.below(board.choices - 1))
        if (board.allowed[row &+ work] >> UInt64(choice)) & 1 == 0 || board.allowed[row &+ rest] & 1 == 0 { return }
        let first = min(one, other)
        let last = max(one, other)
        let before = energy
        let runsBefore = Int(board.runsBroken(person, first, last))
        board.put(person, work, choice)
        board.put(person, rest, 0)
        if energy &- before &- runsBefore &* ruleWeight <= limit {
            let runs = Int(board.runsBroken(person, first, last)) &- runsBefore
            if energy &- before &+ runs &* ruleWeight <= limit {
                board.note(broken: runs)
                return
            }
        }
        board.put(person, work, 0)
        board.put(person, rest, kept)
    }

    @inline(__always)
    private mutating func two() -> (Int, Int)? {
        if board.people < 2 { return nil }
        let a = chance.below(board.people)
        let b = chance.below(board.people - 1)
        return (a, b < a ? b : b &+ 1)
    }

    /// Do their days differ, and may each work what the other does?
    @inline(__always)
    private func mayExchange(_ a: Int, _ b: Int, _ first: Int, _ last: Int) -> Bool {
        let rowA = a &* board.days
        let rowB = b &* board.days
        var differs = false
        for day in first...last {
            let ofA = board.plan[rowA &+ day]
            let ofB = board.plan[rowB &+ day]
            if ofA == ofB { continue }
            differs = true
            if (board.allowed[rowA &+ day] >> UInt64(ofB)) & 1 == 0 || (board.allowed[rowB &+ day] >> UInt64(ofA)) & 1 == 0 { return false }
        }
        return differs
    }

    @inline(__always)
    private mutating func swap(_ a: Int, _ b: Int, _ first: Int, _ last: Int) {
        for day in first...last {
            let ofA = board.plan[a &* board.days &+ day]
            let ofB = board.plan[b &* board.days &+ day]
            board.put(a, day, ofB)
            board.put(b, day, ofA)
        }
    }
}

/// The natural logarithm of a number above zero, to about 1e-7: the core has no mathematics library, and chance needs no more.
@inline(__always)
func naturalLogarithm(_ x: Double) -> Double {
    let m = x.significand
    let y = (m - 1) / (m + 1)
    let z = y * y
    return Double(x.exponent) * 0.693_147_180_559_945_3 + 2 * y * (1 + z * (1 / 3.0 + z * (1 / 5.0 + z * (1 / 7.0 + z * (1 / 9.0 + z / 11)))))
}

/// The temperature after a share of the way from hot to cold, falling by the same factor in equal steps.
public struct Cooling: Sendable {
    public let hot: Double
    public let cold: Double

    public init(hot: Double, cold: Double) {
        self.hot = hot
        self.cold = cold
    }

    /// The temperature at a share from 0 to 1 of the way.
    public func temperature(at share: Double) -> Double { hot * exponential(naturalLogarithm(cold / hot) * min(1, max(0, share))) }
}

/// e to the power of a number, by its series on a small part and squaring.
func exponential(_ x: Double) -> Double {
    let small = x / 1_024
    var term = 1.0
    var sum = 1.0
    for n in 1...8 {
        term *= small / Double(n)
        sum += term
    }
    for _ in 0..<10 { sum *= sum }
    return sum
}
