/// What the combination told at one origin, chosen from earlier origins alone.
struct Choice {
    /// Per method of the pool.
    let weights: [Double]
    let told: [Double]
    /// Lower and upper end per slot for each coverage of `IntervalMaker.coverages`; `nil` while too few errors are known.
    let intervals: [[ClosedRange<Double>]]?
    /// Whether there were earlier origins to choose by.
    let isFallback: Bool

    /// Below this many earlier origins nothing is chosen: the plainest method that works is taken.
    static let originsMin = 3
}

/// Goes through origins in order of time and chooses at each by those whose targets have come by then.
struct Chooser {
    private var tried: [TriedOrigin] = []
    private var choices: [Choice] = []
    private var errors: [[Double]] = Method.pool.map { _ in [] }
    private var settled = 0
    private var intervals: IntervalMaker

    init(isNeverNegative: Bool) { intervals = IntervalMaker(isNeverNegative: isNeverNegative) }

    mutating func choose(_ origin: TriedOrigin) -> Choice {
        while settled < tried.count, (tried[settled].slots.last ?? 0) < origin.end {
            for (method, error) in tried[settled].errors.enumerated() { errors[method].append(error) }
            intervals.learn(choices[settled], tried[settled])
            settled += 1
        }
        let available = origin.told.map { $0 != nil }
        let isFallback = settled < Choice.originsMin
        let weights = isFallback ? Self.plainest(available) : Combination.weights(errors, available: available)
        var told = [Double](repeating: 0, count: origin.slots.count)
        for (method, weight) in weights.enumerated() where weight > 0 {
            guard let numbers = origin.told[method] else { continue }
            for index in told.indices { told[index] += weight * numbers[index] }
        }
        let choice = Choice(weights: weights, told: told, intervals: intervals.intervals(around: told), isFallback: isFallback)
        tried.append(origin)
        choices.append(choice)
        return choice
    }

    /// The first of the plain methods that has a forecast.
    private static func plainest(_ available: [Bool]) -> [Double] {
        let order = ["mean of 4 weeks", "same slot last week", "same slot yesterday", "last number"]
        let chosen = order.lazy.compactMap { name in Method.pool.indices.first { Method.pool[$0].name == name && available[$0] } }.first
        return Method.pool.indices.map { $0 == chosen ? 1 : 0 }
    }
}
