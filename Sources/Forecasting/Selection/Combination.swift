/// How much each method of the pool counts: more the better it told what came at earlier origins.
///
/// Weights fall with a power of the error and nobody far behind the best takes part. Simple combinations of good methods are what has won
/// forecasting competitions (Makridakis et al. 2020; Bates and Granger 1969 for weights by past error); where one method is far ahead it stands alone.
enum Combination {
    /// Methods with more than this times the best one's error stay out.
    static let tolerance = 1.15
    static let power = 16.0
    /// Whose part would be smaller is left out: it costs time and tells little.
    static let partMin = 0.04
    /// More would cost time and tell little.
    static let membersMax = 5
    /// How many earlier origins are looked at.
    static let originsMax = 60

    /// `errors[method][origin]` of origins whose targets are known; NaN where the method had no forecast. Without any origin every method counts the same.
    static func weights(_ errors: [[Double]], available: [Bool]) -> [Double] {
        let means = errors.indices.map { method -> Double in
            let known = errors[method].suffix(originsMax).filter { !$0.isNaN }
            return known.isEmpty || !available[method] ? .nan : mean(known)
        }
        let known = means.filter { !$0.isNaN }
        guard let best = known.min() else { return equal(available) }
        // Several that never erred would say the same: the plainest does.
        guard best > 0 else { return means.indices.map { $0 == means.firstIndex(of: 0) ? 1 : 0 } }
        let last = means.filter { !$0.isNaN }.sorted().prefix(membersMax).last ?? best
        let weights = normalised(
            means.map { $0.isNaN || $0 > min(last, tolerance * best) ? 0 : exponential(-power * naturalLog($0 / best)) })
        return normalised(weights.map { $0 < partMin ? 0 : $0 })
    }

    static func equal(_ available: [Bool]) -> [Double] { normalised(available.map { $0 ? 1 : 0 }) }

    private static func normalised(_ weights: [Double]) -> [Double] {
        let sum = weights.reduce(0, +)
        return sum > 0 ? weights.map { $0 / sum } : weights
    }
}
