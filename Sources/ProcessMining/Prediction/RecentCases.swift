/// What was known at a moment of how the desk was going: how many cases were open, how many had come, how long those took that had just ended.
///
/// Only what lay before the moment is used, and only of the training cases. It follows a desk that changes without knowing the date.
struct RecentCases: Sendable {
    /// So many of the cases that ended last are looked at: a few, and more.
    private static let lookBacks = [4, 16, 100]
    /// Contexts looked at: none, the last activity, the last two, and the last activity with whoever did it.
    private static let contexts = 4
    static let columns = 3 + lookBacks.count * contexts

    private var begins: [Int64] = []
    private var ends: [Int64] = []
    private var isMember: [Bool]
    /// By context: when cases that passed it ended, in order, and how long they still took from it.
    private var passed = [[UInt64: Passed]](repeating: [:], count: contexts)

    private struct Passed: Sendable {
        var ended: [Int64] = []
        var took: [Int64] = []
    }

    init(_ log: EventLog, _ ends: CaseEnds, cases: [Int]) {
        isMember = [Bool](repeating: false, count: log.caseCount)
        var over: [(end: Int64, index: Int)] = []
        for index in cases {
            isMember[index] = true
            let range = log.events(of: index)
            guard let first = range.first, let last = range.last else { continue }
            begins.append(log.times[first])
            if ends.isOver[index] { over.append((log.times[last], index)) }
        }
        begins.sort()
        over.sort { ($0.end, $0.index) < ($1.end, $1.index) }
        self.ends = over.map(\.end)
        for (end, index) in over {
            for event in log.events(of: index).dropLast() {
                for context in 0..<Self.contexts {
                    guard let key = Self.key(context, log, at: event, of: index) else { continue }
                    passed[context][key, default: Passed()].ended.append(end)
                    passed[context][key, default: Passed()].took.append(end - log.times[event])
                }
            }
        }
    }

    /// The columns of a beginning, handed out one by one.
    func columns(_ log: EventLog, at event: Int, of index: Int, put: (Int64) -> Void) {
        let now = log.times[event]
        let come = Self.count(begins, upTo: now)
        // A case does not count itself, whether it is one that is learnt from or not.
        put(Int64(come - Self.count(ends, upTo: now) - (isMember[index] ? 1 : 0)))
        put(Int64(come - Self.count(begins, upTo: now - 7 * 86_400_000_000)))
        var found = [Int64](repeating: -1, count: Self.lookBacks.count)
        for context in 0..<Self.contexts {
            if let key = Self.key(context, log, at: event, of: index), let passed = passed[context][key] {
                let until = Self.count(passed.ended, upTo: now - 1)
                // Two cases say little: the wider context stands in.
                if until >= 3 { found = Self.lookBacks.map { Durations(of: Array(passed.took[max(0, until - $0)..<until])).median } }
            }
            found.forEach(put)
        }
        put(now - (ends.isEmpty ? now : ends[max(0, Self.count(ends, upTo: now) - 1)]))
    }

    private static func key(_ context: Int, _ log: EventLog, at event: Int, of index: Int) -> UInt64? {
        guard context == 3 else { return log.context(context, at: event, of: index) }
        return log.actors.isEmpty ? nil : UInt64(log.activities[event]) << 32 | UInt64(log.actors[event])
    }

    /// How many of the rising values are not above `moment`.
    private static func count(_ values: [Int64], upTo moment: Int64) -> Int {
        var (low, high) = (0, values.count)
        while low < high {
            let middle = (low + high) / 2
            if values[middle] <= moment { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
