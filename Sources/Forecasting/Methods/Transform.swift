/// A scale on which a series is easier to continue. Each shift is a part of the series' own mean, so that twice the counts give twice the forecast.
enum Transform: Sendable {
    case none
    /// Steadies the spread of counts (Weinberg, Brown and Stroud 2007).
    case root(shift: Double)
    /// Makes proportions into sums.
    case log(shift: Double)

    static func root(of past: Past) -> Transform { .root(shift: 0.02 * past.size) }
    static func log(of past: Past) -> Transform { .log(shift: 0.02 * past.size) }

    @inline(__always) func forth(_ y: Double) -> Double {
        switch self {
        case .none: y
        case .root(let shift): max(y + shift, 0).squareRoot()
        case .log(let shift): naturalLog(max(y + shift, shift * 0.01))
        }
    }

    @inline(__always) func back(_ z: Double) -> Double {
        switch self {
        case .none: z
        case .root(let shift): max(z, 0) * max(z, 0) - shift
        case .log(let shift): exponential(min(z, 700)) - shift
        }
    }
}

extension Past {
    /// The mean absolute number, of up to the last eight weeks; 1 where everything is 0.
    var size: Double {
        var (sum, count) = (0.0, 0)
        for slot in max(0, end - 8 * week)..<end where series.isOpen(slot) {
            sum += abs(filled[slot])
            count += 1
        }
        return sum > 0 ? sum / Double(count) : 1
    }
}
