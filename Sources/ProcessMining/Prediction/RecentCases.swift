/// What was known at a moment of how the desk was going: how many cases were open, how many had come, how long those took that had just ended.
///
/// Only what lay before the moment is used, and only of the training cases. It follows a desk that changes without knowing the date.
struct RecentCases: Sendable {
    /// So many of the cases that ended last are looked at.
    static let lookBack = 16
    static let columns = 6

    private var begins: [Int64] = []
    private var ends: [Int64] = []
    private var isMember: [Bool]
    /// By context of length 0, 1 and 2: when cases that passed it ended, in order, and how long they still took from it.
    private var passed: [[UInt64: Passed]] = [[:], [:], [:]]

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
                for length in 0...2 {
                    guard let key = log.context(length, at: event, of: index) else { continue }
                    passed[length][key, default: Passed()].ended.append(end)
                    passed[length][key, default: Passed()].took.append(end - log.times[event])
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
        var found: Int64 = -1
        for length in 0...2 {
            if let key = log.context(length, at: event, of: index), let passed = passed[length][key] {
                let until = Self.count(passed.ended, upTo: now - 1)
                if until >= 3 { found = Durations(of: Array(passed.took[max(0, until - Self.lookBack)..<until])).median }
            }
            put(found)
        }
        put(now - (ends.isEmpty ? now : ends[max(0, Self.count(ends, upTo: now) - 1)]))
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
