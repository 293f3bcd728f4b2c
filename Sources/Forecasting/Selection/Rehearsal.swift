/// One origin tried: what each method told of the slots after it, and what came.
struct TriedOrigin {
    /// The first slot that was still to come.
    let end: Int
    /// The open slots that were forecast.
    let slots: [Int]
    /// Per method, `nil` where its past was too short.
    let told: [[Double]?]
    /// NaN where nothing is known.
    let came: [Double]
    /// The in-sample error of repeating the last season.
    let scale: Double
    /// Per method, and the calendar's.
    let milliseconds: [Double]
    let calendarMilliseconds: Double

    /// Each method's mean absolute error over the scale; NaN where there is none.
    var errors: [Double] {
        told.map { told in
            guard let told else { return .nan }
            var (sum, count) = (0.0, 0)
            for (one, came) in zip(told, came) where !came.isNaN {
                sum += abs(one - came)
                count += 1
            }
            return count > 0 ? sum / Double(count) / (scale > 0 ? scale : 1) : .nan
        }
    }
}

/// Lets every method forecast at origins of the past, each from what was known there.
struct Rehearsal {
    let series: Series
    let horizon: Int
    let events: [Int: [KnownEvent]]
    /// Milliseconds since any moment; the caller's, for this target reads no clock.
    let stopwatch: () -> Double
    private let openSlots: [Int]
    private let filled: [Double]
    private let isNeverNegative: Bool

    init(_ series: Series, horizon: Int, events: [KnownEvent], stopwatch: @escaping () -> Double) {
        (self.series, self.horizon, self.stopwatch) = (series, horizon, stopwatch)
        self.events = Dictionary(grouping: events, by: \.dayNumber)
        openSlots = (0..<series.count).filter(series.isOpen)
        filled = Past.fill(series, upTo: series.count)
        isNeverNegative = series.values.allSatisfy { !($0 < 0) }
    }

    var openCount: Int { openSlots.count }

    /// The slots that would be readings enough to begin with: two weeks, of a short series a third.
    var historyMin: Int {
        let weeks = 2 * series.isOpenPhase.count { $0 }
        return openCount >= 3 * weeks ? weeks : max(2, openCount / 3)
    }

    /// The origins `step` apart of which the last has `horizon` open slots behind it, oldest first, counted in open slots before the origin.
    func origins(_ count: Int, step: Int, endingBefore last: Int? = nil) -> [Int] {
        let last = last ?? openCount - horizon
        return (0..<count).map { last - $0 * step }.filter { $0 >= historyMin && $0 + horizon <= openCount }.reversed()
    }

    func scales(at origins: [Int]) -> [Double] {
        let ends = origins.map(end)
        let season = series.seasonOfScale(upTo: ends.first ?? 0)
        return series.scales(season: season, at: ends)
    }

    func end(_ origin: Int) -> Int { origin < openCount ? openSlots[origin] : series.count }

    func run(at origin: Int, scale: Double) -> TriedOrigin {
        let end = end(origin)
        let slots = series.openSlots(from: end, count: horizon)
        let past = Past(series: series, end: end, filled: filled)
        let begun = stopwatch()
        let effects = CalendarEffects(past, events: events)
        let calm = effects.map { past.without($0) }
        var factors: [Int: Double] = [:]
        if let effects { for slot in slots { factors[slot / past.day] = factors[slot / past.day] ?? effects.factor(day: slot / past.day) } }
        let calendar = stopwatch() - begun
        var (told, times): ([[Double]?], [Double]) = ([], [])
        let reach = (slots.last ?? end) - end + 1
        for method in Method.pool {
            let begun = stopwatch()
            let flat = method.onCalendar ? calm.flatMap { method.forecast($0, reach) } : method.forecast(past, reach)
            told.append(
                flat.flatMap { flat in
                    let numbers = slots.map { slot in
                        let number = flat[slot - end] * (method.onCalendar ? factors[slot / past.day] ?? 1 : 1)
                        return isNeverNegative ? max(0, number) : number
                    }
                    return numbers.allSatisfy(\.isFinite) ? numbers : nil
                })
            times.append(stopwatch() - begun)
        }
        let came = slots.map { $0 < series.count ? series.values[$0] : .nan }
        return TriedOrigin(end: end, slots: slots, told: told, came: came, scale: scale, milliseconds: times, calendarMilliseconds: calendar)
    }
}
