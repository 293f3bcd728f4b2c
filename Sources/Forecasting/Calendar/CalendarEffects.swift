import Chronicle

/// What single days do to the whole of their day: the turn of the month, the days after an unplanned closing, and events people named.
///
/// Fitted on the logarithm of day totals beside weekday effects, as a distance from the moving mean of four weeks, with a ridge worth two
/// observations: an event seen once is believed by a third. Only days before the origin are looked at; whether a day to come will be closed is not known.
struct CalendarEffects {
    private var coefficients: [Double] = []
    private let names: [String]
    private let series: Series
    private let events: [Int: [KnownEvent]]
    private let closedDays: Set<Int>

    static let ridge = 2.0
    static let weeksMax = 40
    private static let fixed = 5

    /// `nil` with less than eight weeks, for series coarser than a day, and where the series has numbers below zero.
    init?(_ past: Past, events: [Int: [KnownEvent]]) {
        let series = past.series
        guard series.spacing != .week, past.weeks >= 8, past.filled[..<past.end].allSatisfy({ $0 >= 0 }) else { return nil }
        let (day, days) = (past.day, past.end / past.day)
        let shift = 0.02 * past.size * Double(day)
        var totals = [Double](repeating: .nan, count: days)
        var closed: Set<Int> = []
        for index in 0..<days {
            let slots = index * day..<(index + 1) * day
            let open = slots.count { series.isOpen($0) }
            let known = slots.count { past.isKnown($0) }
            if known == 0 { closed.insert(index) }
            if open > 0, known * 5 >= open * 4 { totals[index] = naturalLog(slots.reduce(0) { $0 + past.filled[$1] } + shift) }
        }
        (self.series, self.events, closedDays) = (series, events, closed)
        names = Set(events.values.joined().filter { $0.dayNumber < series.dayNumber(past.end) }.map(\.name)).sorted()
        let moving = MovingMean(totals, reach: 2 * series.daysAWeek)
        let width = series.daysAWeek + Self.fixed + names.count
        var equations = LeastSquares(width: width)
        for index in max(0, days - Self.weeksMax * series.daysAWeek)..<days where !totals[index].isNaN {
            var row = [Double](repeating: 0, count: series.daysAWeek)
            row[index % series.daysAWeek] = 1
            equations.add(row + features(day: index), totals[index] - moving[index])
        }
        guard let fitted = equations.coefficients(ridge: { $0 < series.daysAWeek ? 1e-3 : Self.ridge }) else { return nil }
        coefficients = Array(fitted.dropFirst(series.daysAWeek))
    }

    /// By what a day is multiplied, counted in days of the series.
    func factor(day: Int) -> Double {
        exponential(zip(coefficients, features(day: day)).reduce(0) { $0 + $1.0 * $1.1 })
    }

    private func features(day: Int) -> [Double] {
        let number = series.dayNumber(day * series.slotsADay)
        let date = CivilDate(dayNumber: number)
        let left = CivilDate.days(inMonth: date.month, of: date.year) - date.day
        let isFirstAfter = closedDays.contains(day - 1) && !closedDays.contains(day)
        let isSecondAfter = closedDays.contains(day - 2) && !closedDays.contains(day - 1) && !closedDays.contains(day)
        var row = [date.day <= 2, 3...5 ~= date.day, left <= 2, isFirstAfter, isSecondAfter].map { $0 ? 1.0 : 0.0 }
        for name in names { row.append((events[number] ?? []).reduce(0) { $0 + ($1.name == name ? $1.strength : 0) }) }
        return row
    }
}

extension Past {
    /// The same past with every day brought to what it would have been without its effects.
    func without(_ effects: CalendarEffects) -> Past {
        var (values, filled) = (series.values, filled)
        for index in 0...(max(0, end - 1) / day) {
            let factor = effects.factor(day: index)
            guard factor != 1 else { continue }
            for slot in index * day..<min(end, (index + 1) * day) {
                values[slot] /= factor
                filled[slot] /= factor
            }
        }
        return Past(series: series.with(values), end: end, filled: filled)
    }
}
