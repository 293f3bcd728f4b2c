/// Natural logarithm and exponential in plain arithmetic: the C library's differ in the last bit between machines, and a finding must not.

private let naturalLogarithmOfTwo = 0.693147180559945309417

/// ln x for x > 0; −∞ at 0, not a number below. Within 1e-14 of the true value, relative for |ln x| > 1.
@inlinable
@inline(__always)
package func naturalLogarithm(_ x: Double) -> Double {
    guard x > 0, x.isFinite else { return x == 0 ? -.infinity : (x > 0 ? x : .nan) }
    var mantissa = x.significand
    var exponent = Double(x.exponent)
    if mantissa > 1.4142135623730951 {
        mantissa *= 0.5
        exponent += 1
    }
    let s = (mantissa - 1) / (mantissa + 1)
    let t = s * s
    var series = 1.0 / 19
    series = series * t + 1.0 / 17
    series = series * t + 1.0 / 15
    series = series * t + 1.0 / 13
    series = series * t + 1.0 / 11
    series = series * t + 1.0 / 9
    series = series * t + 1.0 / 7
    series = series * t + 1.0 / 5
    series = series * t + 1.0 / 3
    series = series * t + 1
    return exponent * 0.693147180559945309417 + 2 * s * series
}

/// e to the power of x: 0 below −745, ∞ above 709.
package func exponential(_ x: Double) -> Double {
    guard x > -745 else { return x.isNaN ? x : 0 }
    guard x < 709.78 else { return .infinity }
    let halvings = (x / naturalLogarithmOfTwo).rounded()
    let rest = x - halvings * naturalLogarithmOfTwo
    var series = 1.0
    for divisor in stride(from: 14.0, through: 1, by: -1) { series = 1 + series * rest / divisor }
    return series * Double(sign: .plus, exponent: Int(halvings), significand: 1)
}

/// Where a share lies on the line of log odds.
package func logOdds(_ share: Double) -> Double { naturalLogarithm(share / (1 - share)) }
/// The share at a place on the line of log odds.
package func share(atLogOdds x: Double) -> Double { 1 / (1 + exponential(-x)) }
