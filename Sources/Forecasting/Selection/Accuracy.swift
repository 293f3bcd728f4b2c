/// How far forecasts lay from what came, in the measures supervisors and the literature use.
public struct Accuracy: Sendable, Hashable {
    /// Mean absolute error over the in-sample error of repeating last week (Hyndman and Koehler 2006), the mean over origins.
    /// `nil` where repeating never erred, as on a constant series.
    public let mase: Double?
    /// Sum of absolute errors over the sum of what came; `nil` where nothing came.
    public let wape: Double?
    /// Mean error over the mean of what came: above 0 the forecast was too high.
    public let bias: Double?

    init(mase: Double?, wape: Double?, bias: Double?) { (self.mase, self.wape, self.bias) = (mase, wape, bias) }
}

/// The sums accuracy is made of, gathered origin by origin.
struct Errors {
    private var scaled: [Double] = []
    private var isUndefined = false
    /// Whether there was any forecast to judge.
    private(set) var isTold = false
    private var (absolute, signed, came) = (0.0, 0.0, 0.0)

    /// `scale` is the in-sample error of repeating the last season up to this origin.
    mutating func add(forecast: [Double], actual: [Double], scale: Double) {
        var (sum, count) = (0.0, 0)
        for (told, came) in zip(forecast, actual) where !came.isNaN {
            sum += abs(told - came)
            signed += told - came
            self.came += came
            count += 1
        }
        guard count > 0 else { return }
        isTold = true
        absolute += sum
        if scale > 0 { scaled.append(sum / Double(count) / scale) } else { isUndefined = true }
    }

    var accuracy: Accuracy {
        Accuracy(
            mase: isUndefined || scaled.isEmpty ? nil : mean(scaled), wape: came > 0 ? absolute / came : nil, bias: came > 0 ? signed / came : nil)
    }
}

extension Series {
    /// The season MASE divides by: a week (a year for weekly numbers), with too little history a day, at last one slot.
    func seasonOfScale(upTo end: Int) -> Int {
        if end > slotsAWeek + slotsADay { return slotsAWeek }
        return end > slotsADay + 1 && slotsADay > 1 ? slotsADay : 1
    }

    /// For each slot the mean absolute difference from a season before, over all pairs known before that slot.
    func scales(season: Int, at ends: [Int]) -> [Double] {
        var (sum, count, slot) = (0.0, 0, season)
        return ends.map { end in
            while slot < end {
                if !values[slot].isNaN, !values[slot - season].isNaN {
                    sum += abs(values[slot] - values[slot - season])
                    count += 1
                }
                slot += 1
            }
            return count > 0 ? sum / Double(count) : 0
        }
    }
}
