/// What leaves say about a change, in sums that add up over leaves, and the log-likelihood a slice of them gains from a change of its own.
///
/// The four sums, by reading. Shares: cases with, cases, expected cases with, variance; counts: count, 0, expected count, variance; amounts and
/// means: weighted relative change, 0, 0, weight. Shares and counts are tempered: a leaf of a million cases still drifts by itself, so it counts
/// as no more cases than that drift leaves room for.
struct Evidence: Sendable {
    typealias Sums = SIMD4<Double>

    let reading: Reading
    let leaves: [Sums]
    /// The raw deviation of each leaf: real less expected, in the unit of the KPI's numerator.
    let deviations: [Double]
    /// What each leaf was expected to be, in the same unit.
    let expected: [Double]
    /// How often the usual bound a drift of everything may go.
    var driftMost = 1.0

    init(_ table: LeafTable) {
        reading = table.reading
        let indices = table.real.indices
        switch reading {
        case .shares:
            let baseline = Baseline(table: table).shares()
            expected = indices.map { table.realParts[$0] * baseline[$0] }
            leaves = indices.map { leaf in
                let (cases, share) = (table.realParts[leaf], baseline[leaf])
                let variance = cases * share * (1 - share)
                let room = 1 / (1 + Constants.leafDrift * variance)
                return room * Sums(table.real[leaf], cases, cases * share, variance)
            }
        case .counts:
            let least = max(table.predicted.reduce(0, +) / Double(max(table.leaves, 1)) / Constants.leafShrinkage, 1e-6)
            expected = table.predicted
            leaves = indices.map { leaf in
                let count = max(table.predicted[leaf], least)
                let room = 1 / (1 + Constants.countDrift * count)
                return room * Sums(table.real[leaf], 0, count, count)
            }
        case .means:
            let baseline = Baseline(table: table).means()
            let expected = indices.map { table.realParts[$0] * baseline[$0] }
            self.expected = expected
            leaves = Evidence.weighed(table.real, expected, sizes: table.realParts)
        case .amounts:
            expected = table.predicted
            leaves = Evidence.weighed(table.real, table.predicted, sizes: indices.map { max(abs(table.real[$0]), abs(table.predicted[$0])) })
        }
        let expected = self.expected
        deviations = indices.map { table.real[$0] - expected[$0] }
    }

    private static func weighed(_ real: [Double], _ expected: [Double], sizes: [Double]) -> [Sums] {
        let changes = real.indices.map { leaf in
            let larger = max(abs(real[leaf]), abs(expected[leaf]))
            return larger > 0 ? (real[leaf] - expected[leaf]) / larger : 0
        }
        let scatter = Scatter(changes: changes, sizes: sizes)
        return real.indices.map { leaf in
            guard sizes[leaf] > 0 else { return .zero }
            let weight = 1 / scatter.variance(size: sizes[leaf])
            return Sums(weight * changes[leaf], 0, 0, weight)
        }
    }

    /// The log-likelihood `sums` gain when they may have changed by any amount.
    @inline(__always)
    func gain(_ sums: Sums) -> Double {
        switch reading {
        case .amounts, .means: return sums.w > 0 ? sums.x * sums.x / (2 * sums.w) : 0
        case .counts:
            guard sums.z > 0 else { return 0 }
            let hit = sums.x > 0 ? sums.x * naturalLogarithm(sums.x / sums.z) : 0
            return max(hit - sums.x + sums.z, 0)
        case .shares:
            guard sums.y > 1e-9 else { return 0 }
            let expected = min(max(sums.z / sums.y, 1e-6), 1 - 1e-6)
            let missed = max(sums.y - sums.x, 0)
            let hit = sums.x > 0 ? sums.x * naturalLogarithm(sums.x / sums.y / expected) : 0
            return max(hit + (missed > 0 ? missed * naturalLogarithm(missed / sums.y / (1 - expected)) : 0), 0)
        }
    }

    /// The log-likelihood `sums` gain when the change is a drift of everything, which is believed to be small, and is bounded.
    @inline(__always)
    func driftGain(_ sums: Sums) -> Double {
        let gain = gain(sums)
        guard gain > 0 else { return 0 }
        let (deviation, most) = Constants.sharedDrift(of: reading)
        let shift = abs(shift(sums))
        let information = 2 * gain / max(shift * shift, 1e-9)
        let believed = gain * information / (information + 1 / (deviation * deviation))
        guard shift > most * driftMost else { return believed }
        // The log-likelihood is near enough a parabola in the shift: what is left of it at the bound.
        let beyond = 1 - most * driftMost / shift
        return believed * (1 - beyond * beyond)
    }

    /// By how much `sums` moved: log odds for shares, the logarithm of the ratio for counts, the relative change otherwise.
    func shift(_ sums: Sums) -> Double {
        switch reading {
        case .amounts, .means: sums.w > 0 ? sums.x / sums.w : 0
        case .counts: naturalLogarithm((sums.x + 0.5) / (sums.z + 0.5))
        case .shares:
            logOdds(min(max((sums.x + 0.5) / (sums.y + 1), 1e-4), 1 - 1e-4)) - logOdds(min(max(sums.z / max(sums.y, 1e-9), 1e-4), 1 - 1e-4))
        }
    }

    /// How many standard deviations a leaf or slice is off, signed.
    func score(_ sums: Sums) -> Double {
        switch reading {
        case .amounts, .means: sums.w > 0 ? sums.x / sums.w.squareRoot() : 0
        case .counts, .shares: sums.w > 0 ? (sums.x - sums.z) / sums.w.squareRoot() : 0
        }
    }
}
