/// One point of a series at which something other than the usual variation shows, and the rule that says so.
public struct Signal: Hashable, Sendable {
    public enum Rule: String, Hashable, Sendable, CaseIterable {
        /// Beyond a control limit.
        case outside = "outside-limits"
        /// Seven points in a row on one side of the centre.
        case oneSide = "seven-on-one-side"
        /// Seven points in a row, each above (or each below) the one before.
        case trend = "seven-in-a-trend"
        /// Two of three points in a row in the outer third between centre and the same limit.
        case nearLimit = "two-of-three-near-a-limit"
        /// The weighted average has drifted out of its own limits.
        case ewma
        /// The sum of deviations has reached its decision interval.
        case cusum
    }

    /// Index into the series, from 0: where the rule was fulfilled.
    public let index: Int
    public let rule: Rule
    /// Whether the point lies above the centre.
    public let isAbove: Bool
    /// How far, in standard deviations as the chart estimates them.
    public let strength: Double
}

extension [Signal] {
    /// One alarm for each thing that happens: a signal is kept only when it is stronger than every signal of the `window` points before it.
    ///
    /// A level that has moved goes on being out of its old limits; telling it once is worth as much as the choice of the detector (Numenta's
    /// benchmark: 39.7 without, 47.7 with a window of 100).
    public func deduplicated(window: Int) -> [Signal] {
        var kept: [Signal] = []
        for (position, signal) in enumerated() {
            let earlier = self[..<position].reversed().prefix { signal.index - $0.index <= window }
            if earlier.allSatisfy({ $0.strength < signal.strength }) { kept.append(signal) }
        }
        return kept
    }
}
