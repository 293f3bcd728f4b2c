/// The map of a process as its log tells it: activities, the steps between them with their times, variants, throughput and rework.
///
/// Everything is counted anew from the columns on each call; five million events take a fraction of a second, so nothing is kept that could be
/// out of date. Figures and their definitions: mining papers use the same (van der Aalst 2016, "Process Mining", chapters 5 and 9).
public struct ProcessMap: Sendable {
    public struct Edge: Hashable, Sendable {
        public let from: Int
        public let to: Int
        public let durations: Durations
    }

    public let edges: [Edge]
    /// How often each activity occurs.
    public let frequency: [Int]
    /// How many cases begin and end with each.
    public let starts: [Int]
    public let ends: [Int]
    public let variants: Variants
    /// From the first event of a case (or the beginning of its work) to the last.
    public let throughput: Durations
    public let rework: Rework
    public let lengthMax: Int

    /// Edges by how often they occur, the most frequent first.
    public init(_ log: EventLog) {
        var times = EdgeTimes(log)
        edges = times.pairs.indices.map { index in
            Edge(from: Int(times.pairs[index].from), to: Int(times.pairs[index].to), durations: times.durations(of: index))
        }.sorted { (-$0.durations.count, $0.from, $0.to) < (-$1.durations.count, $1.from, $1.to) }
        variants = Variants(log)
        rework = Rework(log)
        var (frequency, starts, ends) = ([Int](repeating: 0, count: log.activityNames.count), [Int](), [Int]())
        starts = frequency
        ends = frequency
        log.activities.withUnsafeBufferPointer { activities in
            frequency.withUnsafeMutableBufferPointer { frequency in
                for index in 0..<activities.count { frequency[Int(activities[index])] &+= 1 }
            }
        }
        var longest = 0
        for index in 0..<log.caseCount {
            let events = log.events(of: index)
            starts[Int(log.activities[events.lowerBound])] += 1
            ends[Int(log.activities[events.upperBound - 1])] += 1
            longest = max(longest, events.count)
        }
        (self.frequency, self.starts, self.ends, lengthMax) = (frequency, starts, ends, longest)
        throughput = Durations(of: log.throughputTimes)
    }
}

extension EventLog {
    /// How long each case took, in microseconds.
    public var throughputTimes: [Int64] {
        (0..<caseCount).map { index in
            let events = events(of: index)
            let last = times[events.upperBound - 1]
            guard !starts.isEmpty else { return last - times[events.lowerBound] }
            return last - events.reduce(Int64.max) { min($0, starts[$1]) }
        }
    }
}
