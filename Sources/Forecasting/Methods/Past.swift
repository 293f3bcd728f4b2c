/// What a method may see at an origin: the series up to there and nothing behind it.
struct Past {
    let series: Series
    /// The first slot that is still to come.
    let end: Int
    /// The numbers with every hole filled from what was known before the hole: the mean of the same slot in up to four weeks, else of the
    /// same slot a day before, else of what there was. Closed slots are 0.
    let filled: [Double]

    /// `filled` looks only backwards, so one filling serves every origin of a series.
    init(series: Series, end: Int, filled: [Double]? = nil) {
        (self.series, self.end) = (series, end)
        self.filled = filled ?? Past.fill(series, upTo: end)
    }

    var day: Int { series.slotsADay }
    var week: Int { series.slotsAWeek }

    func isKnown(_ slot: Int) -> Bool { !series.values[slot].isNaN }

    /// Whole weeks behind the origin.
    var weeks: Int { end / week }

    static func fill(_ series: Series, upTo end: Int) -> [Double] {
        var filled = [Double](repeating: 0, count: end)
        var (sum, count) = (0.0, 0)
        for slot in 0..<end where series.isOpen(slot) {
            let value = series.values[slot]
            if !value.isNaN {
                filled[slot] = value
                sum += value
                count += 1
                continue
            }
            let before = (1...4).map { slot - $0 * series.slotsAWeek }.filter { $0 >= 0 }.map { filled[$0] }
            if !before.isEmpty {
                filled[slot] = mean(before)
            } else if slot >= series.slotsADay {
                filled[slot] = filled[slot - series.slotsADay]
            } else {
                filled[slot] = count > 0 ? sum / Double(count) : 0
            }
        }
        return filled
    }
}
