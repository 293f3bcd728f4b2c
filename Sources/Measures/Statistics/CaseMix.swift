/// What an agent's or a site's cases would have been expected to give, had each been handled as such cases are handled by all (indirect
/// standardisation): comparing bare averages compares whose cases were hard (trap 8, Simpson).
public struct CaseMix: Hashable, Sendable {
    /// What the unit's cases gave, and what like cases give on the whole: hits, or the sum of a length.
    public let observed: Double
    public let expected: Double
    public let count: Int
    /// Observed by expected; 1 is as expected. `nil` where nothing was expected.
    public let ratio: Double?
    public let interval: ClosedRange<Double>?
    /// The average of the whole times the ratio: the unit's average had it had everybody's cases. `nil` where nothing was expected.
    public let adjusted: Double?

    /// One case: whose, of which kind, and what it gave.
    public struct Row: Hashable, Sendable {
        public let unit: UInt32
        public let stratum: UInt32
        public let value: Double
        public init(unit: UInt32, stratum: UInt32, value: Double) { (self.unit, self.stratum, self.value) = (unit, stratum, value) }
    }

    private struct Sum {
        var count = 0.0
        var sum = 0.0
        var squares = 0.0
        var mean: Double { count > 0 ? sum / count : 0 }
        var variance: Double { count > 1 ? max(0, (squares - sum * sum / count) / (count - 1)) : 0 }
        mutating func add(_ value: Double) {
            count += 1
            sum += value
            squares += value * value
        }
    }

    /// Each unit's observed and expected, by unit.
    public static func adjust(_ rows: some Sequence<Row>) -> [UInt32: CaseMix] {
        var strata: [UInt32: Sum] = [:]
        var units: [UInt32: Sum] = [:]
        var mixes: [UInt64: Double] = [:]
        var whole = Sum()
        for row in rows {
            strata[row.stratum, default: Sum()].add(row.value)
            units[row.unit, default: Sum()].add(row.value)
            mixes[UInt64(row.unit) << 32 | UInt64(row.stratum), default: 0] += 1
            whole.add(row.value)
        }
        var expected: [UInt32: (sum: Double, variance: Double)] = [:]
        // In the order of the keys, so that sums of fractions are the same in every run.
        for (key, count) in mixes.sorted(by: { $0.key < $1.key }) {
            guard let stratum = strata[UInt32(truncatingIfNeeded: key)] else { continue }
            expected[UInt32(key >> 32), default: (0, 0)].sum += count * stratum.mean
            expected[UInt32(key >> 32), default: (0, 0)].variance += count * stratum.variance
        }
        return Dictionary(
            uniqueKeysWithValues: units.map { unit, sum in
                let (expected, variance) = expected[unit] ?? (0, 0)
                return (unit, CaseMix(observed: sum.sum, expected: expected, variance: variance, count: Int(sum.count), average: whole.mean))
            })
    }

    private init(observed: Double, expected: Double, variance: Double, count: Int, average: Double) {
        (self.observed, self.expected, self.count) = (observed, expected, count)
        guard expected > 0 else {
            (ratio, interval, adjusted) = (nil, nil, nil)
            return
        }
        let ratio = observed / expected
        let half = Proportion.z * variance.squareRoot() / expected
        self.ratio = ratio
        interval = max(0, ratio - half)...ratio + half
        adjusted = ratio * average
    }
}
