import ArgumentParser
import Forecasting

/// `recourse forecast …`: what will come, how well such forecasts did, and the rest of today.
struct ForecastCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Forecast arrivals or effort from a table of what was.",
        discussion: """
            Well-known methods are tried at origins of the past, each from what was known there, and combined by how near they came. Nothing has to be set
            for one series. Errors are given as MASE (1 is as good as repeating last week), WAPE (error in parts of the volume) and bias.

            Examples:
              recourse forecast calls.csv --time-column ds --value-column y --every 30m --horizon 28
              recourse forecast backtest calls.csv --time-column ds --value-column y --every 30m --horizon 28 --origins 40
              recourse forecast today calls.csv --time-column ds --value-column y --every 30m
            """,
        subcommands: [NextForecast.self, BacktestForecast.self, TodayForecast.self], defaultSubcommand: NextForecast.self)
}

/// `forecast next`: the numbers to come with intervals.
struct NextForecast: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "next", abstract: "Say what comes next, with intervals that hold eight and nineteen of twenty outcomes.",
        discussion: "Example: recourse forecast calls.csv --time-column ds --value-column y --every 30m --horizon 28")

    @OptionGroup var readings: ReadingsFile
    @Option(name: .long, help: ArgumentHelp("How many slots ahead.", valueName: "count")) var horizon: Int

    func run() throws {
        let (series, notes) = try readings.series()
        let forecast = try Forecast(series, horizon: horizon, events: try readings.knownEvents())
        let said = (notes + forecast.notes).map { "\($0)" }
        guard readings.json else { return show(forecast, said) }
        let steps = forecast.steps.map { step in
            JSON.object([
                ("time", .text("\(step.stamp)")), ("forecast", .real(step.told)),
                ("low80", .real(step.interval80?.lowerBound)), ("high80", .real(step.interval80?.upperBound)),
                ("low95", .real(step.interval95?.lowerBound)), ("high95", .real(step.interval95?.upperBound)),
            ])
        }
        print(
            JSON.object([
                ("every", .text("\(series.spacing)")), ("weights", weights(forecast.weights)), ("forecast", .list(steps)),
                ("notes", .list(said.map { .text($0) })),
            ]).line)
    }

    private func show(_ forecast: Forecast, _ notes: [String]) {
        let screen = Screen.standard
        var table = TextTable([("time", .left), ("forecast", .right), ("8 of 10 between", .right), ("19 of 20 between", .right)])
        func text(_ interval: ClosedRange<Double>?) -> String {
            interval.map { "\($0.lowerBound.rounded(places: 1)) … \($0.upperBound.rounded(places: 1))" } ?? "–"
        }
        for step in forecast.steps {
            table.add([.init("\(step.stamp)"), .init(step.told.rounded(places: 1)), .init(text(step.interval80)), .init(text(step.interval95))])
        }
        for line in table.lines(on: screen) { print(line) }
        screen.print("From " + forecast.weights.map { "\($0.method) \($0.weight.percent)" }.joined(separator: ", ") + ".")
        for note in notes { screen.print("Note: \(note).") }
    }
}

