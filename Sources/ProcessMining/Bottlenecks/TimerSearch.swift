/// Finds a clock in the times of a step: many cases that waited for exactly as long, whoever they were.
///
/// Two shapes are known. **Sharp**: a window of an hour, or of 2 % of the delay where that is more, holds a quarter of all passes: a rule acts
/// the moment its time is up. **Daily**: a window of one day, three days or more away, holds two fifths of all passes behind a day with next to
/// none: a job that runs once a day closes whatever is old enough. What follows must not be done by whoever acted before.
/// People are never so exact; their waits have a long tail and no wall.
enum TimerSearch {
    private static let hour: Int64 = 3_600_000_000
    private static let passesMin = 30
    private static let sampleMax = 100_000

    struct Timer: Hashable {
        /// Microseconds, the middle of the window.
        let delay: Int64
        /// Of the passes, in percent.
        let sharePercent: Int
        let isDaily: Bool
    }

    /// Who acts at the end of the step: the share of the most frequent one, and of passes in which the same one acted before. `nil`: not known.
    struct Actors: Hashable {
        let topPercent: Int
        let samePercent: Int
    }

    static func search(_ times: UnsafeBufferPointer<Int64>, actors: Actors?) -> Timer? {
        guard times.count >= passesMin else { return nil }
        if let actors, actors.samePercent > 20 { return nil }
        let step = max(1, times.count / sampleMax)
        var sample: [Int64] = []
        var index = 0
        while index < times.count {
            sample.append(times[index])
            index += step
        }
        sample.sort()
        let sharp = densest(sample, from: 12 * hour) { max(hour, $0 / 50) }
        if let sharp, sharp.count * 4 >= sample.count { return timer(sharp, sample, isDaily: false) }
        guard let daily = densest(sample, from: 72 * hour, width: { _ in 24 * hour }), daily.count * 5 >= sample.count * 2 else { return nil }
        let dayBefore = count(sample, from: daily.start - 24 * hour, to: daily.start - 1)
        let isByOne = actors.map { $0.topPercent >= 60 } ?? false
        guard dayBefore * 8 <= daily.count, isByOne || daily.count * 2 >= sample.count else { return nil }
        return timer(daily, sample, isDaily: true)
    }

    private struct Window {
        var start: Int64
        var end: Int64
        var count: Int
    }

    private static func timer(_ window: Window, _ sample: [Int64], isDaily: Bool) -> Timer {
        let inside = sample.filter { $0 >= window.start && $0 <= window.end }
        return Timer(delay: inside[inside.count / 2], sharePercent: window.count * 100 / sample.count, isDaily: isDaily)
    }

    /// The window with most values; it begins at one of them.
    private static func densest(_ sample: [Int64], from least: Int64, width: (Int64) -> Int64) -> Window? {
        var best: Window?
        var end = 0
        for start in sample.indices where sample[start] >= least {
            end = max(end, start)
            let limit = sample[start] + width(sample[start])
            while end < sample.count, sample[end] <= limit { end += 1 }
            if end - start > best?.count ?? 0 { best = Window(start: sample[start], end: limit, count: end - start) }
        }
        return best
    }

    private static func count(_ sample: [Int64], from low: Int64, to high: Int64) -> Int { sample.count { $0 >= low && $0 <= high } }
}
