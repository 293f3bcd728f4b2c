/// Times of which some are not over yet (Kaplan and Meier 1958). “The average of what was closed” falls while a backlog grows, because only the
/// easy cases close; here an open case says that it took at least this long (trap 4).
///
/// Without any open case the quantiles are those of `Ranks`.
public struct KaplanMeier: Hashable, Sendable {
    public private(set) var count = 0
    /// How many are over; the rest are censored.
    public private(set) var events = 0
    /// Smallest time by which half, 90 % and 95 % are over; `nil` where too much is still open to say.
    public private(set) var p50: Int64?
    public private(set) var p90: Int64?
    public private(set) var p95: Int64?
    /// The 95 % interval of the median; an end is open (`nil`) where too little is over.
    public private(set) var p50Low: Int64?
    public private(set) var p50High: Int64?
    /// The longest time that is over, and the longest of all.
    public private(set) var longestOver: Int64?
    /// Probability of being over by the limit, and its 95 % interval.
    public private(set) var byLimit: Double?
    public private(set) var byLimitInterval: ClosedRange<Double>?

    /// One time: over (`isOver`), or at least that long.
    public struct Time: Hashable, Sendable {
        public let length: Int64
        public let isOver: Bool
        public init(_ length: Int64, isOver: Bool) { (self.length, self.isOver) = (length, isOver) }

        /// One number that sorts by length, and at the same length what is over before what is not.
        var packed: UInt64 { KaplanMeier.pack(length, isOver: isOver) }
    }

    @inline(__always) static func pack(_ length: Int64, isOver: Bool) -> UInt64 { UInt64(max(0, length)) << 1 | (isOver ? 0 : 1) }

    /// - Parameter limit: of this the probability of being over is asked.
    public init(_ times: some Sequence<Time>, limit: Int64? = nil) {
        var packed = times.map(\.packed)
        packed.sort()
        self = packed.withUnsafeBufferPointer { KaplanMeier(sorted: $0, limit: limit) }
    }

    init(sorted times: UnsafeBufferPointer<UInt64>, limit: Int64? = nil) {
        count = times.count
        var survival = 1.0
        // Greenwood's sum: of d / (n (n − d)).
        var greenwood = 0.0
        var index = 0
        var limitReached = limit == nil
        while index < times.count {
            let length = Int64(times[index] >> 1)
            if let limit, !limitReached, length > limit {
                setLimit(survival, greenwood)
                limitReached = true
            }
            let atRisk = times.count - index
            var over = 0
            while index < times.count, Int64(times[index] >> 1) == length {
                over += Int(~times[index] & 1)
                index += 1
            }
            guard over > 0 else { continue }
            events += over
            longestOver = length
            // A product of exact ratios drifts; while nothing is censored the ratio itself is exact.
            survival = events == index ? Double(times.count - index) / Double(times.count) : survival * Double(atRisk - over) / Double(atRisk)
            if atRisk > over { greenwood += Double(over) / (Double(atRisk) * Double(atRisk - over)) }
            pass(length, survival, greenwood, isLast: atRisk == over)
        }
        if !limitReached { setLimit(survival, greenwood) }
    }

    /// Rounding must not move a quantile by one value: of ten, nine are 90 %.
    private static let slack = 1e-12

    private mutating func pass(_ length: Int64, _ survival: Double, _ greenwood: Double, isLast: Bool) {
        if p50 == nil, survival <= 0.5 + KaplanMeier.slack { p50 = length }
        if p90 == nil, survival <= 0.1 + KaplanMeier.slack { p90 = length }
        if p95 == nil, survival <= 0.05 + KaplanMeier.slack { p95 = length }
        guard p50Low == nil || p50High == nil else { return }
        let bounds = KaplanMeier.interval(survival, greenwood, count: count)
        if p50Low == nil, bounds.lowerBound <= 0.5 { p50Low = length }
        if p50High == nil, bounds.upperBound <= 0.5 { p50High = length }
    }

    private mutating func setLimit(_ survival: Double, _ greenwood: Double) {
        guard count > 0 else { return }
        byLimit = 1 - survival
        let bounds = KaplanMeier.interval(survival, greenwood, count: count)
        byLimitInterval = 1 - bounds.upperBound...1 - bounds.lowerBound
    }

    /// Wilson's interval with the count that Greenwood's variance is worth (Rothman 1978): never outside 0…1, good in the tails.
    private static func interval(_ survival: Double, _ greenwood: Double, count: Int) -> ClosedRange<Double> {
        guard survival > 0, survival < 1, greenwood > 0 else { return Proportion.wilson(survival, count: Double(count)) }
        return Proportion.wilson(survival, count: min(Double(count), (1 - survival) / (survival * greenwood)))
    }
}
