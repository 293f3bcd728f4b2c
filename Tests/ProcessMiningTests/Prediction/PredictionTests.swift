import Testing

@testable import ProcessMining

@Suite("Foretelling")
struct PredictionTests {
    private static let hour: Int64 = 3_600_000_000

    /// Cases A → B → C that take what `hours` says for the case at each step.
    private func log(_ cases: Int, scale: Int64 = 1, hours: (Int) -> Int64) -> EventLog {
        var columns = EventColumns()
        for index in 0..<cases {
            for (step, activity) in ["A", "B", "C"].enumerated() {
                let begin = Int64(index) * 50 * Self.hour
                columns.append(case: "\(index)", activity: activity, microseconds: scale * (begin + Int64(step) * hours(index) * Self.hour))
            }
        }
        return EventLog(columns)
    }

    @Test("Where all cases are alike, every one is foretold to the microsecond")
    func constant() {
        let log = log(40) { _ in 5 }
        let report = PredictionReport(log, CaseEnds(log), folds: 5, seed: 1)
        #expect(report.total.absoluteError == 0)
        #expect(report.total.accuracy == 1)
        #expect(report.total.prefixes == 80)
        #expect(report.total.steps == 120)
        #expect(report.folds.map(\.prefixes).reduce(0, +) == 80)
    }

    @Test("Nothing of a held-out case is learnt: whatever it holds, the others teach the same", arguments: [1, 7] as [UInt64])
    func noLeak(seed: UInt64) {
        // given two logs that differ in the last ten cases alone
        let (one, other) = (log(60) { Int64($0 % 7) + 1 }, log(60) { $0 < 50 ? Int64($0 % 7) + 1 : 900 })
        let taught = Array(0..<50)
        let asked = PrefixRows(one, CaseEnds(one), of: taught)

        // then what is learnt from the first fifty guesses the same for them
        let guesses = [one, other].map { RemainingTime($0, CaseEnds($0), cases: taught, seed: seed).guesses($0, asked) }
        #expect(guesses[0] == guesses[1])
        #expect(Set(guesses[0]).count > 1)
    }

    @Test("The same seed, the same figures; another deals other folds")
    func seeds() {
        let log = log(50) { Int64($0 % 9) + 1 }
        let errors = [3, 3, 4].map { PredictionReport(log, CaseEnds(log), folds: 5, seed: $0).folds.map(\.absoluteError) }
        #expect(errors[0] == errors[1])
        #expect(errors[0] != errors[2])
    }

    @Test("Folds hold every case once and are even to within one", arguments: [(10, 5), (11, 5), (2, 2), (7, 3)])
    func folds(cases: Int, count: Int) {
        let folds = Folds(cases: cases, count: count, seed: 9)
        let sizes = (0..<count).map { fold in folds.of.count { $0 == fold } }
        #expect(sizes.reduce(0, +) == cases)
        #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    }

    @Test("One case alone, or none to learn from, is no crash but the little that can be said")
    func little() {
        let log = log(1) { _ in 5 }
        let score = PredictionReport.score(log, CaseEnds(log), learntFrom: [], on: [0], seed: 1)
        #expect(score.prefixes == 2)
        #expect(score.days == (10.0 + 5.0) / 24 / 2)
        #expect(PredictionReport.score(log, CaseEnds(log), learntFrom: [0], on: [0], seed: 1).absoluteError > 0)
    }

    @Test("Trees find what medians by activity cannot: an hour of the day that decides")
    func trees() {
        // given cases that begin by turns at two hours of the day, and take long after one of them
        var columns = EventColumns()
        for index in 0..<400 {
            let begin = Int64(index * 24 + (index % 2) * 6) * Self.hour
            columns.append(case: "\(index)", activity: "A", microseconds: begin)
            columns.append(case: "\(index)", activity: "B", microseconds: begin + (index % 2 == 0 ? 2 : 20) * Self.hour)
        }
        let log = EventLog(columns)
        let report = PredictionReport(log, CaseEnds(log), folds: 4, seed: 1)
        // then little of the nine hours is left that one median is off
        #expect((report.total.days ?? 1) < 0.1 * (report.total.daysOfMedian ?? 0))
    }

    @Test("An open case lengthens what is foretold: it lasts longer than it was watched")
    func censored() {
        // given spans of which the longer half were only watched for so long
        let dropped = CensoredMedian([(1, true), (2, true), (3, true)])
        let kept = CensoredMedian([(1, true), (2, true), (3, true), (2, false), (3, false), (4, false)])
        #expect(dropped.median(beyond: 0) == 2)
        #expect(kept.median(beyond: 0) == 3)
        #expect(kept.share(beyond: 1) == 5.0 / 6)
        #expect(kept.median(beyond: 10) == 10)
    }

    @Test("A case that stops elsewhere is open: counted, not measured on, and no end of case")
    func open() {
        var columns = EventColumns()
        for index in 0..<20 {
            columns.append(case: "\(index)", activity: "A", microseconds: Int64(index) * Self.hour)
            if index < 15 { columns.append(case: "\(index)", activity: "Z", microseconds: Int64(index + 3) * Self.hour) }
        }
        let log = EventLog(columns)
        let report = PredictionReport(log, CaseEnds(log, endingWith: ["Z"]), folds: 5, seed: 1)
        #expect(report.openCases == 5)
        #expect(report.total.prefixes == 15)
        #expect(report.total.steps == 30)
        #expect(report.total.accuracy == 1)
    }

    @Test("The helpdesk: what comes next is right in at least 83.75 % (needs RECOURSE_DATA)", .enabled(if: Logs.areThere, "RECOURSE_DATA is not set"))
    func helpdeskNext() throws {
        let log = try Logs.real("helpdesk_italian.xes.gz").log
        let ends = CaseEnds(log)
        let folds = Folds(cases: log.caseCount, count: 5, seed: 1)
        var (hits, steps) = (0, 0)
        for fold in 0..<5 {
            let next = NextActivity(log, ends, cases: (0..<log.caseCount).filter { folds.of[$0] != fold }, seed: 1 + UInt64(fold) * 1_000)
            for index in 0..<log.caseCount where folds.of[index] == fold {
                for (event, truth) in ContextCounts.steps(log, ends, of: index) {
                    steps += 1
                    if next.guess(log, at: event, of: index) == truth { hits += 1 }
                }
            }
        }
        #expect(steps == 21_348)
        #expect(Double(hits) / Double(steps) >= 0.8375)
    }
}
