#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The few functions of the C library that forecasting needs, in one place.
@inline(__always) func naturalLog(_ x: Double) -> Double { log(x) }
@inline(__always) func exponential(_ x: Double) -> Double { exp(x) }

/// The mean of the numbers; 0 of none.
func mean(_ numbers: some Collection<Double>) -> Double { numbers.isEmpty ? 0 : numbers.reduce(0, +) / Double(numbers.count) }

/// The value below which the part `p` of sorted numbers lies, between neighbours in proportion (Hyndman and Fan's type 7).
func quantile(_ sorted: [Double], _ p: Double) -> Double {
    guard let first = sorted.first else { return 0 }
    guard sorted.count > 1 else { return first }
    let place = min(max(p, 0), 1) * Double(sorted.count - 1)
    let below = min(Int(place), sorted.count - 2)
    return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
}
