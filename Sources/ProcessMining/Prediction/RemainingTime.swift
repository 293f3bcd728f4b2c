/// How long a case still takes: the median by its last activities, bettered by trees where they do so on cases they have not seen.
///
/// The training cases are dealt into parts; each part once decides where the growing of trees on the others stops, and the guesses of all those
/// forests are averaged. So every choice is made within the training cases, and there is no setting by log.
public struct RemainingTime: Sendable {
    static let parts = 4
    private var members: [Member] = []

    private struct Member: Sendable {
        let medians: StateMedians
        let features: PrefixFeatures
        let length: Int
        let trees: BoostedMedian

        func guesses(_ log: EventLog, _ rows: PrefixRows) -> [Int64] {
            trees.better(features.binned(log, rows), from: firsts(log, rows)).map { max($0, 0) }
        }

        private func firsts(_ log: EventLog, _ rows: PrefixRows) -> [Int64] {
            RemainingTime.medians(length, medians, log, rows)
        }
    }

    init(_ log: EventLog, _ ends: CaseEnds, cases: [Int], seed: UInt64) {
        let parts = min(Self.parts, cases.count)
        let folds = Folds(cases: cases.count, count: max(parts, 1), seed: seed)
        for part in 0..<parts {
            let kept = cases.indices.filter { parts == 1 || folds.of[$0] != part }.map { cases[$0] }
            let held = cases.indices.filter { folds.of[$0] == part }.map { cases[$0] }
            let rows = PrefixRows(log, ends, of: kept)
            let medians = StateMedians(log, rows)
            let targets = Self.targets(medians, log, rows)
            let features = PrefixFeatures(log, rows, medians, RecentCases(log, ends, cases: kept), targets)
            let heldRows = PrefixRows(log, ends, of: held)
            let heldTargets = Self.targets(medians, log, heldRows)
            // Which length of context guesses best, on the cases held out; the shorter one where two are equal.
            let firsts = (0...StateMedians.longest).map { Self.medians($0, medians, log, heldRows) }
            let errors = firsts.map { zip($0, heldTargets).reduce(0.0) { $0 + Double(abs($1.0 - $1.1)) } }
            let length = errors.indices.min { errors[$0] < errors[$1] } ?? 0
            let trees = BoostedMedian(
                features.binned(log, rows), from: Self.medians(length, medians, log, rows), to: targets, heldOut: features.binned(log, heldRows),
                from: firsts[length], to: heldTargets, seed: seed &+ UInt64(part))
            members.append(Member(medians: medians, features: features, length: length, trees: trees))
        }
    }

    /// Microseconds that remain, for each row.
    func guesses(_ log: EventLog, _ rows: PrefixRows) -> [Int64] {
        var sums = [Int64](repeating: 0, count: rows.count)
        for member in members {
            let guesses = member.guesses(log, rows)
            for row in sums.indices { sums[row] += guesses[row] }
        }
        return members.isEmpty ? sums : sums.map { $0 / Int64(members.count) }
    }

    /// The true time of cases that are over; of an open case the median of those in its state that lasted longer than it was watched
    /// (Buckley and James, 1979, with medians).
    private static func targets(_ medians: StateMedians, _ log: EventLog, _ rows: PrefixRows) -> [Int64] {
        (0..<rows.count).map { row in
            rows.isExact[row]
                ? rows.remaining[row]
                : medians.median(2, log, at: Int(rows.events[row]), of: Int(rows.cases[row]), beyond: rows.remaining[row])
        }
    }

    private static func medians(_ length: Int, _ medians: StateMedians, _ log: EventLog, _ rows: PrefixRows) -> [Int64] {
        (0..<rows.count).map { medians.median(length, log, at: Int(rows.events[$0]), of: Int(rows.cases[$0])) }
    }
}
