/// Whether a KPI is other after a change than before it: Mann–Whitney, with the location shift (Hodges–Lehmann) and its 98 % interval.
///
/// The verdict is that of Netflix's canary judge: it moved only if the whole interval lies beyond a quarter of the estimated shift, so that neither a tiny
/// certain difference nor a large uncertain one passes for an effect.
public struct BeforeAfter: Hashable, Sendable {
    public enum Verdict: String, Hashable, Sendable { case higher, lower, same }

    public let verdict: Verdict
    /// Median of all differences between an after and a before.
    public let shift: Double
    public let lower: Double
    public let upper: Double

    /// 98 %, two-sided.
    static let normalQuantile = 2.3263
    static let tolerance = 0.25
    /// Beyond so many differences each side is thinned evenly.
    static let sideMax = 1_500

    /// `nil` when a side has fewer than five values or one is not finite.
    public init?(before: [Double], after: [Double]) {
        guard before.count >= 5, after.count >= 5, (before + after).allSatisfy(\.isFinite) else { return nil }
        let (before, after) = (BeforeAfter.thinned(before), BeforeAfter.thinned(after))
        let differences = after.flatMap { later in before.map { later - $0 } }.sorted()
        let (n, m) = (Double(before.count), Double(after.count))
        let half = BeforeAfter.normalQuantile * (n * m * (n + m + 1) / 12).squareRoot()
        let rank = max(0, Int((n * m / 2 - half).rounded(.down)))
        let middle = differences.count / 2
        shift = differences.count.isMultiple(of: 2) ? (differences[middle - 1] + differences[middle]) / 2 : differences[middle]
        lower = differences[rank]
        upper = differences[differences.count - 1 - rank]
        let bound = BeforeAfter.tolerance * abs(shift)
        verdict = lower > bound ? .higher : upper < -bound ? .lower : .same
    }

    private static func thinned(_ values: [Double]) -> [Double] {
        guard values.count > sideMax else { return values }
        return (0..<sideMax).map { values[$0 * values.count / sideMax] }
    }
}
