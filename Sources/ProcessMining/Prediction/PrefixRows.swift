/// The beginnings of cases, one a row: the events of a case up to and with one of them, and what is known of the time that remained.
struct PrefixRows {
    /// The case of each row.
    var cases: [Int32] = []
    /// The last event of each beginning.
    var events: [Int32] = []
    /// Microseconds up to the last event of a case that is over; of an open case up to the end of the log, which is less than it will be.
    var remaining: [Int64] = []
    /// Whether the case is over, so that the remaining time is the true one.
    var isExact: [Bool] = []

    var count: Int { events.count }

    /// All beginnings of these cases after which something was still to come: of a case that is over all but the whole.
    init(_ log: EventLog, _ ends: CaseEnds, of cases: [Int]) {
        for index in cases {
            let range = log.events(of: index)
            guard let last = range.last else { continue }
            let isOver = ends.isOver[index]
            for event in isOver ? range.dropLast() : range {
                self.cases.append(Int32(index))
                events.append(Int32(event))
                remaining.append((isOver ? log.times[last] : ends.watchedUntil) - log.times[event])
                isExact.append(isOver)
            }
        }
    }
}

/// Rows as bytes: every column cut into at most 64 bins.
struct BinnedRows {
    static let binsMax = 64
    var width: Int
    /// Row by row.
    var bins: [UInt8]
    var count: Int { width == 0 ? 0 : bins.count / width }
}
