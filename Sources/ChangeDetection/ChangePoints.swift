/// Where the level of a series changes. An index is the first point of the new level, from 0.
public struct ChangePoints: Hashable, Sendable {
    /// Ascending, without 0.
    public let indices: [Int]

    /// No level is shorter.
    public static let pointsMin = 5

    /// At most one change: the split that explains most of the squared deviation, if that is more than the penalty 3 s² ln n.
    public static func atMostOne(_ values: [Double]) -> ChangePoints { split(values, atMost: 1) }

    /// Binary segmentation on the level with the same penalty: the best split first, then the best within each side, as long as one pays.
    public static func segmented(_ values: [Double]) -> ChangePoints { split(values, atMost: .max) }

    private static func split(_ values: [Double], atMost most: Int) -> ChangePoints {
        guard values.count >= 2 * pointsMin, values.allSatisfy(\.isFinite) else { return ChangePoints(indices: []) }
        let mean = values.reduce(0, +) / Double(values.count)
        var sums = [0.0]
        for value in values { sums.append(sums[sums.count - 1] + value - mean) }
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        let penalty = 3 * variance * naturalLogarithm(of: values.count)
        guard penalty > 0 else { return ChangePoints(indices: []) }
        var segments = [0..<values.count]
        var found: [Int] = []
        while found.count < most {
            let splits = segments.enumerated().compactMap { number, segment in best(in: segment, sums).map { (number, $0.index, $0.saved) } }
            guard let split = splits.max(by: { $0.2 < $1.2 }), split.2 > penalty else { break }
            let segment = segments[split.0]
            segments.replaceSubrange(split.0...split.0, with: [segment.lowerBound..<split.1, split.1..<segment.upperBound])
            found.append(split.1)
        }
        return ChangePoints(indices: found.sorted())
    }

    /// The split of `segment` that lowers the squared deviation most, and by how much.
    private static func best(in segment: Range<Int>, _ sums: [Double]) -> (index: Int, saved: Double)? {
        guard segment.count >= 2 * pointsMin else { return nil }
        let total = sums[segment.upperBound] - sums[segment.lowerBound]
        let whole = total * total / Double(segment.count)
        var best: (index: Int, saved: Double)?
        for index in segment.lowerBound + pointsMin...segment.upperBound - pointsMin {
            let left = sums[index] - sums[segment.lowerBound]
            let (before, after) = (Double(index - segment.lowerBound), Double(segment.upperBound - index))
            let saved = left * left / before + (total - left) * (total - left) / after - whole
            if saved > best?.saved ?? 0 { best = (index, saved) }
        }
        return best
    }

    /// ln n by the harmonic numbers' asymptote is not exact enough; by halving it is.
    private static func naturalLogarithm(of count: Int) -> Double {
        var (rest, twos) = (Double(count), 0.0)
        while rest > 1.5 { (rest, twos) = (rest / 2, twos + 1) }
        let s = (rest - 1) / (rest + 1)
        let series = stride(from: 25.0, through: 1, by: -2).reduce(0.0) { $0 * s * s + 1 / $1 }
        return twos * 0.693147180559945309417 + 2 * s * series
    }
}
