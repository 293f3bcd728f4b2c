/// Medians of the time that remains after the same last activities, of any length of context up to four; a context seen too rarely is
/// answered by the shorter one. Open cases count as lasting longer than they were watched.
struct StateMedians: Sendable {
    static let longest = 4
    /// A context met in fewer rows says nothing.
    static let rowsMin = 10

    private var medians: [[UInt64: CensoredMedian]] = []

    init(_ log: EventLog, _ rows: PrefixRows) {
        for length in 0...Self.longest {
            var spans: [UInt64: [(span: Int64, ended: Bool)]] = [:]
            for row in 0..<rows.count {
                guard let key = log.context(length, at: Int(rows.events[row]), of: Int(rows.cases[row])) else { continue }
                spans[key, default: []].append((rows.remaining[row], rows.isExact[row]))
            }
            medians.append(spans.filter { $0.value.count >= Self.rowsMin || length == 0 }.mapValues(CensoredMedian.init))
        }
    }

    /// The median by the last `length` activities, or as many of them as were seen often enough.
    func median(_ length: Int, _ log: EventLog, at event: Int, of index: Int, beyond span: Int64 = 0) -> Int64 {
        for length in stride(from: length, through: 0, by: -1) {
            if let key = log.context(length, at: event, of: index), let found = medians[length][key] { return found.median(beyond: span) }
        }
        return span
    }
}

extension EventLog {
    /// The last `length` activities at an event as one number; a case that is younger than that is filled up by its beginning. `nil` where it
    /// is younger than the length without its beginning.
    func context(_ length: Int, at event: Int, of index: Int) -> UInt64? {
        let first = Int(offsets[index])
        guard event - first + 2 >= length else { return nil }
        var key: UInt64 = 0
        for step in 0..<length {
            let place = event - step
            key = (key << 16) | (place < first ? 0xFFFF : UInt64(activities[place]))
        }
        return key
    }
}
