/// A forecast of what comes next, with how well the same way of choosing did before.
public struct Forecast: Sendable {
    public struct Step: Sendable {
        public let stamp: Stamp
        public let told: Double
        /// Holds eight of ten outcomes, by what earlier forecasts missed; `nil` while too few are known.
        public let interval80: ClosedRange<Double>?
        public let interval95: ClosedRange<Double>?
    }

    public let steps: [Step]
    /// The methods that take part and how much each counts, most first.
    public let weights: [(method: String, weight: Double)]
    public let notes: [Note]

    public init(_ series: Series, horizon: Int, events: [KnownEvent] = []) throws(ForecastRefusal) {
        guard horizon > 0 else { throw .nothingAsked }
        guard horizon <= Readings.slotsMax else { throw .tooFar }
        let rehearsal = Rehearsal(series, horizon: horizon, events: events, stopwatch: { 0 })
        let step = series.openSlotsADay
        let earlier = rehearsal.origins(Backtest.earlierMax + (horizon - 1) / step, step: step)
        let all = earlier + [rehearsal.openCount]
        let scales = rehearsal.scales(at: all)
        var chooser = Chooser(isNeverNegative: series.values.allSatisfy { !($0 < 0) })
        var latest: (tried: TriedOrigin, choice: Choice)?
        for (origin, scale) in zip(all, scales) {
            let tried = rehearsal.run(at: origin, scale: scale)
            latest = (tried, chooser.choose(tried))
        }
        guard let (tried, choice) = latest else { throw .tooShort(have: rehearsal.openCount, need: 1) }
        steps = tried.slots.indices.map { place in
            Step(
                stamp: series.stamp(tried.slots[place]), told: choice.told[place], interval80: choice.intervals?[0][place],
                interval95: choice.intervals?[1][place])
        }
        weights = zip(Method.pool, choice.weights).filter { $1 > 0.005 }.map { ($0.name, $1) }.sorted { $0.1 > $1.1 }
        notes = choice.isFallback ? [.tooLittleToChoose(origins: earlier.count)] : []
    }
}
