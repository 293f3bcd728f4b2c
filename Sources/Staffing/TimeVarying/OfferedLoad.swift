/// The load a day's arrivals would put on agents if there were always enough: m(t), by which work that takes long is staffed (modified offered
/// load, Jennings, Mandelbaum, Massey and Whitt 1996). With handling times of hours the load comes hours after the arrivals and is flatter.
public struct OfferedLoad: Sendable {
    /// m at the beginning of each interval.
    public let atStart: [Double]
    /// The greatest of m at the beginning, the middle and the end of each interval, and its mean.
    public let greatest: [Double]
    public let mean: [Double]

    /// Arrivals per interval, of a day that repeats; exponential handling times with mean `handling`, in intervals.
    ///
    /// Within an interval dm/dt = λ − m/E[S] has a closed solution; the start is the one the cycle comes back to.
    public init(arrivals: [Double], handling: Double) {
        let keep = exponential(-1 / handling)
        func after(_ m: Double, _ rate: Double, _ time: Double) -> Double {
            rate * handling + (m - rate * handling) * exponential(-time / handling)
        }
        // One cycle is m ↦ αm + β; its fixed point is the start.
        let beta = arrivals.reduce(0.0) { after($0, $1, 1) }
        var alpha = 1.0
        for _ in arrivals { alpha *= keep }
        var m = alpha < 1 ? beta / (1 - alpha) : beta
        var (start, greatest, mean): ([Double], [Double], [Double]) = ([], [], [])
        for rate in arrivals {
            let (middle, end) = (after(m, rate, 0.5), after(m, rate, 1))
            start.append(m)
            greatest.append(max(m, middle, end))
            mean.append(rate * handling + (m - rate * handling) * handling * (1 - keep))
            m = end
        }
        (atStart, self.greatest, self.mean) = (start, greatest, mean)
    }

    /// The same for any handling time: `survival[k]` is the part of cases that take longer than k intervals, from 1 down to 0. m is the arrivals of
    /// the last intervals, each as far as it is still being worked.
    public init(arrivals: [Double], survival: [Double]) {
        let count = arrivals.count
        // A case that came evenly within an interval is on average between two points of the survival function.
        let during = survival.indices.map { (survival[$0] + ($0 + 1 < survival.count ? survival[$0 + 1] : 0)) / 2 }
        let start = arrivals.indices.map { interval in
            during.indices.reduce(0.0) { $0 + arrivals[((interval - 1 - $1) % count + count) % count] * during[$1] }
        }
        atStart = start
        greatest = start.indices.map { max(start[$0], start[($0 + 1) % count]) }
        mean = start.indices.map { (start[$0] + start[($0 + 1) % count]) / 2 }
    }
}
