/// What comes next, by what came next after the same last activities: the longest context seen often enough decides, shorter ones stand in.
///
/// How long contexts may be, and how often one must have been seen, is found within the training cases, never set by log. The end of a case
/// counts as an activity. An open case teaches what came after its beginnings, but not that it ended.
public struct NextActivity: Sendable {
    static let longestMax = 8
    static let leastChoices: [Int32] = [1, 2, 3, 5, 10, 20]
    static let parts = 5

    private let counts: ContextCounts
    private(set) var choice: Choice

    struct Choice: Hashable, Sendable {
        var longest: Int
        var least: Int32
    }

    init(_ log: EventLog, _ ends: CaseEnds, cases: [Int], seed: UInt64) {
        counts = ContextCounts(log, ends, cases: cases)
        choice = Choice(longest: 2, least: 1)
        guard cases.count >= 2 * Self.parts else { return }
        let folds = Folds(cases: cases.count, count: Self.parts, seed: seed)
        var hits: [Choice: Int] = [:]
        for part in 0..<Self.parts {
            let kept = ContextCounts(log, ends, cases: cases.indices.filter { folds.of[$0] != part }.map { cases[$0] })
            for place in cases.indices where folds.of[place] == part {
                for (event, truth) in ContextCounts.steps(log, ends, of: cases[place]) {
                    let found = kept.best(log, at: event, of: cases[place])
                    for least in Self.leastChoices {
                        var guess = -1
                        for longest in 0...Self.longestMax {
                            if let one = found[longest], one.seen >= least { guess = one.activity }
                            if guess == truth { hits[Choice(longest: longest, least: least), default: 0] += 1 }
                        }
                    }
                }
            }
        }
        // The shortest context of those that hit most often, and of these the one with most behind it.
        choice = hits.max { ($0.value, $1.key.longest, $0.key.least) < ($1.value, $0.key.longest, $1.key.least) }?.key ?? choice
    }

    /// The most frequent next activity, `activityNames.count` for the end of the case.
    func guess(_ log: EventLog, at event: Int, of index: Int) -> Int {
        let found = counts.best(log, at: event, of: index)
        for longest in stride(from: choice.longest, through: 0, by: -1) {
            if let one = found[longest], one.seen >= choice.least { return one.activity }
        }
        return found[0]?.activity ?? log.activityNames.count
    }
}

/// What came next after each context of up to eight activities.
struct ContextCounts: Sendable {
    struct Best: Hashable, Sendable {
        var activity: Int
        var seen: Int32
    }

    private var bests: [[UInt64: Best]] = []

    init(_ log: EventLog, _ ends: CaseEnds, cases: [Int]) {
        var counts = [[UInt64: [Int: Int32]]](repeating: [:], count: NextActivity.longestMax + 1)
        for index in cases {
            for (event, next) in Self.steps(log, ends, of: index) {
                for (length, key) in Self.keys(log, at: event, of: index).enumerated() { counts[length][key, default: [:]][next, default: 0] += 1 }
            }
        }
        bests = counts.map { contexts in
            contexts.mapValues { nexts in
                let best = nexts.max { ($0.value, $1.key) < ($1.value, $0.key) }
                return Best(activity: best?.key ?? 0, seen: nexts.values.reduce(0, +))
            }
        }
    }

    /// Each event of a case with what came next, as far as that is known.
    static func steps(_ log: EventLog, _ ends: CaseEnds, of index: Int) -> [(event: Int, next: Int)] {
        let range = log.events(of: index)
        return range.compactMap { event in
            event + 1 < range.upperBound
                ? (event, Int(log.activities[event + 1])) : ends.isOver[index] ? (event, log.activityNames.count) : nil
        }
    }

    /// By length of context, what came next most often and how often the context was seen.
    func best(_ log: EventLog, at event: Int, of index: Int) -> [Best?] {
        var found = [Best?](repeating: nil, count: bests.count)
        for (length, key) in Self.keys(log, at: event, of: index).enumerated() { found[length] = bests[length][key] }
        return found
    }

    /// The contexts of length 0, 1 … as numbers (a 64-bit mix; two contexts share one with a chance of 2⁻⁶⁴ a pair). The beginning of a case
    /// is part of them.
    private static func keys(_ log: EventLog, at event: Int, of index: Int) -> [UInt64] {
        let first = Int(log.offsets[index])
        var keys: [UInt64] = [0]
        var key: UInt64 = 0x9E37_79B9_7F4A_7C15
        for step in 0..<NextActivity.longestMax {
            let place = event - step
            guard place >= first - 1 else { break }
            var mixer = Chance(seed: key ^ (place < first ? 0xFFFF_FFFF : UInt64(log.activities[place])))
            key = mixer.next()
            keys.append(key)
        }
        return keys
    }
}
