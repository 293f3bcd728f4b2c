import ArgumentParser
import ProcessMining

/// `predict`: what the past of a log tells about what comes.
struct PredictCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict", abstract: "Foretell how long cases still take and what comes next, and say how well.",
        discussion: "Example: recourse predict evaluate log.xes.gz --folds 5", subcommands: [PredictEvaluate.self])
}

/// `predict evaluate`: how well cases are foretold that were not learnt from.
struct PredictEvaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Measure on a log how well remaining time and next activity are foretold.",
        discussion: """
            Deals the cases into folds and foretells those of each fold by what the others teach, so that no case is foretold by itself. Remaining
            time: mean absolute error in days over all beginnings of a case after which something was still to come. Next activity: the share
            that is right, over all beginnings; the end of a case counts as an activity. The same seed gives the same folds and the same figures.

            Without --end every case of the log is taken as over. With it a case that stops at another activity is open: it teaches that it lasts
            longer than the log was watched, is counted, and is not measured on, as its true end is not known.

            Example: recourse predict evaluate Examples/incidents/uci_extract.csv --folds 5
            """)

    @OptionGroup var log: LogFileOptions

    @Option(name: .long, help: ArgumentHelp("How many folds, 2 to 100.", valueName: "n"))
    var folds = 5

    @Option(name: .long, help: ArgumentHelp("What the folds are dealt by.", valueName: "number"))
    var seed: UInt64 = 1

    @Option(name: .long, help: ArgumentHelp("An activity a case that is over ends with; may be given again.", valueName: "activity"))
    var end: [String] = []

    @Flag(name: .long, help: "Print as JSON.")
    var json = false

    func validate() throws { guard 2...100 ~= folds else { throw ValidationError("--folds takes a number from 2 to 100.") } }

    func run() throws {
        let reading = try log.read()
        let cases = reading.log.caseCount
        guard cases >= folds else { throw Failure("\(log.file): \(cases) cases cannot be dealt into \(folds) folds") }
        if let unknown = end.first(where: { !reading.log.activityNames.contains($0) }) {
            throw Failure("\(log.file): no event is “\(harmless(unknown))”, so no case ends with it")
        }
        let report = PredictionReport(reading.log, CaseEnds(reading.log, endingWith: Set(end)), folds: folds, seed: seed)
        if json { print(document(reading.log, report).line) } else { show(reading.log, report) }
    }

    private func document(_ log: EventLog, _ report: PredictionReport) -> JSON {
        .object(
            [
                ("cases", .integer(log.caseCount)), ("events", .integer(log.eventCount)), ("open_cases", .integer(report.openCases)),
                ("folds", .integer(folds)), ("seed", .text(String(seed))),
            ] + fields(report.total) + [("by_fold", .list(report.folds.map { .object(fields($0)) }))])
    }

    private func fields(_ score: PredictionReport.Score) -> [(String, JSON)] {
        [
            ("remaining_time_mae_days", score.days.map { .decimal($0, places: 4) } ?? .null), ("prefixes", .integer(score.prefixes)),
            ("remaining_time_mae_days_of_the_median", score.daysOfMedian.map { .decimal($0, places: 4) } ?? .null),
            ("next_activity_accuracy", score.accuracy.map { .decimal($0, places: 6) } ?? .null), ("next_activities", .integer(score.steps)),
        ]
    }

    private func show(_ log: EventLog, _ report: PredictionReport) {
        let screen = Screen.standard
        print(screen.heading("How well cases are foretold"))
        screen.print("\(log.caseCount) cases, \(log.eventCount) events, dealt into \(folds) folds by seed \(seed); each fold foretold by the others.")
        if report.openCases > 0 { screen.print("\(report.openCases) cases are open: they are learnt from as far as they were watched, and not measured on.") }
        var table = TextTable([("fold", .left), ("days off", .right), ("the median alone", .right), ("next activity right", .right)])
        for (index, score) in report.folds.enumerated() { table.add(cells(String(index + 1), score)) }
        table.add(cells("all", report.total))
        table.lines(on: screen).forEach { print($0) }
        screen.print(
            "Days off: mean absolute error of the remaining time over \(report.total.prefixes) beginnings. The median alone: what one median for all "
                + "would be off. Next activity: the share that is right of \(report.total.steps), the end of a case counted.")
    }

    private func cells(_ name: String, _ score: PredictionReport.Score) -> [TextTable.Cell] {
        [
            .init(name), .init(score.days.map { JSON.decimal($0, places: 2).line } ?? "none"),
            .init(score.daysOfMedian.map { JSON.decimal($0, places: 2).line } ?? "none"),
            .init(score.accuracy.map { JSON.decimal($0 * 100, places: 2).line + " %" } ?? "none"),
        ]
    }
}
