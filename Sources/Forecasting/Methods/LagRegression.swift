/// Dynamic regression on what was known at the origin: how far the last day lay above its weekly profile, at the same slot and as a whole, how the
/// last week did, and how the evening ended; one regression for tomorrow, one for the day after, one for all later days.
///
/// Direct multi-step forecasting (each lead its own equation) rather than iterating one step; for smooth series it does the work of a
/// seasonal ARIMA at a hundredth of the cost. Days are blocks counted backwards from the origin.
struct LagRegression {
    let scale: @Sendable (Past) -> Transform
    /// After how many weeks a week counts half in the weekly profile.
    let weeksHalfLife: Double
    /// Whether each slot's answer to yesterday may bend over the course of the day.
    let bends: Bool

    static let rowsMax = 3_000
    static let ridge = 0.003
    /// Leads with an equation of their own; all later ones share the last.
    static let leadsMax = 3

    func forecast(_ past: Past, _ count: Int) -> [Double]? {
        let blocks = past.end / past.day
        guard blocks >= 3 * past.series.daysAWeek + 4 else { return nil }
        let transform = scale(past)
        let features = LagFeatures(past, blocks: blocks, transform, weeksHalfLife, bends: bends)
        let day = past.day
        let leads = (count + day - 1) / day
        var forecast: [Double] = []
        forecast.reserveCapacity(leads * day)
        var coefficients: [Double] = []
        for lead in 0..<leads {
            if lead <= Self.leadsMax {
                guard let fitted = fit(features, past, lead: lead, blocks) else { return nil }
                coefficients = fitted
            }
            for slot in 0..<day {
                var sum = features.profile(origin: blocks, lead: lead, slot)
                features.row(origin: blocks, lead: lead, slot) { row in
                    for index in 0..<features.width { sum += coefficients[index] * row[index] }
                }
                forecast.append(transform.back(sum))
            }
        }
        return Array(forecast.prefix(count))
    }

    private func fit(_ features: LagFeatures, _ past: Past, lead: Int, _ blocks: Int) -> [Double]? {
        let (day, daysAWeek) = (past.day, past.series.daysAWeek)
        let last = blocks - 1 - lead
        let first = max(2 * daysAWeek + 1, last - Self.rowsMax / day + 1)
        guard first < last else { return nil }
        var equations = LeastSquares(width: features.width)
        for origin in first...last {
            for slot in 0..<day where features.isKnown(block: origin + lead, slot) {
                let target = features.z[(origin + lead) * day + slot] - features.profile(origin: origin, lead: lead, slot)
                features.row(origin: origin, lead: lead, slot) { equations.add($0, target) }
            }
        }
        guard equations.rows >= 2 * features.width else { return nil }
        return equations.coefficients(relativeRidge: Self.ridge)
    }
}
