/// How much the relative change of a leaf scatters without a cause, by the leaf's size: σ² + φ/size, and how heavy its tails are.
///
/// σ² is what a forecast misses everywhere alike, φ what chance adds to small leaves (1 for Poisson counts). Both come from low quantiles, so that
/// causes over half of the table do not pass for noise.
struct Scatter {
    private(set) var everywhere: Double
    private(set) var perSize: Double
    /// At least 1: by how much the variance is widened because tails on both sides are longer than a normal distribution's.
    private(set) var widening: Double

    /// `changes` relative to each leaf's size, `sizes` with zero for leaves that say nothing.
    init(changes: [Double], sizes: [Double]) {
        let speaking = sizes.indices.filter { sizes[$0] > 0 }
        let (quantile, square) = speaking.count >= 1000 ? (0.25, 0.10153) : (0.5, 0.45494)
        let stride = max(1, speaking.count / 8192)
        let sample = Swift.stride(from: 0, to: speaking.count, by: stride).map { speaking[$0] }.sorted { sizes[$0] < sizes[$1] }
        let bins = min(20, max(1, sample.count / 50))
        var points: [(inverse: Double, variance: Double)] = []
        for bin in 0..<bins where !sample.isEmpty {
            let part = sample[bin * sample.count / bins..<(bin + 1) * sample.count / bins]
            let squares = part.map { changes[$0] * changes[$0] }.sorted()
            let inverse = part.reduce(0) { $0 + 1 / sizes[$1] } / Double(part.count)
            points.append((inverse, Scatter.variance(squares, quantile, square)))
        }
        (everywhere, perSize, widening) = (0, 0, 1)
        (everywhere, perSize) = Scatter.line(through: points)
        everywhere = max(everywhere, Constants.scatterMin * Constants.scatterMin)
        widening = tailWidening(changes, sizes, speaking)
    }

    func variance(size: Double) -> Double { widening * (everywhere + perSize / size) }

    /// From the given quantile of the squares; from a higher one where that is zero.
    private static func variance(_ squares: [Double], _ quantile: Double, _ square: Double) -> Double {
        let low = squares[Int(quantile * Double(squares.count))]
        if low > 0 { return low / square }
        let high = squares[Int(0.75 * Double(squares.count))]
        return high > 0 ? high / 1.3233 : squares.reduce(0, +) / Double(squares.count)
    }

    /// Least squares weighted by the fitted value, both coefficients held at zero or above.
    private static func line(through points: [(inverse: Double, variance: Double)]) -> (Double, Double) {
        guard !points.isEmpty else { return (0, 0) }
        var (level, slope) = (points.map(\.variance).sorted()[points.count / 2], 0.0)
        for _ in 0..<10 {
            var (w, wx, wxx, wy, wxy) = (0.0, 0.0, 0.0, 0.0, 0.0)
            for (x, y) in points {
                let fitted = max(level + slope * x, 1e-12)
                let weight = 1 / (fitted * fitted)
                (w, wx, wxx, wy, wxy) = (w + weight, wx + weight * x, wxx + weight * x * x, wy + weight * y, wxy + weight * x * y)
            }
            let determinant = w * wxx - wx * wx
            guard determinant > 1e-12 * w * wxx else { return (wy / w, 0) }
            (level, slope) = ((wy * wxx - wxy * wx) / determinant, (w * wxy - wx * wy) / determinant)
            if slope < 0 { (level, slope) = (wy / w, 0) }
            if level < 0 { (level, slope) = (0, wxy / wxx) }
        }
        return (level, slope)
    }

    /// The smaller of the two tails is the one without a cause; where it is longer than normal, at any of four places, the variance grows.
    private func tailWidening(_ changes: [Double], _ sizes: [Double], _ speaking: [Int]) -> Double {
        let scores = speaking.map { changes[$0] / variance(size: sizes[$0]).squareRoot() }
        let (up, down) = (scores.filter { $0 > 2 }.sorted(by: >), scores.filter { $0 < -2 }.sorted())
        var widest = 1.0
        for (part, normal) in [(0.02, 2.0537), (0.005, 2.5758), (0.001, 3.0902), (0.0002, 3.5401)] {
            let rank = Int(part * Double(scores.count))
            guard rank >= 5, up.count > rank, down.count > rank else { break }
            widest = max(widest, min(up[rank], -down[rank]) / normal)
        }
        return widest * widest
    }
}
