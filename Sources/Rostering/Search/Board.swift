/// A roster being worked on, its cost and its broken rules kept true after every change.
///
/// Two numbers: `cost`, what the roster would be charged, and `broken`, by how much hard rules are missed. Both change by the difference
/// a change makes and never by counting anew. Everything is in flat arrays, and nothing is allocated while searching.
public struct Board: Sendable {
    /// What one shift's worth of a missed limit weighs in `broken`.
    static let grainsOfAShift: Int32 = 8

    let days: Int
    let choices: Int
    let people: Int
    /// The choice of each person on each day: `plan[person * days + day]`.
    public private(set) var plan: [UInt8]
    public private(set) var cost: Int = 0
    public private(set) var broken: Int = 0

    let allowed: [UInt64]
    let forbiddenNext: [UInt64]
    private let costs: [Int32]
    private let runsMax: [Int32]
    private let runsMin: [Int32]
    private let offMin: [Int32]
    private let weekendsMax: [Int32]
    private let weekendOfDay: [Int32]
    private let kind: [Int]

    // Measures: which ones a choice on a day touches, by how much, and where each person stands.
    private let touchStart: [Int32]
    private let touchMeasure: [Int32]
    private let touchWeight: [Int32]
    private let measures: Int
    private let least: [Int32]
    private let most: [Int32]
    private let unit: [Int32]
    private let target: [Int32]
    private let targetWeight: [Int32]
    private var standing: [Int32]

    // Needs: which ones a choice on a day meets, and how many are there.
    private let meetStart: [Int32]
    private let meetNeed: [Int32]
    private let wanted: [Int32]
    private let under: [Int32]
    private let over: [Int32]
    private var present: [Int32]

    private var weekends: [Int32]

    /// The board of a problem with everybody off on every day.
    public init(_ problem: RosterProblem) {
        days = problem.days
        choices = problem.choices
        people = problem.people.count
        plan = Array(repeating: 0, count: people * days)
        allowed = problem.people.flatMap(\.allowed)
        forbiddenNext = problem.forbiddenNext
        costs = problem.people.flatMap { $0.costs.map { Int32(clamping: $0) } }
        runsMax = problem.people.map { Int32(clamping: $0.consecutiveShiftsMax) }
        runsMin = problem.people.map { Int32(clamping: $0.consecutiveShiftsMin) }
        offMin = problem.people.map { Int32(clamping: $0.consecutiveDaysOffMin) }
        weekendsMax = problem.people.map { Int32(clamping: $0.weekendsMax) }
        weekendOfDay = problem.weekendOfDay.map { Int32($0) }
        kind = problem.people.map(\.kind)

        var start: [Int32] = [0]
        var touched: [Int32] = []
        var weights: [Int32] = []
        for cell in 0..<days * choices {
            for (index, measure) in problem.measures.enumerated() where measure.weights[cell] != 0 {
                touched.append(Int32(index))
                weights.append(Int32(clamping: measure.weights[cell]))
            }
            start.append(Int32(touched.count))
        }
        touchStart = start
        touchMeasure = touched
        touchWeight = weights
        measures = problem.measures.count
        var least = [Int32](repeating: 0, count: people * measures)
        var most = [Int32](repeating: .max, count: people * measures)
        var target = [Int32](repeating: 0, count: people * measures)
        var targetWeight = target
        for (person, row) in problem.people.enumerated() {
            for bound in row.bounds {
                let at = person * measures + bound.measure
                least[at] = max(least[at], Int32(clamping: bound.least))
                most[at] = min(most[at], Int32(clamping: bound.most))
                if let aim = bound.target {
                    target[at] = Int32(clamping: aim.value)
                    targetWeight[at] = Int32(clamping: aim.weight)
                }
            }
        }
        self.least = least
        self.most = most
        self.target = target
        self.targetWeight = targetWeight
        unit = problem.measures.map { Int32(clamping: $0.unit) }
        standing = Array(repeating: 0, count: people * measures)

        meetStart = problem.meets.reduce(into: [0]) { $0.append(($0.last ?? 0) + Int32($1.count)) }
        meetNeed = problem.meets.flatMap { $0.map { Int32($0) } }
        wanted = problem.needs.map { Int32(clamping: $0.wanted) }
        under = problem.needs.map { Int32(clamping: $0.underWeight) }
        over = problem.needs.map { Int32(clamping: $0.overWeight) }
        present = Array(repeating: 0, count: wanted.count)
        weekends = Array(repeating: 0, count: people)

        for need in wanted.indices { cost += Int(needCost(need)) }
        for person in 0..<people {
            for day in 0..<days { cost += Int(costs[(person * days + day) * choices]) }
            for measure in 0..<measures {
                let at = person * measures + measure
                broken += Int(missed(at, measure))
                cost += targetCost(at, measure)
            }
            broken += Int(runsBroken(person, 0, days - 1))
        }
    }

