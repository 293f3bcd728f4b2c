/// Repeating what was: the oldest methods, and those any other has to beat.
enum SeasonalMethods {
    /// The last number, for ever.
    static func naive(_ past: Past, _ count: Int) -> [Double]? {
        guard let last = (0..<past.end).last(where: past.series.isOpen) else { return nil }
        return [Double](repeating: past.filled[last], count: count)
    }

    /// The mean of the last week, or of what there is.
    static func mean(_ past: Past, _ count: Int) -> [Double]? {
        let open = (max(0, past.end - past.week)..<past.end).filter(past.series.isOpen)
        guard !open.isEmpty else { return nil }
        return [Double](repeating: open.reduce(0) { $0 + past.filled[$1] } / Double(open.count), count: count)
    }

    /// The same slot of the last period.
    static func naive(_ past: Past, period: Int, _ count: Int) -> [Double]? {
        guard past.end >= period else { return nil }
        return (0..<count).map { past.filled[past.end - period + $0 % period] }
    }

    /// The same slot of the last `weeks` weeks, averaged; of at least two.
    static func mean(_ past: Past, weeks: Int, _ count: Int) -> [Double]? {
        profile(past, weeks, count) { Forecasting.mean($0) }
    }

    /// The middle of the same slot of the last `weeks` weeks: one odd week does not move it.
    static func median(_ past: Past, weeks: Int, _ count: Int) -> [Double]? {
        profile(past, weeks, count) { quantile($0.sorted(), 0.5) }
    }

    private static func profile(_ past: Past, _ weeks: Int, _ count: Int, _ middle: ([Double]) -> Double) -> [Double]? {
        let (week, weeks) = (past.week, min(weeks, past.weeks))
        guard weeks >= 2 else { return nil }
        let one = (0..<min(count, week)).map { phase in
            middle((1...weeks).map { past.filled[past.end - $0 * week + phase] })
        }
        return (0..<count).map { one[$0 % week] }
    }
}
