#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The few functions of the C library that staffing needs, in one place.
func naturalLog(_ x: Double) -> Double { log(x) }
func exponential(_ x: Double) -> Double { exp(x) }
func roundedUp(_ x: Double) -> Int { Int(x.rounded(.up)) }

/// The standard normal distribution.
enum Normal {
    static func density(_ x: Double) -> Double { exponential(-x * x / 2) / (2 * Double.pi).squareRoot() }
    static func below(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }
}