    /// Puts a whole plan on the board.
    public mutating func lay(_ plan: [UInt8]) {
        for person in 0..<people {
            let before = runsBroken(person, 0, days - 1)
            for day in 0..<days { put(person, day, plan[person * days + day]) }
            broken += Int(runsBroken(person, 0, days - 1)) - Int(before)
        }
    }

    /// Makes another choice, and brings everything but the broken runs and successions up to date; those are the caller's to compare, by
    /// `runsBroken` over the same days before and after, for a block is changed as a whole.
    @inline(__always)
    mutating func put(_ person: Int, _ day: Int, _ choice: UInt8) {
        let at = person &* days &+ day
        let old = plan[at]
        if old == choice { return }
        plan[at] = choice
        let cell = at &* choices
        cost &+= Int(costs[cell &+ Int(choice)]) &- Int(costs[cell &+ Int(old)])
        let group = (kind[person] &* days &+ day) &* choices
        step(need: group &+ Int(old), by: -1)
        step(need: group &+ Int(choice), by: 1)
        let touch = day &* choices
        measure(person, touch &+ Int(old), by: -1)
        measure(person, touch &+ Int(choice), by: 1)
        if weekendOfDay[day] >= 0, (old == 0) != (choice == 0) { countWeekend(person, day) }
    }

    /// What a choice would cost a person who is off that day, all others as they are.
    func price(_ person: Int, _ day: Int, _ choice: Int) -> Int {
        var price = Int(costs[(person * days + day) * choices + choice])
        let cell = (kind[person] * days + day) * choices + choice
        for index in Int(meetStart[cell])..<Int(meetStart[cell + 1]) {
            let need = Int(meetNeed[index])
            price += wanted[need] > present[need] ? -Int(under[need]) : Int(over[need])
        }
        return price
    }

    /// Enters what the runs of a change broke or mended; see `put`.
    @inline(__always)
    mutating func note(broken difference: Int) { broken &+= difference }

    @inline(__always)
    private mutating func step(need cell: Int, by sign: Int32) {
        var index = Int(meetStart[cell])
        let end = Int(meetStart[cell &+ 1])
        while index < end {
            let need = Int(meetNeed[index])
            cost &-= Int(needCost(need))
            present[need] &+= sign
            cost &+= Int(needCost(need))
            index &+= 1
        }
    }

    @inline(__always)
    private func needCost(_ need: Int) -> Int32 {
        let short = wanted[need] &- present[need]
        return short > 0 ? short &* under[need] : (0 &- short) &* over[need]
    }

    @inline(__always)
    private mutating func measure(_ person: Int, _ cell: Int, by sign: Int32) {
        var index = Int(touchStart[cell])
        let end = Int(touchStart[cell &+ 1])
        while index < end {
            let measure = Int(touchMeasure[index])
            let at = person &* measures &+ measure
            broken &-= Int(missed(at, measure))
            if targetWeight[at] != 0 { cost &-= targetCost(at, measure) }
            standing[at] &+= sign &* touchWeight[index]
            broken &+= Int(missed(at, measure))
            if targetWeight[at] != 0 { cost &+= targetCost(at, measure) }
            index &+= 1
        }
    }

