/// A centre, limits around it for each point, and what lies outside or runs oddly (Shewhart; rules as NHS England's “Making Data Count” ships them).
public struct ControlChart: Sendable {
    public let values: [Double]
    public let centre: Double
    public let lower: [Double]
    public let upper: [Double]
    /// One standard deviation of each point, as the chart estimates it: a third of the way to a limit.
    public let deviations: [Double]

    /// Individual values and moving ranges: limits at the mean ± 2.66 mean moving ranges. Ranges above 3.267 times their mean are left out of the mean
    /// first, so that one outlier does not hide itself. `baseline` points make the limits; all points when `nil`.
    public static func individuals(_ values: [Double], baseline: Int? = nil) -> ControlChart? {
        let base = values.prefix(baseline ?? values.count)
        guard base.count >= 2, values.allSatisfy(\.isFinite) else { return nil }
        let ranges = zip(base.dropFirst(), base).map { abs($0 - $1) }
        let mean = ranges.reduce(0, +) / Double(ranges.count)
        let screened = ranges.filter { $0 <= 3.267 * mean }
        let range = screened.isEmpty ? mean : screened.reduce(0, +) / Double(screened.count)
        let centre = base.reduce(0, +) / Double(base.count)
        return ControlChart(values, centre, Array(repeating: 2.66 * range / 3, count: values.count))
    }

    /// Shares: `hits` of `cases` each. Laney's p′ when `isLaney`: the binomial deviation times how much the points really scatter, for counts so large that
    /// the plain limits would call every day special (Laney 2002).
    public static func shares(hits: [Double], cases: [Double], isLaney: Bool) -> ControlChart? {
        let all = cases.reduce(0, +)
        guard hits.count == cases.count, hits.count >= 2, all > 0 else { return nil }
        guard zip(hits, cases).allSatisfy({ $0 >= 0 && $0 <= $1 && $1.isFinite }) else { return nil }
        let centre = hits.reduce(0, +) / all
        let values = zip(hits, cases).map { $1 > 0 ? $0 / $1 : centre }
        let binomial = cases.map { $0 > 0 ? (centre * (1 - centre) / $0).squareRoot() : 0 }
        guard isLaney else { return ControlChart(values, centre, binomial) }
        let scores = values.indices.map { binomial[$0] > 0 ? (values[$0] - centre) / binomial[$0] : 0 }
        let ranges = zip(scores.dropFirst(), scores).map { abs($0 - $1) }
        let scatter = ranges.reduce(0, +) / Double(ranges.count) / 1.128
        return ControlChart(values, centre, binomial.map { $0 * scatter })
    }

    private init(_ values: [Double], _ centre: Double, _ deviations: [Double]) {
        (self.values, self.centre, self.deviations) = (values, centre, deviations)
        lower = deviations.map { centre - 3 * $0 }
        upper = deviations.map { centre + 3 * $0 }
    }

    /// Every rule at every point at which it is newly fulfilled, in order.
    public var signals: [Signal] {
        let scores = values.indices.map { score($0) }
        var found: [Signal] = []
        for index in scores.indices {
            let isAbove = scores[index] > 0
            let add = { (rule: Signal.Rule) in found.append(Signal(index: index, rule: rule, isAbove: isAbove, strength: abs(scores[index]))) }
            if abs(scores[index]) > 3 { add(.outside) }
            if run(scores, endingAt: index, { isAbove ? $0 > 0 : $0 < 0 }) == 7 { add(.oneSide) }
            if index >= 6, isTrend(index), index == 6 || !isTrend(index - 1) { add(.trend) }
            let near = { (score: Double) in isAbove ? score > 2 && score <= 3 : score < -2 && score >= -3 }
            if index >= 2, near(scores[index]), scores[index - 2..<index].contains(where: near) { add(.nearLimit) }
        }
        return found
    }

    private func score(_ index: Int) -> Double {
        let off = values[index] - centre
        guard deviations[index] > 0 else { return off == 0 ? 0 : (off > 0 ? 1 : -1) * 1e9 }
        return off / deviations[index]
    }

    private func run(_ scores: [Double], endingAt index: Int, _ holds: (Double) -> Bool) -> Int {
        scores[...index].reversed().prefix(while: holds).count
    }

    private func isTrend(_ index: Int) -> Bool {
        guard index >= 6 else { return false }
        let steps = (index - 5...index).map { values[$0] - values[$0 - 1] }
        return steps.allSatisfy { $0 > 0 } || steps.allSatisfy { $0 < 0 }
    }
}

extension ControlChart {
    /// Exponentially weighted moving average with weight 0.2 and limits at 2.7 of its own deviations, for small lasting shifts (Lucas and Saccucci 1990). A
    /// signal where it first leaves its limits.
    public func ewma(weight: Double = 0.2, width: Double = 2.7) -> [Signal] {
        var found: [Signal] = []
        var (average, decay, wasOut) = (0.0, 1.0, false)
        for index in values.indices {
            average += weight * (score(index) - average)
            decay *= (1 - weight) * (1 - weight)
            let strength = abs(average) / (weight / (2 - weight) * (1 - decay)).squareRoot()
            if strength > width, !wasOut { found.append(Signal(index: index, rule: .ewma, isAbove: average > 0, strength: strength)) }
            wasOut = strength > width
        }
        return found
    }

    /// Two-sided cumulative sums with slack ½ and decision interval 5 standard deviations (average run length 465 in control); each starts anew after its
    /// signal (Page 1954).
    public func cusum(slack: Double = 0.5, interval: Double = 5) -> [Signal] {
        var found: [Signal] = []
        var (above, below) = (0.0, 0.0)
        for index in values.indices {
            above = max(0, above + score(index) - slack)
            below = max(0, below - score(index) - slack)
            if above > interval { found.append(Signal(index: index, rule: .cusum, isAbove: true, strength: above)) }
            if below > interval { found.append(Signal(index: index, rule: .cusum, isAbove: false, strength: below)) }
            if above > interval { above = 0 }
            if below > interval { below = 0 }
        }
        return found
    }
}
