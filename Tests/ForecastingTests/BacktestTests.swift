import Testing

@testable import Forecasting

@Suite("Trying forecasts on the past")
struct BacktestTests {
    @Test("The choice beats repeating last week, and its intervals hold about what they say", arguments: 1...3)
    func worth(seed: UInt64) throws {
        let test = try Backtest(MethodTests.counts(weeks: 16, seed: seed), horizon: 24, origins: 28)
        #expect(try #require(test.choice.mase) < 0.9)
        let naive = try #require(test.leaderboard.first { $0.method == "same slot last week" }?.accuracy.mase)
        #expect((test.choice.mase ?? 9) < naive)
        #expect(0.72...0.88 ~= test.coverage[0].reached)
        #expect(test.coverage[1].reached > test.coverage[0].reached)
        #expect(abs(test.leaderboard.reduce(0) { $0 + $1.weight } - 1) < 1e-9)
    }

    @Test("What comes after the tested time changes nothing: choices are made by what was known")
    func noPeeking() throws {
        let series = MethodTests.counts(weeks: 14)
        let test = try Backtest(series, horizon: 24, origins: 10)
        // The same numbers, the last day wild: all origins but the last are told the same.
        var values = series.values
        for slot in values.count - 24..<values.count { values[slot] = 5_000 }
        let wild = try Backtest(series.with(values), horizon: 24, origins: 10)
        #expect(zip(test.told, wild.told).allSatisfy { $0.told == $1.told })
        #expect(wild.choice.mase != test.choice.mase)
    }

    @Test("MASE is what Hyndman and Koehler define: by hand on eight numbers")
    func mase() throws {
        var errors = Errors()
        errors.add(forecast: [3, 5], actual: [1, .nan], scale: 4)
        errors.add(forecast: [3, 5], actual: [3, 9], scale: 2)
        #expect(errors.accuracy.mase == (2.0 / 4 + 2.0 / 2) / 2)
        #expect(abs(try #require(errors.accuracy.wape) - 6.0 / 13) < 1e-12)
        #expect(abs(try #require(errors.accuracy.bias) - (2 - 4) / 13.0) < 1e-12)
        let series = MethodTests.series([1, 2, 3, 4, 5, 6, 7, 3, 2, .nan, 8, 5, 6, 7], slots: 1, days: 7)
        #expect(series.scales(season: 7, at: [8, 11, 14]) == [2, 2, 1.0])
    }

    @Test("Wider intervals hold narrower ones, and all hold the forecast")
    func nesting() throws {
        let forecast = try Forecast(MethodTests.counts(weeks: 16), horizon: 48)
        for step in forecast.steps {
            let (narrow, wide) = (try #require(step.interval80), try #require(step.interval95))
            #expect(wide.lowerBound <= narrow.lowerBound && narrow.upperBound <= wide.upperBound)
            #expect(narrow.contains(step.told))
            #expect(narrow.lowerBound >= 0)
        }
        #expect(forecast.notes.isEmpty)
    }

    @Test("Too little history is said, and the plainest method taken", arguments: [3, 9, 30])
    func little(days: Int) throws {
        let values = (0..<days).map { Double(20 + $0 % 7) }
        let forecast = try Forecast(MethodTests.series(values, slots: 1, days: 7), horizon: 7)
        #expect(forecast.steps.count == 7)
        #expect(forecast.steps.allSatisfy { $0.told.isFinite })
        if days < 10 { #expect(forecast.notes.contains { if case .tooLittleToChoose = $0 { true } else { false } }) }
    }

    @Test("One number is forecast as itself; a back-test of it is refused")
    func onePoint() throws {
        let one = MethodTests.series([4], slots: 1, days: 7)
        #expect(try Forecast(one, horizon: 3).steps.map(\.told) == [4, 4, 4])
        #expect(throws: ForecastRefusal.self) { try Backtest(one, horizon: 3, origins: 5) }
        #expect(throws: ForecastRefusal.nothingAsked) { try Forecast(one, horizon: 0) }
    }

    @Test("A constant and a zero series are continued, without a scale for MASE", arguments: [0.0, 12.0])
    func constant(value: Double) throws {
        let series = MethodTests.series([Double](repeating: value, count: 24 * 7 * 10), slots: 24, days: 7)
        let test = try Backtest(series, horizon: 24, origins: 10)
        #expect(test.choice.mase == nil)
        #expect(test.notes.contains(.noScale))
        #expect(test.told.allSatisfy { abs($0.told - value) < 1e-6 })
    }

    @Test("Numbers below zero are forecast as well")
    func negative() throws {
        let values = (0..<140).map { day -> Double in
            let whole = day % 7 * 3 - 20 + day * 13 % 5
            return Double(whole)
        }
        let test = try Backtest(MethodTests.series(values, slots: 1, days: 7), horizon: 7, origins: 10)
        #expect(try #require(test.choice.mase) < 1.2)
        #expect(test.told.contains { $0.told < 0 })
    }

    @Test("More origins than fit are cut to those that do, and it is said")
    func fewer() throws {
        let test = try Backtest(MethodTests.counts(weeks: 4), horizon: 24, origins: 500)
        #expect(test.origins < 28)
        #expect(test.notes.contains { if case .fewerOrigins = $0 { true } else { false } })
    }

    @Test("Who erred least weighs most, who erred much more is out; nobody known, everybody equal")
    func weights() {
        let weights = Combination.weights([[1, 1], [1.05, 1.05], [9, 9], [.nan, .nan]], available: [true, true, true, true])
        #expect(weights[0] > weights[1] && weights[1] > 0 && weights[2] == 0 && weights[3] == 0)
        #expect(abs(weights.reduce(0, +) - 1) < 1e-12)
        #expect(Combination.weights([[], []], available: [true, false]) == [1, 0])
        #expect(Combination.weights([[1], [2]], available: [false, true]) == [0, 1])
    }

    @Test("A day that runs at twice its forecast is followed, the more the later; the morning's forecast stands where nothing is known of other days")
    func reforecast() throws {
        let told = [Double](repeating: 10, count: 10)
        let twice = told.map { 2 * $0 }
        let early = Reforecast.factor(told: told.prefix(1), came: twice.prefix(1), 50)
        let late = Reforecast.factor(told: told, came: twice, 50)
        #expect(1 < early && early < late && late < 2)
        #expect(Reforecast.factor(told: told, came: twice, nil) == 1)
        let series = MethodTests.counts(weeks: 12)
        let torn = series.with(Array(series.values.dropLast(10)))
        let today = try Reforecast(torn)
        #expect(today.steps.count == 24 && today.steps.count { $0.now != nil } == 10)
        #expect(today.daysTried == 20)
        #expect(throws: ForecastRefusal.notWithinADay) { try Reforecast(series) }
    }
}
