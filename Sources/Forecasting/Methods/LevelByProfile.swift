/// A day's total × the weekday × the course of the day, the total's level smoothed and drawn back to its mean of four weeks.
///
/// The family the literature on call centres recommends (Ibrahim, Ye, L'Ecuyer and Shen 2016); a level that returns to its mean is what keeps it
/// good beyond two days (Taylor 2012). Days are counted backwards from the origin, so an origin in the middle of a day is no different.
struct LevelByProfile {
    /// How much of the level's distance from its mean is left after a day.
    let persistence: Double
    /// Weeks from which the weekday and the course of the day are taken.
    let weeks: Int

    func forecast(_ past: Past, _ count: Int) -> [Double]? {
        let (day, daysAWeek) = (past.day, past.series.daysAWeek)
        let days = past.end / day
        guard days >= 2 * daysAWeek + 2 else { return nil }
        let start = past.end - days * day
        let shift = 0.02 * past.size * Double(day)
        var totals = [Double](repeating: .nan, count: days)
        for index in 0..<days {
            let slots = start + index * day..<start + (index + 1) * day
            var (sum, known, open) = (0.0, 0, 0)
            for slot in slots where past.series.isOpen(slot) {
                open += 1
                known += past.isKnown(slot) ? 1 : 0
                sum += past.filled[slot]
            }
            if open > 0, known * 5 >= open * 4 { totals[index] = naturalLog(max(sum + shift, shift * 0.01)) }
        }
        guard totals.contains(where: { !$0.isNaN }) else { return nil }
        let recent = max(0, days - weeks * daysAWeek)..<days
        let weekday = weekdays(totals, recent, daysAWeek)
        let plain = totals.indices.map { totals[$0] - weekday[$0 % daysAWeek] }
        let level = DampedLevel(plain, window: 4 * daysAWeek)
        let share = shares(past, start, recent)
        return (0..<count).map { step in
            let index = days + step / day
            let ahead = Double(step / day + 1)
            let total = level.mean + (level.last - level.mean) * exponential(ahead * naturalLog(persistence)) + weekday[index % daysAWeek]
            return (exponential(min(total, 700)) - shift) * share[index % daysAWeek * day + step % day]
        }
    }

    /// How much each weekday differs from the moving mean of four weeks around it.
    private func weekdays(_ totals: [Double], _ recent: Range<Int>, _ daysAWeek: Int) -> [Double] {
        let moving = MovingMean(totals, reach: 2 * daysAWeek)
        var (sums, counts) = ([Double](repeating: 0, count: daysAWeek), [Double](repeating: 0, count: daysAWeek))
        for index in recent where !totals[index].isNaN {
            sums[index % daysAWeek] += totals[index] - moving[index]
            counts[index % daysAWeek] += 1
        }
        let effects = zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 }
        let middle = mean(effects)
        return effects.map { $0 - middle }
    }

    /// What part of a weekday's total falls into each slot.
    private func shares(_ past: Past, _ start: Int, _ recent: Range<Int>) -> [Double] {
        let (day, daysAWeek) = (past.day, past.series.daysAWeek)
        var sums = [Double](repeating: 0, count: daysAWeek * day)
        for index in recent {
            for slot in 0..<day where past.isKnown(start + index * day + slot) {
                sums[index % daysAWeek * day + slot] += past.filled[start + index * day + slot]
            }
        }
        for weekday in 0..<daysAWeek {
            let slots = weekday * day..<(weekday + 1) * day
            let total = sums[slots].reduce(0, +)
            for slot in slots { sums[slot] = total > 0 ? sums[slot] / total : 1 / Double(day) }
        }
        return sums
    }
}

/// A level smoothed exponentially, with the smoothing that would have told each next day best, and the mean it returns to.
struct DampedLevel {
    private(set) var last: Double
    let mean: Double

    /// `window` is how many of the last numbers make the mean. NaN is passed over.
    init(_ numbers: [Double], window: Int) {
        let known = numbers.filter { !$0.isNaN }
        let opening = Forecasting.mean(known.prefix(max(1, window / 4)))
        var best = (error: Double.infinity, level: opening)
        for smoothing in stride(from: 0.1, through: 0.9, by: 0.1) {
            var (level, error) = (opening, 0.0)
            for number in known {
                error += (number - level) * (number - level)
                level += smoothing * (number - level)
            }
            if error < best.error { best = (error, level) }
        }
        last = best.level
        mean = Forecasting.mean(known.suffix(window))
    }
}

/// The mean of the known numbers up to `reach` places to either side, by running sums.
struct MovingMean {
    private let means: [Double]

    init(_ numbers: [Double], reach: Int) {
        var (sums, counts) = ([0.0], [0.0])
        for number in numbers {
            sums.append(sums[sums.count - 1] + (number.isNaN ? 0 : number))
            counts.append(counts[counts.count - 1] + (number.isNaN ? 0 : 1))
        }
        means = numbers.indices.map { index in
            let (low, high) = (max(0, index - reach), min(numbers.count, index + reach + 1))
            let count = counts[high] - counts[low]
            return count > 0 ? (sums[high] - sums[low]) / count : .nan
        }
    }

    subscript(index: Int) -> Double { means[index] }
}
