import Testing

@testable import Forecasting

@Suite("Ways to continue a series")
struct MethodTests {
    /// Counts of half-hours round the clock that have a week, a level that wanders, and chance.
    static func counts(weeks: Int, seed: UInt64 = 1, scale: Double = 1, slots: Int = 24) -> Series {
        var chance = SeriesTests.Chance(state: seed &* 2_654_435_761 &+ 99)
        var (level, values) = (0.0, [Double]())
        for day in 0..<weeks * 7 {
            level = 0.8 * level + 0.1 * (chance.unit() - 0.5)
            for slot in 0..<slots {
                let course = 20 + 15 * (slot > slots / 3 && slot < slots * 3 / 4 ? 1.0 : 0.1) * (day % 7 < 5 ? 1 : 0.5)
                values.append(scale * (course * exponential(level) + 6 * (chance.unit() - 0.5)).rounded())
            }
        }
        return series(values, slots: slots, days: 7)
    }

    static func series(_ values: [Double], slots: Int, days: Int) -> Series {
        Series(
            spacing: slots == 1 ? .day : .minutes(1_440 / slots), values: values, isOpenPhase: Array(repeating: true, count: slots * days),
            firstWeek: (0..<days).map { 20_458 + $0 }, daysToNextWeek: 7, slotMinutes: (0..<slots).map { $0 * 1_440 / slots })
    }

    static func past(_ series: Series) -> Past { Past(series: series, end: series.count) }

    @Test(
        "A week that only repeats is continued exactly by every method that knows weeks",
        arguments: ["same slot last week", "mean of 4 weeks", "median of 8 weeks", "theta"])
    func repeating(name: String) throws {
        let week = (0..<168).map { Double(5 + $0 * 37 % 50) }
        let series = Self.series((0..<10).flatMap { _ in week }, slots: 24, days: 7)
        let method = try #require(Method.pool.first { $0.name == name })
        let told = try #require(method.forecast(Self.past(series), 168))
        for (one, other) in zip(told, week) { #expect(abs(one - other) < 1e-6) }
    }

    @Test(
        "… and nearly by those that smooth or fit",
        arguments: ["level by profile", "lags, root", "lags, log", "lags, log, bending", "double seasonal smoothing"])
    func nearly(name: String) throws {
        let week = (0..<168).map { Double(5 + $0 * 37 % 50) }
        let series = Self.series((0..<12).flatMap { _ in week }, slots: 24, days: 7)
        let method = try #require(Method.pool.first { $0.name == name })
        let told = try #require(method.forecast(Self.past(series), 168))
        for (one, other) in zip(told, week) { #expect(abs(one - other) < 0.02 * other + 0.1) }
    }

    @Test("Three times the counts, three times the forecast", arguments: Method.pool.map(\.name))
    func equivariant(name: String) throws {
        let method = try #require(Method.pool.first { $0.name == name })
        let plain = method.forecast(Self.past(Self.counts(weeks: 9)), 48)
        let tripled = method.forecast(Self.past(Self.counts(weeks: 9, scale: 3)), 48)
        let (one, three) = (try #require(plain), try #require(tripled))
        for (a, b) in zip(one, three) { #expect(abs(3 * a - b) < 1e-6 * max(1, abs(b))) }
    }

    @Test("No method looks behind the origin", arguments: Method.pool.map(\.name))
    func noPeeking(name: String) throws {
        let method = try #require(Method.pool.first { $0.name == name })
        let series = Self.counts(weeks: 9)
        let end = series.count - 100
        var other = series.values
        for slot in end..<other.count { other[slot] = 1e6 }
        let changed = series.with(other)
        let before = method.forecast(Past(series: series, end: end), 48)
        let after = method.forecast(Past(series: changed, end: end, filled: Past.fill(changed, upTo: changed.count)), 48)
        #expect(before == after)
    }

    @Test("Ridge regression finds the coefficients it was made with")
    func leastSquares() throws {
        var (equations, chance) = (LeastSquares(width: 3), SeriesTests.Chance(state: 5))
        for _ in 0..<200 {
            let x = (0..<3).map { _ in chance.unit() - 0.5 }
            equations.add(x, 2 * x[0] - 3 * x[1] + 0.5 * x[2])
        }
        let found = try #require(equations.coefficients(relativeRidge: 0))
        for (one, other) in zip(found, [2, -3, 0.5]) { #expect(abs(one - other) < 1e-6) }
        let shrunk = try #require(equations.coefficients(relativeRidge: 1))
        #expect(abs(shrunk[0]) < 2)
    }

    @Test("The calendar learns what an event does, undoes it and does it again")
    func calendar() throws {
        var chance = SeriesTests.Chance(state: 3)
        let events = stride(from: 9, to: 120, by: 11).map { KnownEvent(dayNumber: 20_458 + $0, name: "release") }
        let days = Set(events.map { $0.dayNumber - 20_458 })
        let values = (0..<112).map { day in (100 + 4 * (chance.unit() - 0.5)) * (day % 7 < 5 ? 1 : 0.6) * (days.contains(day) ? 1.5 : 1) }
        let past = Self.past(Self.series(values, slots: 1, days: 7))
        let effects = try #require(CalendarEffects(past, events: Dictionary(grouping: events, by: \.dayNumber)))
        #expect(abs(effects.factor(day: 119) - 1.5) < 0.12)
        #expect(abs(effects.factor(day: 118) - 1) < 0.05)
        let calm = past.without(effects)
        #expect(calm.filled[108] < 115)
    }

    @Test("Transforms come back where they began, and keep proportion", arguments: [Transform.none, .root(shift: 0.4), .log(shift: 0.4)])
    func transforms(_ transform: Transform) {
        for value in [0, 0.5, 3, 1_000, 1e7] { #expect(abs(transform.back(transform.forth(value)) - value) < 1e-6 * max(1, value)) }
    }
}
