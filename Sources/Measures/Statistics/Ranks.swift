/// Exact quantiles of whole numbers, by nearest rank: the smallest value that at least so large a share of all values does not exceed (type 1 of
/// Hyndman and Fan 1996). The answer is always one of the values, so a quantile can be opened: it is a case.
///
/// Quantiles of parts are never averaged: that of the whole is taken from the whole (trap 5).
enum Ranks {
    /// Where in `count` sorted values the quantile lies, from 0. `count` is above 0.
    static func place(perMille: Int, of count: Int) -> Int { max(0, (count * perMille + 999) / 1_000 - 1) }

    /// Puts the values at these places (ascending) where they would stand if all were sorted. Expected time is linear (Hoare's FIND); after
    /// too many bad pivots the rest is sorted.
    static func arrange(_ values: UnsafeMutableBufferPointer<Int64>, _ places: [Int]) {
        arrange(values, places[...], low: 0, high: values.count - 1, patience: 64)
    }

    private static func arrange(_ values: UnsafeMutableBufferPointer<Int64>, _ places: ArraySlice<Int>, low: Int, high: Int, patience: Int) {
        guard !places.isEmpty, low < high else { return }
        guard high - low > 32, patience > 0 else {
            var part = UnsafeMutableBufferPointer(rebasing: values[low...high])
            return part.sort()
        }
        let middle = partition(values, low, high)
        // Everything up to `middle` is at most what follows it.
        let split = places.firstIndex { $0 > middle } ?? places.endIndex
        arrange(values, places[..<split], low: low, high: middle, patience: patience - 1)
        arrange(values, places[split...], low: middle + 1, high: high, patience: patience - 1)
    }

    /// Hoare's partition around the middle of three; it stops at equal values, so that many equal ones do no harm.
    private static func partition(_ values: UnsafeMutableBufferPointer<Int64>, _ low: Int, _ high: Int) -> Int {
        let (a, b, c) = (values[low], values[(low + high) / 2], values[high])
        let pivot = max(min(a, b), min(max(a, b), c))
        var (i, j) = (low - 1, high + 1)
        while true {
            repeat { i += 1 } while values[i] < pivot
            repeat { j -= 1 } while values[j] > pivot
            if i >= j { return min(j, high - 1) }
            values.swapAt(i, j)
        }
    }
}
