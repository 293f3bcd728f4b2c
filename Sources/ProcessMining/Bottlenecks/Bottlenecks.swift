/// Where the time goes: the steps of a process ranked by all the hours cases spend in them, each with what it waits for.
public struct Bottleneck: Hashable, Sendable {
    public let from: Int
    /// `nil` for the work inside `from`, in logs that tell when work began.
    public let to: Int?
    public let durations: Durations
    public let waitClass: WaitClass
    /// How the class was told, in words.
    public let reason: String
    /// Of all time between events, in hundredths of a percent.
    public let shareBasisPoints: Int
    /// The time within which the fastest quarter stays, microseconds.
    public let bestQuartile: Int64
    /// What all passes together would take less if none took longer than that, microseconds.
    public let saved: Int64
    /// The delay of the clock, where it is one, microseconds.
    public let timerDelay: Int64?
}

extension EventLog {
    /// The first `limit` steps by total time. `declared` says for activities what a case waits for while it is in them; that goes before
    /// everything found in distributions and names.
    public func bottlenecks(limit: Int = 12, declared: [String: WaitClass] = [:]) -> [Bottleneck] {
        var edges = EdgeTimes(self)
        var found: [(from: Int, to: Int?, times: [Int64], total: Int64)] = []
        var all: Int64 = 0
        for edge in edges.pairs.indices {
            let range = edges.offsets[edge]..<edges.offsets[edge + 1]
            let total = edges.times[range].reduce(0, &+)
            all += total
            found.append((Int(edges.pairs[edge].from), Int(edges.pairs[edge].to), [], total))
        }
        let order = found.indices.sorted { (-found[$0].total, $0) < (-found[$1].total, $1) }.prefix(limit)
        var rows = order.map { edge in
            (from: found[edge].from, to: found[edge].to, times: Array(edges.times[edges.offsets[edge]..<edges.offsets[edge + 1]]))
        }
        edges.times = []
        for (activity, times) in workTimes.enumerated() where !times.isEmpty { rows.append((activity, nil, times)) }
        let actors = actors(of: rows.compactMap { row in row.to.map { Pair(from: row.from, to: $0) } })
        let named = rows.map { row in
            bottleneck(row.from, row.to, row.times, all, row.to.flatMap { actors[Pair(from: row.from, to: $0)] }, declared)
        }
        return Array(named.sorted { ($1.durations.total, $0.from, $0.to ?? -1) < ($0.durations.total, $1.from, $1.to ?? -1) }.prefix(limit))
    }

    private struct Pair: Hashable {
        let from: Int
        let to: Int
    }

    /// How long each activity was worked on; nothing in a log of moments.
    private var workTimes: [[Int64]] {
        guard !starts.isEmpty else { return [] }
        var work = [[Int64]](repeating: [], count: activityNames.count)
        for event in times.indices { work[Int(activities[event])].append(times[event] - starts[event]) }
        return work
    }

    private func bottleneck(
        _ from: Int, _ to: Int?, _ times: [Int64], _ all: Int64, _ actors: TimerSearch.Actors?, _ declared: [String: WaitClass]
    ) -> Bottleneck {
        var times = times
        return times.withUnsafeMutableBufferPointer { times in
            let told = tell(from, to, UnsafeBufferPointer(times), actors, declared)
            let durations = Durations(selecting: times)
            let quartile = Percentile.select(25, of: times)
            var saved: Int64 = 0
            for time in times where time > quartile { saved &+= time - quartile }
            return Bottleneck(
                from: from, to: to, durations: durations, waitClass: told.waitClass, reason: told.reason,
                shareBasisPoints: all == 0 ? 0 : Int((Double(durations.total) * 10_000 / Double(all)).rounded()), bestQuartile: quartile, saved: saved,
                timerDelay: told.delay)
        }
    }

    private func tell(
        _ from: Int, _ to: Int?, _ times: UnsafeBufferPointer<Int64>, _ actors: TimerSearch.Actors?, _ declared: [String: WaitClass]
    ) -> (waitClass: WaitClass, reason: String, delay: Int64?) {
        guard let to else { return (.work, "from the beginning of its work to its end", nil) }
        if let declared = declared[activityNames[from]] { return (declared, "declared", nil) }
        if let timer = TimerSearch.search(times, actors: actors) {
            let when = timer.isDaily ? "within one day" : "at almost the same delay"
            let who = actors.map { ", by one actor in \($0.topPercent) %" } ?? ""
            return (.timer, "\(timer.sharePercent) % of passes end \(when), \(inDays(timer.delay)) days\(who)", timer.delay)
        }
        if let (waitClass, reason) = WaitNames.tell(from: activityNames[from], to: activityNames[to]) { return (waitClass, reason, nil) }
        if !starts.isEmpty { return (.queue, "from the end of one work to the beginning of the next", nil) }
        guard let actors else { return (.untold, "the log says neither who acts nor what it waits for", nil) }
        let others = 100 - actors.samePercent
        return others >= 50
            ? (.queue, "somebody else goes on in \(others) % of passes", nil) : (.work, "the same one goes on in \(actors.samePercent) % of passes", nil)
    }

    /// Who ends each of these steps.
    private func actors(of pairs: [Pair]) -> [Pair: TimerSearch.Actors] {
        guard !actors.isEmpty else { return [:] }
        let width = activityNames.count
        var number: [Int: Int] = [:]
        for (index, pair) in pairs.enumerated() { number[pair.from * width + pair.to] = index }
        var counts = [[UInt32: Int]](repeating: [:], count: pairs.count)
        var (same, all) = ([Int](repeating: 0, count: pairs.count), [Int](repeating: 0, count: pairs.count))
        for index in 0..<caseCount {
            for event in events(of: index).dropFirst() {
                guard let step = number[Int(activities[event - 1]) * width + Int(activities[event])] else { continue }
                counts[step][actors[event], default: 0] += 1
                all[step] += 1
                if actors[event] == actors[event - 1] { same[step] += 1 }
            }
        }
        var told: [Pair: TimerSearch.Actors] = [:]
        for (index, pair) in pairs.enumerated() where all[index] > 0 {
            let top = counts[index].values.max() ?? 0
            told[pair] = TimerSearch.Actors(topPercent: top * 100 / all[index], samePercent: same[index] * 100 / all[index])
        }
        return told
    }
}

/// Days with one decimal, as people say them.
func inDays(_ microseconds: Int64) -> String {
    let tenths = (microseconds + 4_320_000_000) / 8_640_000_000
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
}
