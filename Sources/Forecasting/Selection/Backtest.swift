/// What a rolling origin showed: every method, and the choice among them made at each origin from earlier origins alone.
public struct Backtest: Sendable {
    public struct Row: Sendable {
        public let method: String
        public let accuracy: Accuracy
        public let millisecondsAFit: Double
        /// Its part in the choice at the last origin.
        public let weight: Double
    }

    /// The methods of the pool that had a forecast, best first.
    public let leaderboard: [Row]
    public let choice: Accuracy
    /// Milliseconds to fit what takes part in the choice, the calendar's effects with it, and to fit the whole pool.
    public let millisecondsAFit: Double
    public let millisecondsThePool: Double
    public let origins: Int
    /// Origins before the tested ones, by which the first choices were made.
    public let earlierOrigins: Int
    public let scored: Int
    /// The season the errors are scaled by, in slots.
    public let seasonOfScale: Int
    /// Part of what came that lay inside the intervals: wanted and reached. Empty where no intervals could be made.
    public let coverage: [(wanted: Double, reached: Double)]
    public let notes: [Note]
    /// The chosen forecast of each tested origin, with what came.
    public let told: [(stamp: Stamp, origin: Stamp, told: Double, came: Double, interval: ClosedRange<Double>?)]

    /// How many earlier origins the choice may learn from.
    public static let earlierMax = 45

    /// `step` is the distance between origins in open slots; a day where none is given.
    public init(
        _ series: Series, horizon: Int, origins wanted: Int, step: Int? = nil, events: [KnownEvent] = [], stopwatch: @escaping () -> Double = { 0 }
    ) throws(ForecastRefusal) {
        guard horizon > 0, wanted > 0 else { throw .nothingAsked }
        guard horizon <= Readings.slotsMax else { throw .tooFar }
        let rehearsal = Rehearsal(series, horizon: horizon, events: events, stopwatch: stopwatch)
        let step = step ?? series.openSlotsADay
        let tested = rehearsal.origins(wanted, step: step)
        guard let first = tested.first else { throw .tooShort(have: rehearsal.openCount, need: rehearsal.historyMin + horizon) }
        let earlier = rehearsal.origins(Self.earlierMax + (horizon - 1) / step, step: step, endingBefore: first - step)
        let all = earlier + tested
        let scales = rehearsal.scales(at: all)
        var chooser = Chooser(isNeverNegative: series.values.allSatisfy { !($0 < 0) })
        var methods = Method.pool.map { _ in Errors() }
        var chosen = Errors()
        var (time, calendarTime) = (Method.pool.map { _ in 0.0 }, 0.0)
        var inside = IntervalMaker.coverages.map { _ in (held: 0, all: 0) }
        var last: Choice?
        var fallbacks = 0
        var told: [(stamp: Stamp, origin: Stamp, told: Double, came: Double, interval: ClosedRange<Double>?)] = []
        for (index, origin) in all.enumerated() {
            let tried = rehearsal.run(at: origin, scale: scales[index])
            let choice = chooser.choose(tried)
            guard index >= earlier.count else { continue }
            last = choice
            if choice.isFallback { fallbacks += 1 }
            for method in methods.indices {
                if let numbers = tried.told[method] { methods[method].add(forecast: numbers, actual: tried.came, scale: tried.scale) }
                time[method] += tried.milliseconds[method]
            }
            calendarTime += tried.calendarMilliseconds
            chosen.add(forecast: choice.told, actual: tried.came, scale: tried.scale)
            for (level, ranges) in (choice.intervals ?? []).enumerated() {
                for (range, came) in zip(ranges, tried.came) where !came.isNaN {
                    inside[level].all += 1
                    inside[level].held += range.contains(came) ? 1 : 0
                }
            }
            for (place, slot) in tried.slots.enumerated() {
                told.append((series.stamp(slot), series.stamp(tried.end), choice.told[place], tried.came[place], choice.intervals?[0][place]))
            }
        }
        let count = Double(tested.count)
        let weights = last?.weights ?? []
        leaderboard = Method.pool.indices.compactMap { index -> Row? in
            let accuracy = methods[index].accuracy
            guard methods[index].isTold else { return nil }
            return Row(method: Method.pool[index].name, accuracy: accuracy, millisecondsAFit: time[index] / count, weight: weights[index])
        }.sorted { ($0.accuracy.mase ?? $0.accuracy.wape ?? .infinity) < ($1.accuracy.mase ?? $1.accuracy.wape ?? .infinity) }
        choice = chosen.accuracy
        let taking = weights.indices.filter { weights[$0] > 0 }
        let calendar = taking.contains { Method.pool[$0].onCalendar } ? calendarTime / count : 0
        millisecondsAFit = taking.reduce(calendar) { $0 + time[$1] / count }
        millisecondsThePool = (time.reduce(0, +) + calendarTime) / count
        origins = tested.count
        earlierOrigins = earlier.count
        scored = told.count { !$0.came.isNaN }
        seasonOfScale = series.seasonOfScale(upTo: rehearsal.end(all[0]))
        coverage = zip(IntervalMaker.coverages, inside).compactMap { $1.all > 0 ? ($0, Double($1.held) / Double($1.all)) : nil }
        self.told = told
        var notes: [Note] = []
        if tested.count < wanted { notes.append(.fewerOrigins(asked: wanted, possible: tested.count)) }
        if fallbacks > 0 { notes.append(.fellBack(origins: fallbacks, of: tested.count)) }
        if chosen.accuracy.mase == nil { notes.append(.noScale) }
        self.notes = notes
    }
}
