/// Prediction intervals from the errors the chosen forecasts made at earlier origins (conformal prediction, normalised).
///
/// An error is divided by the spread a count of that size has, √(f + κf²): Poisson with a level that wanders (negative binomial), κ from the errors
/// themselves. The quantiles of the divided errors, per day of lead, make the interval; so nothing is assumed of their shape. How much is to be
/// covered is moved a little after each origin by what was covered (adaptive conformal inference, Gibbs and Candès 2021).
struct IntervalMaker {
    /// What parts of all outcomes the intervals shall hold.
    static let coverages = [0.8, 0.95]
    /// Errors of how many origins are kept.
    static let originsMax = 60
    static let originsMin = 5
    static let pace = 0.1

    private let isNeverNegative: Bool
    /// Per origin: forecasts and what came.
    private var known: [(told: [Double], came: [Double])] = []
    private var aims = coverages

    init(isNeverNegative: Bool) { self.isNeverNegative = isNeverNegative }

    mutating func learn(_ choice: Choice, _ origin: TriedOrigin) {
        if let intervals = choice.intervals {
            for (level, aim) in Self.coverages.enumerated() {
                let held = zip(intervals[level], origin.came).filter { !$1.isNaN }.map { $0.contains($1) ? 1.0 : 0.0 }
                guard !held.isEmpty else { continue }
                aims[level] = min(0.995, max(0.5, aims[level] + Self.pace * (aim - mean(held))))
            }
        }
        known.append((choice.told, origin.came))
        if known.count > Self.originsMax { known.removeFirst() }
    }

    func intervals(around told: [Double]) -> [[ClosedRange<Double>]]? {
        guard known.count >= Self.originsMin else { return nil }
        let wander = wandering
        let groups = max(1, min(7, told.count / 12))
        let length = (told.count + groups - 1) / groups
        var scores: [[Double]] = Array(repeating: [], count: groups)
        for one in known {
            for (index, came) in one.came.enumerated() where !came.isNaN {
                scores[index / length].append((came - one.told[index]) / spread(one.told[index], wander))
            }
        }
        let sorted = scores.map { $0.sorted() }
        guard sorted.allSatisfy({ !$0.isEmpty }) else { return nil }
        return aims.map { aim in
            told.enumerated().map { index, number in
                let scores = sorted[index / length]
                let low = number + min(0, quantile(scores, (1 - aim) / 2)) * spread(number, wander)
                let high = number + max(0, quantile(scores, (1 + aim) / 2)) * spread(number, wander)
                return (isNeverNegative ? max(0, low) : low)...max(high, isNeverNegative ? 0 : low)
            }
        }
    }

    private var wandering: Double {
        var (above, below) = (0.0, 0.0)
        for one in known {
            for (told, came) in zip(one.told, one.came) where !came.isNaN {
                above += (came - told) * (came - told) - max(told, 0)
                below += told * told
            }
        }
        return below > 0 ? max(0, above / below) : 0
    }

    private func spread(_ told: Double, _ wander: Double) -> Double {
        isNeverNegative ? (max(told, 0.5) + wander * told * told).squareRoot() : 1
    }
}
