/// What a beginning of a case looks like: how many of each activity, what came last, how long it took, on what day and hour; never the date.
///
/// Everything that is learnt (medians of contexts, cut points, which activities are frequent) is learnt from the rows given, and no others.
struct PrefixFeatures: Sendable {
    /// Activities that have a column of their own, the most frequent.
    static let countedMax = 32
    private let counted: [Int32]
    private let medians: StateMedians
    private let recent: RecentCases
    private let actorMedians: [UInt32: Int64]
    /// The people with most rows, by rank.
    private let actorRanks: [UInt32: Int64]
    private let typical: Int64
    private var cuts: [[Int64]] = []

    init(_ log: EventLog, _ rows: PrefixRows, _ medians: StateMedians, _ recent: RecentCases, _ targets: [Int64]) {
        self.medians = medians
        self.recent = recent
        var totals = [Int](repeating: 0, count: log.activityNames.count)
        for event in rows.events { totals[Int(log.activities[Int(event)])] += 1 }
        let frequent = totals.indices.filter { totals[$0] > 0 }.sorted { (totals[$1], $0) < (totals[$0], $1) }.prefix(Self.countedMax)
        var columns = [Int32](repeating: -1, count: totals.count)
        for (column, activity) in frequent.enumerated() { columns[activity] = Int32(column) }
        counted = columns
        var byActor: [UInt32: [Int64]] = [:]
        if !log.actors.isEmpty { for row in 0..<rows.count { byActor[log.actors[Int(rows.events[row])], default: []].append(targets[row]) } }
        actorMedians = byActor.filter { $0.value.count >= StateMedians.rowsMin }.mapValues { Durations(of: $0).median }
        let busiest = byActor.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(BinnedRows.binsMax - 1)
        actorRanks = Dictionary(uniqueKeysWithValues: busiest.enumerated().map { ($1.key, Int64($0)) })
        typical = Durations(of: targets).median
        let raw = raw(log, rows)
        let width = frequent.count + Self.others
        cuts = (0..<width).map { column in
            let values = stride(from: column, to: raw.count, by: width).map { raw[$0] }.sorted()
            return Self.cuts(values)
        }
    }

    /// Places of the columns that are the medians by the last 0, 1 … activities; they come first.
    private static let medianColumns = StateMedians.longest + 1
    private static let others = medianColumns + 17 + RecentCases.columns

    func binned(_ log: EventLog, _ rows: PrefixRows) -> BinnedRows {
        let raw = raw(log, rows)
        let width = cuts.count
        let bins = [UInt8](unsafeUninitializedCapacity: raw.count) { bins, filled in
            for slot in 0..<raw.count { bins[slot] = Self.bin(raw[slot], cuts[slot % width]) }
            filled = raw.count
        }
        return BinnedRows(width: width, bins: bins)
    }

    private func rank(_ log: EventLog, at event: Int) -> Int64 {
        log.actors.isEmpty ? 0 : actorRanks[log.actors[event]] ?? Int64(BinnedRows.binsMax)
    }

    private func raw(_ log: EventLog, _ rows: PrefixRows) -> [Int64] {
        let own = (counted.max() ?? -1) + 1
        let width = Int(own) + Self.others
        var raw = [Int64](repeating: 0, count: rows.count * width)
        let hour: Int64 = 3_600_000_000
        for row in 0..<rows.count {
            let (event, index) = (Int(rows.events[row]), Int(rows.cases[row]))
            let (first, base) = (Int(log.offsets[index]), row * width)
            let (now, began) = (log.times[event], log.times[first])
            for length in 0...StateMedians.longest { raw[base + length] = medians.median(length, log, at: event, of: index) }
            var next = base + Self.medianColumns
            func put(_ value: Int64) {
                raw[next] = value
                next += 1
            }
            let previous = event > first ? log.times[event - 1] : now
            put(Int64(event - first))
            put(now - began)
            put(now - previous)
            put(event > first + 1 ? now - log.times[event - 2] : now - began)
            // The epoch was a Thursday.
            put((now / (24 * hour) + 3) % 7)
            put(now / hour % 24)
            put((now / hour + 72) % 168)
            put((began / (24 * hour) + 3) % 7)
            put(began / hour % 24)
            put(log.starts.isEmpty ? 0 : now - log.starts[event])
            put(log.actors.isEmpty ? 0 : actorMedians[log.actors[event]] ?? typical)
            put(log.actors.isEmpty || event == first ? 0 : log.actors[event] == log.actors[event - 1] ? 1 : 2)
            put(log.actors.isEmpty ? 0 : actorMedians[log.actors[first]] ?? typical)
            put(rank(log, at: event))
            put(rank(log, at: first))
            put(now / 60_000_000 % 1_440)
            put(Int64(Set(log.activities[first...event]).count))
            recent.columns(log, at: event, of: index, put: put)
            for step in first...event {
                let column = counted[Int(log.activities[step])]
                if column >= 0 { raw[base + Self.others + Int(column)] += 1 }
            }
        }
        return raw
    }

    /// Up to 63 values between which a column is cut, at equal shares of the rows.
    private static func cuts(_ sorted: [Int64]) -> [Int64] {
        guard let last = sorted.last else { return [] }
        var cuts: [Int64] = []
        for part in 1..<BinnedRows.binsMax {
            let value = sorted[sorted.count * part / BinnedRows.binsMax]
            if value < last, cuts.last != value { cuts.append(value) }
        }
        // Few different values that are rare would all fall together: then each is a bin of its own.
        let distinct = sorted.reduce(into: [Int64]()) { if $0.count <= BinnedRows.binsMax, $0.last != $1 { $0.append($1) } }
        return distinct.count <= BinnedRows.binsMax ? Array(distinct.dropLast()) : cuts
    }

    private static func bin(_ value: Int64, _ cuts: [Int64]) -> UInt8 {
        var (low, high) = (0, cuts.count)
        while low < high {
            let middle = (low + high) / 2
            if cuts[middle] < value { low = middle + 1 } else { high = middle }
        }
        return UInt8(low)
    }
}