    /// By how much a person misses the limits of a measure, in grains; a miss however small is at least half a shift's.
    @inline(__always)
    private func missed(_ at: Int, _ measure: Int) -> Int32 {
        let value = standing[at]
        let miss = value < least[at] ? least[at] &- value : value > most[at] ? value &- most[at] : 0
        if miss == 0 { return 0 }
        return Self.grainsOfAShift / 2 &+ Int32(truncatingIfNeeded: Int(miss) &* Int(Self.grainsOfAShift) / Int(unit[measure]))
    }

    /// What the distance from a target costs: its weight times the square of the distance in whole units.
    @inline(__always)
    private func targetCost(_ at: Int, _ measure: Int) -> Int {
        let away = Int(standing[at] &- target[at]) / Int(unit[measure])
        return away &* away &* Int(targetWeight[at])
    }

    /// A person's day of a weekend turned from off to work or back: the weekend may have become worked, or free.
    @inline(__always)
    private mutating func countWeekend(_ person: Int, _ day: Int) {
        let row = person &* days
        let weekend = weekendOfDay[day]
        var others = false
        var other = day &- 1
        while other >= 0, weekendOfDay[other] == weekend {
            if plan[row &+ other] != 0 { others = true }
            other &-= 1
        }
        other = day &+ 1
        while other < days, weekendOfDay[other] == weekend {
            if plan[row &+ other] != 0 { others = true }
            other &+= 1
        }
        if others { return }
        let before = max(0, weekends[person] &- weekendsMax[person])
        weekends[person] &+= plan[row &+ day] != 0 ? 1 : -1
        broken &+= Int(max(0, weekends[person] &- weekendsMax[person]) &- before) &* Int(Self.grainsOfAShift)
    }

    /// What the runs and successions that touch these days miss, in grains. The first and last day of what is looked at do not depend on
    /// the choices between the two days, so before and after a change of those the same days are compared.
    @inline(__always)
    func runsBroken(_ person: Int, _ first: Int, _ last: Int) -> Int32 {
        plan.withUnsafeBufferPointer { plan in
            let row = person &* days
            var start = first > 0 ? first &- 1 : 0
            let startWorks = plan[row &+ start] != 0
            while start > 0, (plan[row &+ start &- 1] != 0) == startWorks { start &-= 1 }
            var end = last &+ 1 < days ? last &+ 1 : days &- 1
            let endWorks = plan[row &+ end] != 0
            while end &+ 1 < days, (plan[row &+ end &+ 1] != 0) == endWorks { end &+= 1 }
            var missed: Int32 = 0
            var day = start
            while day <= end {
                let runStart = day
                let works = plan[row &+ day] != 0
                day &+= 1
                if works {
                    while day <= end, plan[row &+ day] != 0 {
                        if day >= first, day <= last &+ 1, (forbiddenNext[Int(plan[row &+ day &- 1])] >> UInt64(plan[row &+ day])) & 1 != 0 { missed &+= 1 }
                        day &+= 1
                    }
                    let length = Int32(truncatingIfNeeded: day &- runStart)
                    if length > runsMax[person] { missed &+= length &- runsMax[person] }
                    if length < runsMin[person], runStart > 0, day < days { missed &+= runsMin[person] &- length }
                } else {
                    while day <= end, plan[row &+ day] == 0 { day &+= 1 }
                    let length = Int32(truncatingIfNeeded: day &- runStart)
                    if length < offMin[person], runStart > 0, day < days { missed &+= offMin[person] &- length }
                }
            }
            return missed &* Self.grainsOfAShift
        }
    }
}
