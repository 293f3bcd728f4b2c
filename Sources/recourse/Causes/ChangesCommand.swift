import Archives
import ArgumentParser
import ChangeDetection
import Intake

/// `recourse changes`: when a KPI changed.
struct ChangesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "changes",
        abstract: "Say when a series changed: control chart, alarms and change points.",
        discussion: """
            The file has a row for each point in time, in order: a column `value`, or for shares `hits` and `cases`; any first other column names the point.

            Example: recourse changes daily.csv
            Example: recourse changes daily.csv --since 2026-05-01 --json
            """)

    @Argument(help: ArgumentHelp("The series: CSV, plain, gzip or zip.", valueName: "file"))
    var file: String

    @Option(name: .long, help: ArgumentHelp("Compare the points before this one with it and those after it.", valueName: "point"))
    var since: String?

    @Option(name: .long, help: ArgumentHelp("Alarms are told once within so many points.", valueName: "number"))
    var window = 30

    @Flag(name: .long, help: "Print as JSON.")
    var json = false

    func validate() throws {
        guard window >= 0 else { throw ValidationError("--window must not be negative.") }
    }

    func run() throws {
        let series = try SeriesFile(path: file).series()
        guard let chart = series.chart else { throw Failure("\(file) has too few points for a chart: two are needed") }
        let changes = ChangePoints.segmented(chart.values)
        let alarms = (chart.signals + chart.ewma() + chart.cusum()).sorted { ($0.index, $1.strength) < ($1.index, $0.strength) }.deduplicated(window: window)
        var comparison: BeforeAfter?
        if let since {
            guard let first = series.points.firstIndex(of: since) else { throw Failure("\(file) has no point “\(since)”") }
            comparison = BeforeAfter(before: Array(chart.values[..<first]), after: Array(chart.values[first...]))
            if comparison == nil { throw Failure("before and after “\(since)” five points each are needed") }
        }
        let report = ChangesReport(file: file, points: series.points, chart: chart, changes: changes, alarms: alarms, comparison: comparison)
        print(json ? report.json.line : harmless(report.text))
    }
}

/// A series in a file; a bad row refuses all of it.
struct SeriesFile {
    let path: String

    struct Series {
        var points: [String] = []
        var values: [Double] = []
        /// For shares.
        var hits: [Double] = []
        var cases: [Double] = []

        /// Individuals, or Laney's p′ for shares.
        var chart: ControlChart? { cases.isEmpty ? .individuals(values) : .shares(hits: hits, cases: cases, isLaney: true) }
    }

    func series() throws -> Series {
        let source = try ByteSource(path: path)
        var reader = CSVReader()
        var rows: [CSVReader.Row] = []
        while let chunk = try source.next() { rows += reader.feed(chunk) }
        rows += reader.finish()
        guard case .success(let first)? = rows.first else { throw Failure("\(path) is empty or has no header that can be read") }
        let header = first.fields
        let isShare = header.contains("hits") && header.contains("cases")
        let wanted = isShare ? ["hits", "cases"] : ["value"]
        let columns = try wanted.map { name in
            guard let column = header.firstIndex(of: name) else { throw Failure("\(path): there is no column “value”, nor are there “hits” and “cases”") }
            return column
        }
        let label = header.indices.first { !columns.contains($0) }
        var series = Series()
        var complaints: [String] = []
        for row in rows.dropFirst() {
            switch row {
            case .failure(let rejection): complaints.append("\(rejection)")
            case .success(let record):
                let numbers = columns.compactMap { Double(record[$0]) }.filter { $0.isFinite && abs($0) <= 1e15 }
                guard numbers.count == columns.count, !isShare || (numbers[0] >= 0 && numbers[0] <= numbers[1]) else {
                    complaints.append("line \(record.line): \(wanted.joined(separator: " and ")) cannot be read")
                    continue
                }
                series.points.append(label.map { record[$0] } ?? "\(series.points.count + 1)")
                if isShare {
                    series.hits.append(numbers[0])
                    series.cases.append(numbers[1])
                } else {
                    series.values.append(numbers[0])
                }
            }
        }
        guard complaints.isEmpty else {
            throw Failure(harmless("nothing of \(path) was used:\n" + complaints.prefix(LeafFile.namedMax).joined(separator: "\n")))
        }
        return series
    }
}

/// What was found in a series.
struct ChangesReport {
    let file: String
    let points: [String]
    let chart: ControlChart
    let changes: ChangePoints
    let alarms: [Signal]
    let comparison: BeforeAfter?

    /// Levels between change points: first point, and mean.
    private var levels: [(first: Int, mean: Double)] {
        let starts = [0] + changes.indices
        let ends = changes.indices + [points.count]
        return zip(starts, ends).map { start, end in (start, chart.values[start..<end].reduce(0, +) / Double(end - start)) }
    }

    var sentence: String {
        guard let last = levels.last, levels.count > 1 else {
            return "The level is \(Figure.text(levels.first?.mean ?? 0)) throughout; no change of level pays for itself."
        }
        let before = levels[levels.count - 2].mean
        return
            "The level changed \(changes.indices.count == 1 ? "once" : "\(changes.indices.count) times"), last at \(points[last.first]), from \(Figure.text(before)) to \(Figure.text(last.mean))."
    }

    var text: String {
        var lines = [sentence, ""]
        for level in levels { lines.append("from \(points[level.first]): \(Figure.text(level.mean))") }
        for alarm in alarms {
            lines.append(
                "alarm at \(points[alarm.index]): \(alarm.rule.rawValue), \(alarm.isAbove ? "above" : "below"), \(Figure.text(alarm.strength, digits: 2)) deviations"
            )
        }
        if let comparison {
            lines.append(
                "since: \(comparison.verdict.rawValue), shift \(Figure.text(comparison.shift)), 98 % between \(Figure.text(comparison.lower)) and \(Figure.text(comparison.upper))"
            )
        }
        return lines.joined(separator: "\n")
    }

    var json: JSON {
        .object([
            ("file", .text(file)), ("says", .text(sentence)), ("points", .integer(points.count)), ("centre", Figure.json(chart.centre)),
            ("change_points", .list(changes.indices.map { .object([("index", .integer($0)), ("point", .text(points[$0]))]) })),
            ("levels", .list(levels.map { .object([("from", .text(points[$0.first])), ("index", .integer($0.first)), ("mean", Figure.json($0.mean))]) })),
            (
                "alarms",
                .list(
                    alarms.map {
                        .object([
                            ("index", .integer($0.index)), ("point", .text(points[$0.index])), ("rule", .text($0.rule.rawValue)),
                            ("above", .boolean($0.isAbove)),
                            ("strength", Figure.json($0.strength)),
                        ])
                    })
            ),
            (
                "since",
                comparison.map {
                    .object([
                        ("verdict", .text($0.verdict.rawValue)), ("shift", Figure.json($0.shift)), ("lower", Figure.json($0.lower)),
                        ("upper", Figure.json($0.upper)),
                    ])
                } ?? .null
            ),
        ])
    }
}
