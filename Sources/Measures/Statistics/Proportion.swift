/// A share of a count, with the interval that says how little a small count proves.
public struct Proportion: Hashable, Sendable {
    public let hits: Int
    public let of: Int

    public init(_ hits: Int, of count: Int) { (self.hits, of) = (hits, count) }

    /// The two-sided 95 % point of the normal distribution.
    static let z = 1.959963984540054

    /// `nil` of nothing.
    public var estimate: Double? { of > 0 ? Double(hits) / Double(of) : nil }

    /// Wilson's score interval at 95 % (Wilson 1927): never outside 0…1, and honest for 2 of 5 (trap 9).
    public var wilson: ClosedRange<Double>? { estimate.map { Proportion.wilson($0, count: Double(of)) } }

    static func wilson(_ p: Double, count n: Double) -> ClosedRange<Double> {
        let z2 = z * z
        let centre = (p + z2 / (2 * n)) / (1 + z2 / n)
        let half = z / (1 + z2 / n) * (p * (1 - p) / n + z2 / (4 * n * n)).squareRoot()
        return max(0, min(p, centre - half))...min(1, max(p, centre + half))
    }

    /// Drawn towards `whole` as if `weight` more had been seen there (the mean of a beta posterior): for ranking people by few cases.
    public func shrunk(towards whole: Double, weight: Double = 20) -> Double { (Double(hits) + weight * whole) / (Double(of) + weight) }

    /// This share less another, with Newcombe's interval at 95 % (Newcombe 1998, method 10: from the two Wilson intervals).
    public func less(_ other: Proportion) -> (difference: Double, interval: ClosedRange<Double>)? {
        guard let p1 = estimate, let p2 = other.estimate, let w1 = wilson, let w2 = other.wilson else { return nil }
        let (down, up) = (p1 - w1.lowerBound, w2.upperBound - p2)
        let (rise, fall) = (w1.upperBound - p1, p2 - w2.lowerBound)
        let difference = p1 - p2
        return (difference, difference - (down * down + up * up).squareRoot()...difference + (rise * rise + fall * fall).squareRoot())
    }
}