/// `forecast backtest`: every method at origins of the past, and the choice among them.
struct BacktestForecast: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest", abstract: "Try every method at origins of the past, and the choice among them.",
        discussion: """
            Each origin sees only what lies before it, and the choice at it is made by earlier origins alone. MASE divides by the in-sample error of
            repeating last week. Milliseconds are processor time of one fit.

            Example: recourse forecast backtest calls.csv --time-column ds --value-column y --every 30m --horizon 28 --origins 40 --json
            """)

    @OptionGroup var readings: ReadingsFile
    @Option(name: .long, help: ArgumentHelp("How many slots ahead.", valueName: "count")) var horizon: Int
    @Option(name: .long, help: ArgumentHelp("How many origins; the last has just the horizon behind it.", valueName: "count")) var origins = 20
    @Option(name: .long, help: ArgumentHelp("Slots between origins; a day's where not given.", valueName: "count")) var step: Int?
    @Flag(name: .long, help: "With --json: every forecast of every origin beside what came.") var each = false

    func validate() throws { if let step, step < 1 { throw ValidationError("--step is at least 1") } }

    func run() throws {
        let (series, notes) = try readings.series()
        let test = try Backtest(
            series, horizon: horizon, origins: origins, step: step, events: try readings.knownEvents(), stopwatch: ReadingsFile.processorMilliseconds)
        let said = (notes + test.notes).map { "\($0)" }
        if readings.json { print(json(series, test, said).line) } else { show(series, test, said) }
    }

    private func json(_ series: Series, _ test: Backtest, _ notes: [String]) -> JSON {
        let taking = test.leaderboard.filter { $0.weight > 0 }.sorted { $0.weight > $1.weight }
        let choice: [(String, JSON)] = [
            ("method", .text(taking.count == 1 ? taking[0].method : "combination of \(taking.count) methods")),
            ("weights", weights(taking.map { ($0.method, $0.weight) })),
        ]
        var fields: [(String, JSON)] = [
            ("every", .text("\(series.spacing)")), ("horizon", .integer(horizon)), ("origins", .integer(test.origins)),
            ("earlier_origins", .integer(test.earlierOrigins)), ("scored", .integer(test.scored)), ("season_of_scale", .integer(test.seasonOfScale)),
            ("choice", .object(choice + figures(test.choice))), ("mase", .real(test.choice.mase)),
            ("coverage80", .real(test.coverage.first?.reached)), ("coverage95", .real(test.coverage.last?.reached)),
            ("fit_ms", .real(test.millisecondsAFit, places: 3)), ("pool_ms", .real(test.millisecondsThePool, places: 3)),
            (
                "leaderboard",
                .list(
                    test.leaderboard.map { row in
                        .object(
                            [("method", .text(row.method))] + figures(row.accuracy)
                                + [("fit_ms", .real(row.millisecondsAFit, places: 3)), ("weight", .real(row.weight))])
                    })
            ), ("notes", .list(notes.map { .text($0) })),
        ]
        if each {
            let all = test.told.map { one in
                JSON.object([
                    ("origin", .text("\(one.origin)")), ("time", .text("\(one.stamp)")), ("forecast", .real(one.told)), ("actual", .real(one.came)),
                    ("low80", .real(one.interval?.lowerBound)), ("high80", .real(one.interval?.upperBound)),
                ])
            }
            fields.append(("forecasts", .list(all)))
        }
        return .object(fields)
    }

    private func figures(_ accuracy: Accuracy) -> [(String, JSON)] {
        [("mase", .real(accuracy.mase)), ("wape", .real(accuracy.wape)), ("bias", .real(accuracy.bias))]
    }

    private func show(_ series: Series, _ test: Backtest, _ notes: [String]) {
        let screen = Screen.standard
        var table = TextTable([("method", .left), ("MASE", .right), ("WAPE", .right), ("bias", .right), ("ms a fit", .right), ("part", .right)])
        func row(_ name: String, _ accuracy: Accuracy, _ milliseconds: Double, _ part: String, _ dress: @escaping (String) -> String) {
            table.add([
                .init(name, dress), .init(accuracy.mase?.rounded(places: 3) ?? "–", dress), .init(accuracy.wape?.percent ?? "–"),
                .init(accuracy.bias?.percent ?? "–"), .init(milliseconds.rounded(places: 2)), .init(part),
            ])
        }
        row("the choice", test.choice, test.millisecondsAFit, "", screen.strong)
        for one in test.leaderboard { row(one.method, one.accuracy, one.millisecondsAFit, one.weight > 0 ? one.weight.percent : "", { $0 }) }
        for line in table.lines(on: screen) { print(line) }
        screen.print(
            "\(test.origins) origins, \(horizon) × \(series.spacing) ahead, each chosen by earlier origins alone (\(test.earlierOrigins) before the first).")
        for one in test.coverage { screen.print("Intervals meant to hold \(one.wanted.percent) of outcomes held \(one.reached.percent).") }
        for note in notes { screen.print("Note: \(note).") }
    }
}

/// `forecast today`: the rest of a day that has begun.
struct TodayForecast: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "today", abstract: "Forecast the rest of a day anew from how it has gone so far.",
        discussion: """
            The table ends where the day stands. The morning's forecast is moved by what has come, the more the later it is; how much better that was on
            earlier days, cut at the same hour, is said beside it.

            Example: recourse forecast today calls.csv --time-column ds --value-column y --every 30m
            """)

    @OptionGroup var readings: ReadingsFile

    func run() throws {
        let (series, notes) = try readings.series()
        let today = try Reforecast(series, events: try readings.knownEvents())
        if readings.json {
            let steps = today.steps.map { step in
                JSON.object([
                    ("time", .text("\(step.stamp)")), ("morning", .real(step.morning)), ("came", .real(step.came)), ("now", .real(step.now)),
                ])
            }
            return print(
                JSON.object([
                    ("factor", .real(today.factor)), ("days_tried", .integer(today.daysTried)), ("wape_morning", .real(today.wapeMorning)),
                    ("wape_now", .real(today.wapeNow)), ("steps", .list(steps)), ("notes", .list(notes.map { .text("\($0)") })),
                ]).line)
        }
        let screen = Screen.standard
        var table = TextTable([("time", .left), ("told before", .right), ("came", .right), ("now", .right)])
        for step in today.steps {
            table.add([
                .init("\(step.stamp)"), .init(step.morning.rounded(places: 1)), .init(step.came.isNaN ? "" : step.came.rounded(places: 0)),
                .init(step.now?.rounded(places: 1) ?? ""),
            ])
        }
        for line in table.lines(on: screen) { print(line) }
        screen.print("The rest of the day is forecast at \(today.factor.rounded(places: 3)) times what was told before it began.")
        if let before = today.wapeMorning, let after = today.wapeNow {
            screen.print(
                "On the \(today.daysTried) days before, cut at this hour, the rest missed by \(before.percent) of its volume without this step and by "
                    + "\(after.percent) with it.")
        }
        for note in notes { screen.print("Note: \(note).") }
    }
}

private func weights(_ weights: [(method: String, weight: Double)]) -> JSON {
    .list(weights.map { .object([("method", .text($0.method)), ("weight", .real($0.weight))]) })
}
