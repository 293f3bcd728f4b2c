/// How well cases are foretold that were not learnt from: every case once, by what the other folds teach.
public struct PredictionReport: Sendable {
    /// What was measured on one fold, or on all.
    public struct Score: Sendable {
        /// Beginnings whose remaining time is known: all of every case that is over, but the whole.
        public var prefixes = 0
        public var absoluteError = 0.0
        /// What one median for all, learnt from the other folds, would have been off.
        public var medianError = 0.0
        public var steps = 0
        public var hits = 0

        /// Mean absolute error in days over all prefixes.
        public var days: Double? { prefixes == 0 ? nil : absoluteError / Double(prefixes) / 86_400_000_000 }
        public var daysOfMedian: Double? { prefixes == 0 ? nil : medianError / Double(prefixes) / 86_400_000_000 }
        public var accuracy: Double? { steps == 0 ? nil : Double(hits) / Double(steps) }
    }

    public private(set) var folds: [Score]
    public private(set) var total = Score()
    public let openCases: Int

    public init(_ log: EventLog, _ ends: CaseEnds, folds count: Int, seed: UInt64) {
        openCases = ends.openCases
        folds = []
        let dealt = Folds(cases: log.caseCount, count: count, seed: seed)
        for fold in 0..<count {
            let kept = (0..<log.caseCount).filter { dealt.of[$0] != fold }
            let held = (0..<log.caseCount).filter { dealt.of[$0] == fold }
            let score = Self.score(log, ends, learntFrom: kept, on: held, seed: seed &+ UInt64(fold) &* 1_000)
            folds.append(score)
            total.prefixes += score.prefixes
            total.absoluteError += score.absoluteError
            total.medianError += score.medianError
            total.steps += score.steps
            total.hits += score.hits
        }
    }

    static func score(_ log: EventLog, _ ends: CaseEnds, learntFrom kept: [Int], on held: [Int], seed: UInt64) -> Score {
        var score = Score()
        let next = NextActivity(log, ends, cases: kept, seed: seed)
        for index in held {
            for (event, truth) in ContextCounts.steps(log, ends, of: index) {
                score.steps += 1
                if next.guess(log, at: event, of: index) == truth { score.hits += 1 }
            }
        }
        let rows = PrefixRows(log, ends, of: held.filter { ends.isOver[$0] })
        let guesses = RemainingTime(log, ends, cases: kept, seed: seed).guesses(log, rows)
        let past = StateMedians(log, PrefixRows(log, ends, of: kept))
        for row in 0..<rows.count {
            let median = past.median(0, log, at: Int(rows.events[row]), of: Int(rows.cases[row]))
            score.medianError += Double(abs(median - rows.remaining[row]))
        }
        for row in 0..<rows.count { score.absoluteError += Double(abs(guesses[row] - rows.remaining[row])) }
        score.prefixes = rows.count
        return score
    }
}
