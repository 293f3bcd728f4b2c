/// Exponential smoothing in its classical forms, each with the constants that told the next number best.
enum Smoothing {
    /// Level, damped trend and an additive season (Gardner's damped trend; ETS(A,Ad,A) of Hyndman et al. 2008, (A,Ad,N) with a season of 1).
    static func damped(_ past: Past, season: Int, _ count: Int) -> [Double]? {
        let numbers = past.filled
        let length = past.end
        guard length >= max(4, 2 * season + 2) else { return nil }
        var best = (error: Double.infinity, forecast: [Double]())
        for level in [0.05, 0.15, 0.35, 0.65, 0.9] {
            for trend in [0, 0.1, 0.3] {
                for seasonal in season > 1 ? [0.05, 0.15, 0.4] : [0.0] {
                    let run = one(numbers, length, season, level, trend, seasonal, count)
                    if run.error < best.error { best = run }
                }
            }
        }
        return best.forecast.isEmpty ? nil : best.forecast
    }

    private static func one(
        _ numbers: [Double], _ length: Int, _ season: Int, _ alpha: Double, _ beta: Double, _ gamma: Double, _ count: Int
    ) -> (error: Double, forecast: [Double]) {
        let damping = 0.95
        var level = mean(numbers[..<season])
        var trend = 0.0
        var seasons = season > 1 ? (0..<season).map { (numbers[$0] + numbers[$0 + season]) / 2 } : [0]
        if season > 1 {
            let middle = mean(seasons)
            for index in seasons.indices { seasons[index] -= middle }
        }
        var error = 0.0
        for slot in 0..<length {
            let missed = numbers[slot] - (level + damping * trend + seasons[slot % season])
            if slot >= season { error += missed * missed }
            level += damping * trend + alpha * missed
            trend = damping * trend + alpha * beta * missed
            seasons[slot % season] += gamma * (1 - alpha) * missed
        }
        var (forecast, reach, factor) = ([Double](), 0.0, 1.0)
        for step in 0..<count {
            factor *= damping
            reach += factor * trend
            forecast.append(level + reach + seasons[(length + step) % season])
        }
        return (error, forecast)
    }

    /// The theta method with a season taken off by differences from the mean (Assimakopoulos and Nikolopoulos 2000; simple smoothing with half the
    /// slope of the line through all numbers, as Hyndman and Billah 2003 showed).
    static func theta(_ past: Past, season: Int, _ count: Int) -> [Double]? {
        let length = past.end
        guard length >= max(4, 2 * season) else { return nil }
        var seasons = [Double](repeating: 0, count: season)
        if season > 1 {
            for phase in 0..<season {
                let same = stride(from: phase, to: length, by: season).map { past.filled[$0] }
                seasons[phase] = mean(same.suffix(12))
            }
            let middle = mean(seasons)
            for phase in 0..<season { seasons[phase] -= middle }
        }
        let plain = (0..<length).map { past.filled[$0] - seasons[$0 % season] }
        let middle = Double(length - 1) / 2
        let average = mean(plain)
        var (above, below) = (0.0, 0.0)
        for (index, number) in plain.enumerated() {
            above += (Double(index) - middle) * (number - average)
            below += (Double(index) - middle) * (Double(index) - middle)
        }
        let slope = below > 0 ? above / below : 0
        let level = DampedLevel(plain, window: 1).last
        return (0..<count).map { level + slope / 2 * Double($0 + 1) + seasons[(length + $0) % season] }
    }

    /// Two seasons, of the day and of the week, with an autoregressive remainder (double seasonal Holt-Winters, Taylor 2003).
    static func doubleSeasonal(_ past: Past, _ transform: Transform, _ count: Int) -> [Double]? {
        let (day, week) = (past.day, past.week)
        guard day > 1, past.weeks >= 3 else { return nil }
        let length = past.end
        let numbers = past.filled[..<length].map(transform.forth)
        var best = (error: Double.infinity, forecast: [Double]())
        for (alpha, daily, weekly, carry) in [(0.02, 0.4, 0.3, 0.95), (0.01, 0.2, 0.2, 0.9), (0.005, 0.05, 0.1, 0.8), (0.003, 0.02, 0.05, 0.6)] {
            var level = mean(numbers[..<week])
            var ofDay = (0..<day).map { slot in mean(stride(from: slot, to: week, by: day).map { numbers[$0] }) - level }
            var ofWeek = (0..<week).map { numbers[$0] - level - ofDay[$0 % day] }
            var (left, error) = (0.0, 0.0)
            for slot in week..<length where past.series.isOpen(slot) {
                let base = level + ofDay[slot % day] + ofWeek[slot % week]
                let missed = numbers[slot] - base - carry * left
                left = numbers[slot] - base
                level += alpha * missed
                ofDay[slot % day] += daily * missed
                ofWeek[slot % week] += weekly * missed
                error += missed * missed
            }
            guard error < best.error else { continue }
            var factor = 1.0
            let forecast = (0..<count).map { step in
                factor *= carry
                let slot = length + step
                return transform.back(level + ofDay[slot % day] + ofWeek[slot % week] + factor * left)
            }
            best = (error, forecast)
        }
        return best.forecast.isEmpty ? nil : best.forecast
    }
}
