/// Case work that can wait, but not past its deadline: what comes when, how long it takes and until when it must be done.
///
/// Intervals are of one length, an hour mostly; work is in agent-intervals. People take the most urgent case first (EDF), which for work that may be
/// interrupted misses a deadline only where every other order does as well; so whether staff suffice is a question of flow, answered exactly.
public struct DeadlineWork: Sendable {
    public struct Batch: Sendable, Hashable {
        /// The interval in which it comes; it can be worked from its beginning. Backlog comes in interval 0.
        public let arrives: Int
        /// The first interval in which it is too late. In a day that repeats it may lie beyond the day's end.
        public let due: Int
        /// Agent-intervals.
        public let work: Double
        /// What somebody must know to do it (a language, a kind of case); `nil` for what anybody can do.
        public let skill: String?

        public init(arrives: Int, due: Int, work: Double, skill: String? = nil) {
            (self.arrives, self.due, self.work, self.skill) = (arrives, due, work, skill)
        }
    }

    public let intervals: Int
    /// Whether the day repeats: what comes at the end may be done at the beginning.
    public let repeats: Bool
    public let batches: [Batch]

    public init(intervals: Int, repeats: Bool, batches: [Batch]) throws(StaffingRefusal) {
        guard intervals > 0, intervals <= 10_000 else { throw .intervals(intervals) }
        for batch in batches {
            guard batch.work >= 0, batch.work.isFinite else { throw .work(batch.work) }
            guard 0..<intervals ~= batch.arrives, batch.due > batch.arrives else { throw .window(arrives: batch.arrives, due: batch.due) }
        }
        (self.intervals, self.repeats, self.batches) = (intervals, repeats, batches.filter { $0.work > 0 })
    }

    /// The same work every interval of a day, due `within` intervals after the beginning of the interval in which it comes.
    public init(arriving work: [Double], within: Int, repeats: Bool) throws(StaffingRefusal) {
        try self.init(
            intervals: work.count, repeats: repeats, batches: work.enumerated().map { Batch(arrives: $0.offset, due: $0.offset + within, work: $0.element) })
    }

    public var total: Double { batches.reduce(0) { $0 + $1.work } }

    /// The intervals in which a batch can be done; every one at most once.
    func window(_ batch: Batch) -> [Int] {
        if repeats { return (batch.arrives..<min(batch.due, batch.arrives + intervals)).map { $0 % intervals } }
        return Array(batch.arrives..<min(batch.due, intervals))
    }

    /// The least staff that, the same in every interval, gets everything done in time: the greatest density of work over windows of time
    /// (work that must be done within it, over its length), for work of one skill.
    ///
    /// In a day that repeats a window may span days; the mean is what such windows come to.
    public var constantStaff: Double {
        let mean = repeats ? total / Double(intervals) : 0
        // Windows longer than two days have a density between shorter ones' and the mean.
        let days = repeats ? 3 : 1
        let latest = batches.map { $0.due - $0.arrives }.max() ?? 0
        let end = intervals * days + latest
        var due: [[(Int, Double)]] = Array(repeating: [], count: intervals * days)
        for batch in batches {
            for day in 0..<days {
                let deadline = repeats ? batch.due + day * intervals : min(batch.due, intervals)
                due[batch.arrives + day * intervals].append((deadline, batch.work))
            }
        }
        var greatest = mean
        // Work that comes at or after `from`, by deadline; windows begin in the first day only.
        for from in 0..<intervals {
            var byDeadline = [Double](repeating: 0, count: end + 1)
            for arrives in from..<due.count { for (deadline, work) in due[arrives] { byDeadline[deadline] += work } }
            var sum = 0.0
            for deadline in from + 1...end {
                sum += byDeadline[deadline]
                greatest = max(greatest, sum / Double(deadline - from))
            }
        }
        return greatest
    }
}

/// Why no staffing was worked out; one sentence for the person.
public enum StaffingRefusal: Error, Hashable, Sendable {
    case intervals(Int)
    case work(Double)
    case window(arrives: Int, due: Int)
    case noShifts
    case uncovered(interval: Int, skill: String?)
    case tooLarge(Int)
}

extension StaffingRefusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .intervals(let count): "\(count) intervals: between 1 and 10,000 can be planned"
        case .work(let work): "\(work) is no amount of work"
        case .window(let arrives, let due): "work that comes in interval \(arrives) and is due in interval \(due) cannot be planned"
        case .noShifts: "no shift is given: nobody could work"
        case .uncovered(let interval, let skill):
            "work that comes in interval \(interval) can be done by no shift before it is due" + (skill.map { ": nobody who works then knows “\($0)”" } ?? "")
        case .tooLarge(let count): "\(count) kinds of shift are too many for an exact plan; allow fewer starts"
        }
    }
}
