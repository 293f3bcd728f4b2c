import Chronicle
import Disputes
import Filling
import Measures
import Policies

/// `bench measures`: a desk of --cases cases, lived by the real decider and folded into columns; then every indicator by two dimensions over
/// everything, and a page of twelve. The columns and the answers are written to --store, for whoever asks another program the same.
struct MeasureFigures {
    let options: Options

    func run() async throws {
        let policy = try PackFolder.policy(in: options.pack)
        show(Machine.line)
        show(Figure.heading)
        let columns = try fold(policy)
        let now = end + .days(1)
        guard let ever = Period(from: end - .days(400), to: now) else { return }
        let last = Period(from: end - .days(30), to: now)
        let cuts: [[Dimension]] = [[.reason, .language], [.agent, .tier], [.caseType, .origin]]
        let folder = ColumnFolder(options.store + "/measures-\(options.cases)")
        var worst = 0.0
        for indicator in Catalogue.all where indicator.needs == nil {
            var slowest = 0.0
            for cut in cuts {
                let milliseconds = try time { try columns.answer(Question(indicator.code, over: ever, by: cut, asOf: now)) }
                folder.note(indicator.code, cut, milliseconds, try columns.answer(Question(indicator.code, over: ever, by: cut, asOf: now)))
                slowest = max(slowest, milliseconds)
            }
            show(Figure(name: "measures: \(indicator.code.rawValue), two dimensions", value: slowest, unit: "ms", target: 100, lessIsBetter: true).line)
            worst = max(worst, slowest)
        }
        show(Figure(name: "measures: the slowest of all", value: worst, unit: "ms", target: 100, lessIsBetter: true).line)
        for (name, period) in [("30 days", last), ("400 days", ever)] as [(String, Period?)] {
            guard let period else { continue }
            let milliseconds = try time { for code in MeasureFigures.page { _ = try columns.answer(Question(code, over: period, asOf: now)) } }
            show(Figure(name: "measures: a page of 12 over \(name)", value: milliseconds, unit: "ms", target: 250, lessIsBetter: true).line)
            let cut = try time { for code in MeasureFigures.page { _ = try columns.answer(Question(code, over: period, by: [.caseType], asOf: now)) } }
            show(Figure(name: "measures: the same, each by case type", value: cut, unit: "ms", target: 250, lessIsBetter: true).line)
        }
        try folder.write(columns)
        show(Figure(name: "measures: memory held", value: Machine.memoryMegabytes.now, unit: "MB").line)
        show(Machine.line)
    }

    /// What a shift lead looks at.
    private static let page: [Indicator.Code] = [
        .firstReply, .acknowledgement, .firstResolution, .timeToResolve, .slaAttainment, .backlog, .backlogAge, .clearance, .reopenRate, .appealRate,
        .autoResolution, .recoveryRate,
    ]

    private var end: Instant { Instant("2026-11-01T00:00:00Z") ?? .epoch }

    private func fold(_ policy: Policy) throws -> Columns {
        let set = try StageSet(policy)
        var fold = MeasureFold(Glossary(policy), keepingClosed: false)
        var sequence: Int64 = 0
        var seconds = 0.0
        let spacing = Span(milliseconds: Span.days(390).milliseconds / Int64(options.cases))
        for number in 0..<options.cases {
            let begin = end - .days(390) + Span(milliseconds: spacing.milliseconds * Int64(number))
            let life = try Life.lived(number, seed: options.seed, on: set, from: begin, until: end).0
            var log: [Recorded<CaseEvent>] = []
            for act in life.acts {
                for event in act.events {
                    sequence += 1
                    log.append(
                        Recorded(
                            Envelope(
                                stream: StreamID(life.id), version: log.count + 1, sequence: sequence, occurred: act.at, recorded: act.at, actor: act.actor,
                                policy: policy.hash, causation: nil, correlation: CorrelationID(bits: 1)), event))
                }
            }
            let began = Stopwatch.threadSeconds()
            fold.apply(contentsOf: log)
            seconds += Stopwatch.threadSeconds() - began
        }
        show(Figure(name: "measures: events folded into columns", value: Double(sequence) / seconds, unit: "events/s").line)
        show(Figure(name: "measures: cases", value: Double(fold.columns.caseCount), unit: "cases").line)
        show(Figure(name: "measures: events", value: Double(sequence), unit: "events").line)
        for (table, rows) in fold.columns.rowCounts { say("  \(table): \(rows) rows") }
        return fold.columns
    }

    /// Milliseconds of this thread, the median of the runs.
    private func time(_ body: () throws -> Void) rethrows -> Double {
        var runs: [Double] = []
        for _ in 0..<options.runs {
            let began = Stopwatch.threadSeconds()
            try body()
            runs.append((Stopwatch.threadSeconds() - began) * 1_000)
        }
        return median(runs)
    }

    private func time(_ body: () throws -> Answer) rethrows -> Double { try time { _ = try body() as Answer } }
}
