/// What each leaf's ratio should be: its own history, shrunk to what its attributes let expect together.
///
/// A leaf of a sparse table has a handful of cases of history; its parent slices have hundreds. The effects of the attributes on the log odds (for
/// shares) or on the logarithm (for means) are fitted first, with no interactions; then each leaf is moved from there by its own history.
struct Baseline {
    let table: LeafTable

    /// The expected share of each leaf, strictly inside 0…1.
    func shares() -> [Double] {
        let fitted = fittedShares()
        return shrunk(to: fitted).map { min(max($0, 1e-4), 1 - 1e-4) }
    }

    /// The expected mean of each leaf, zero only where nothing but zeroes was ever seen.
    func means() -> [Double] { shrunk(to: fittedMeans()) }

    private func shrunk(to fitted: [Double]) -> [Double] {
        let belief = Constants.leafShrinkage
        return fitted.indices.map { (table.predicted[$0] + belief * fitted[$0]) / (table.predictedParts[$0] + belief) }
    }

    /// Logistic main effects by Newton steps, one attribute after the other.
    private func fittedShares() -> [Double] {
        let (a, b) = (table.predicted, table.predictedParts)
        let overall = (a.reduce(0, +) + 0.5) / (b.reduce(0, +) + 1)
        var place = [Double](repeating: logOdds(overall), count: a.count)
        var effects = table.values.map { [Double](repeating: 0, count: $0.count) }
        for _ in 0..<20 {
            var largest = 0.0
            for attribute in effects.indices {
                let codes = table.codes[attribute]
                var gradient = effects[attribute].map { -Constants.effectRidge * $0 }
                var curvature = [Double](repeating: Constants.effectRidge, count: gradient.count)
                for leaf in place.indices where b[leaf] > 0 {
                    let expected = share(atLogOdds: place[leaf])
                    let code = Int(codes[leaf])
                    gradient[code] += a[leaf] - b[leaf] * expected
                    curvature[code] += b[leaf] * expected * (1 - expected)
                }
                let steps = gradient.indices.map { min(max(gradient[$0] / curvature[$0], -1), 1) }
                for value in steps.indices { effects[attribute][value] += steps[value] }
                for leaf in place.indices { place[leaf] += steps[Int(codes[leaf])] }
                largest = max(largest, steps.lazy.map(abs).max() ?? 0)
            }
            if largest < 1e-3 { break }
        }
        return place.map(share(atLogOdds:))
    }

    /// Multiplicative main effects, one attribute after the other.
    private func fittedMeans() -> [Double] {
        let (a, b) = (table.predicted, table.predictedParts)
        let overall = a.reduce(0, +) / max(b.reduce(0, +), .leastNormalMagnitude)
        var fitted = [Double](repeating: overall, count: a.count)
        guard overall > 0 else { return fitted }
        for _ in 0..<10 {
            for attribute in table.codes.indices {
                let codes = table.codes[attribute]
                let belief = Constants.leafShrinkage * overall * Constants.effectRidge
                var seen = [Double](repeating: belief, count: table.values[attribute].count)
                var expected = seen
                for leaf in fitted.indices {
                    seen[Int(codes[leaf])] += a[leaf]
                    expected[Int(codes[leaf])] += b[leaf] * fitted[leaf]
                }
                for leaf in fitted.indices { fitted[leaf] *= seen[Int(codes[leaf])] / expected[Int(codes[leaf])] }
            }
        }
        return fitted
    }
}
