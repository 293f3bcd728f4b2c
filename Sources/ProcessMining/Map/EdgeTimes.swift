/// Every step from one event of a case to the next, by the pair of activities: the directly-follows graph with all its times.
///
/// Two passes over the columns, one to count and one to place, so that the times of an edge lie together and every quantile is exact. Where a
/// log tells when work began, the time of a step is from the end of one event to the beginning of the next.
struct EdgeTimes {
    /// The pairs that occur, as positions in a table of activity × activity.
    let pairs: [(from: UInt16, to: UInt16)]
    /// Where the times of edge `e` lie: `offsets[e]..<offsets[e + 1]`.
    let offsets: [Int]
    /// Microseconds. Selection brings those of an edge into another order.
    var times: [Int64]

    /// How large a dense table of pairs may be; logs with more activities use a sparse one.
    private static let denseMax = 1_024

    init(_ log: EventLog) {
        let count = log.activityNames.count
        if count <= EdgeTimes.denseMax {
            let table = [Int32](repeating: -1, count: count * count)
            self.init(log, DenseNumbers(activities: count, numbers: table))
        } else {
            self.init(log, SparseNumbers())
        }
    }

    private init(_ log: EventLog, _ numbering: some EdgeNumbers) {
        var numbering = numbering
        var counts: [Int] = []
        var pairs: [(from: UInt16, to: UInt16)] = []
        let steps = log.eventCount - log.caseCount
        let edges = [UInt32](unsafeUninitializedCapacity: steps) { edges, filled in
            var step = 0
            log.activities.withUnsafeBufferPointer { activities in
                log.offsets.withUnsafeBufferPointer { offsets in
                    for index in 0..<log.caseCount {
                        var event = Int(offsets[index]) + 1
                        let end = Int(offsets[index + 1])
                        while event < end {
                            let (from, to) = (activities[event - 1], activities[event])
                            let number = numbering.number(from, to, next: counts.count)
                            if number == counts.count {
                                counts.append(0)
                                pairs.append((from, to))
                            }
                            counts.withUnsafeMutableBufferPointer { $0[number] &+= 1 }
                            edges[step] = UInt32(truncatingIfNeeded: number)
                            step &+= 1
                            event &+= 1
                        }
                    }
                }
            }
            filled = step
        }
        var offsets = [0]
        offsets.reserveCapacity(counts.count + 1)
        for count in counts { offsets.append((offsets.last ?? 0) + count) }
        self.pairs = pairs
        self.offsets = offsets
        times = EdgeTimes.placed(log, edges, offsets)
    }

    private static func placed(_ log: EventLog, _ edges: [UInt32], _ offsets: [Int]) -> [Int64] {
        let begins = log.starts.isEmpty ? log.times : log.starts
        var next = offsets
        return [Int64](unsafeUninitializedCapacity: edges.count) { placed, filled in
            var step = 0
            edges.withUnsafeBufferPointer { edges in
                log.times.withUnsafeBufferPointer { ends in
                    begins.withUnsafeBufferPointer { begins in
                        log.offsets.withUnsafeBufferPointer { cases in
                            next.withUnsafeMutableBufferPointer { next in
                                for index in 0..<(cases.count - 1) {
                                    var event = Int(cases[index]) + 1
                                    let end = Int(cases[index + 1])
                                    while event < end {
                                        let edge = Int(edges[step])
                                        placed[next[edge]] = max(0, begins[event] &- ends[event - 1])
                                        next[edge] &+= 1
                                        step &+= 1
                                        event &+= 1
                                    }
                                }
                            }
                        }
                    }
                }
            }
            filled = step
        }
    }

    mutating func durations(of edge: Int) -> Durations {
        times.withUnsafeMutableBufferPointer { Durations(selecting: UnsafeMutableBufferPointer(rebasing: $0[offsets[edge]..<offsets[edge + 1]])) }
    }
}

/// Numbers the pairs of activities in the order they are first seen.
private protocol EdgeNumbers {
    mutating func number(_ from: UInt16, _ to: UInt16, next: Int) -> Int
}

private struct DenseNumbers: EdgeNumbers {
    let activities: Int
    var numbers: [Int32]

    @inline(__always)
    mutating func number(_ from: UInt16, _ to: UInt16, next: Int) -> Int {
        numbers.withUnsafeMutableBufferPointer { numbers in
            let cell = Int(from) &* activities &+ Int(to)
            if numbers[cell] < 0 { numbers[cell] = Int32(truncatingIfNeeded: next) }
            return Int(numbers[cell])
        }
    }
}

private struct SparseNumbers: EdgeNumbers {
    private var table = PairTable()

    mutating func number(_ from: UInt16, _ to: UInt16, next: Int) -> Int { Int(table.code(of: UInt32(from), UInt32(to))) }
}
