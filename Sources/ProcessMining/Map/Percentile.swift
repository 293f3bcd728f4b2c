/// Exact quantiles of whole numbers, by selection instead of sorting.
///
/// Between two neighbours the value lies where the quantile says (Hyndman & Fan 1996, definition 7), the one that NumPy, pandas, DuckDB and
/// spreadsheets use; what is left is cut off, so that a quantile of microseconds is a whole number of them.
enum Percentile {
    /// The `percent` quantile of `values`, which are brought into another order. Never called with none.
    static func select(_ percent: Int, of values: UnsafeMutableBufferPointer<Int64>) -> Int64 {
        let scaled = (values.count - 1) * percent
        let (rank, rest) = (scaled / 100, scaled % 100)
        let low = nth(rank, of: values)
        guard rest > 0, rank + 1 < values.count else { return low }
        // Everything behind the rank is at least as large: the next is their smallest.
        var high = values[rank + 1]
        for index in (rank + 1)..<values.count where values[index] < high { high = values[index] }
        return low + (high - low) / 100 * Int64(rest) + (high - low) % 100 * Int64(rest) / 100
    }

    /// The value that would stand at `rank` if they were sorted (Hoare's selection, median of three; a bad run of pivots ends in a sort).
    @inline(__always)
    static func nth(_ rank: Int, of values: UnsafeMutableBufferPointer<Int64>) -> Int64 {
        var (low, high) = (0, values.count - 1)
        var budget = 64
        while high - low > 16 {
            guard budget > 0 else {
                var rest = UnsafeMutableBufferPointer(rebasing: values[low...high])
                rest.sort()
                return values[rank]
            }
            budget -= 1
            let pivot = middle(values[low], values[(low + high) / 2], values[high])
            var (left, right) = (low, high)
            while left <= right {
                while values[left] < pivot { left &+= 1 }
                while values[right] > pivot { right &-= 1 }
                if left <= right {
                    (values[left], values[right]) = (values[right], values[left])
                    left &+= 1
                    right &-= 1
                }
            }
            if rank <= right { high = right } else if rank >= left { low = left } else { return values[rank] }
        }
        var index = low + 1
        while index <= high {
            let value = values[index]
            var slot = index
            while slot > low, values[slot - 1] > value {
                values[slot] = values[slot - 1]
                slot -= 1
            }
            values[slot] = value
            index += 1
        }
        return values[rank]
    }

    private static func middle(_ first: Int64, _ second: Int64, _ third: Int64) -> Int64 {
        max(min(first, second), min(max(first, second), third))
    }
}

/// How long something takes: the figures every list shows. Microseconds.
public struct Durations: Hashable, Sendable {
    public let count: Int
    public let total: Int64
    public let median: Int64
    public let p90: Int64
    public let min: Int64
    public let max: Int64

    /// Rounded to the nearest microsecond.
    public var mean: Int64 { count == 0 ? 0 : Int64((Double(total) / Double(count)).rounded()) }

    /// Of values that are brought into another order.
    init(selecting values: UnsafeMutableBufferPointer<Int64>) {
        guard !values.isEmpty else {
            (count, total, median, p90, min, max) = (0, 0, 0, 0, 0, 0)
            return
        }
        var (sum, low, high) = (Int64(0), Int64.max, Int64.min)
        for value in values {
            sum &+= value
            low = Swift.min(low, value)
            high = Swift.max(high, value)
        }
        (count, total, min, max) = (values.count, sum, low, high)
        median = Percentile.select(50, of: values)
        p90 = Percentile.select(90, of: values)
    }

    public init(of values: [Int64]) {
        var copy = values
        self = copy.withUnsafeMutableBufferPointer { Durations(selecting: $0) }
    }
}
