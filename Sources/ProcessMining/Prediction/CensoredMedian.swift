/// The median of durations of which some are only known to be longer than something: Kaplan and Meier (1958).
struct CensoredMedian: Sendable {
    /// Times at which something ended, rising, and the share that lasts longer than each.
    private var times: [Int64] = []
    private var lasting: [Double] = []
    private var longest: Int64 = 0

    /// - Parameter spans: how long, and whether it ended then (or was only watched until then).
    init(_ spans: [(span: Int64, ended: Bool)]) {
        let sorted = spans.sorted { $0.span < $1.span }
        longest = sorted.last?.span ?? 0
        var (share, index) = (1.0, 0)
        while index < sorted.count {
            var (next, ended) = (index, 0)
            while next < sorted.count, sorted[next].span == sorted[index].span {
                if sorted[next].ended { ended += 1 }
                next += 1
            }
            if ended > 0 {
                share *= 1 - Double(ended) / Double(sorted.count - index)
                times.append(sorted[index].span)
                lasting.append(share)
            }
            index = next
        }
    }

    /// The median of what lasts longer than `span`; the longest seen where fewer than half of them were seen to end.
    func median(beyond span: Int64) -> Int64 {
        let share = times.lastIndex { $0 <= span }.map { lasting[$0] } ?? 1
        let half = zip(times, lasting).first { $0 > span && $1 <= share / 2 }
        return max(half?.0 ?? longest, span)
    }

    /// The share that lasts longer than `span`.
    func share(beyond span: Int64) -> Double { times.lastIndex { $0 <= span }.map { lasting[$0] } ?? 1 }
}
