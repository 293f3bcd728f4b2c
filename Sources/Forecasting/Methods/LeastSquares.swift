/// Ridge regression by its normal equations, gathered row by row.
struct LeastSquares {
    let width: Int
    private var gram: [Double]
    private var moments: [Double]
    private(set) var rows = 0

    init(width: Int) {
        self.width = width
        gram = [Double](repeating: 0, count: width * width)
        moments = [Double](repeating: 0, count: width)
    }

    /// Adds `x · xᵀ` and `x · y`, of which only the lower triangle is kept.
    @inline(__always)
    mutating func add(_ x: UnsafePointer<Double>, _ y: Double) {
        let width = width
        gram.withUnsafeMutableBufferPointer { gram in
            for i in 0..<width {
                let (xi, row) = (x[i], i * width)
                for j in 0...i { gram[row + j] += xi * x[j] }
            }
        }
        moments.withUnsafeMutableBufferPointer { moments in
            for i in 0..<width { moments[i] += x[i] * y }
        }
        rows += 1
    }

    mutating func add(_ x: [Double], _ y: Double) { x.withUnsafeBufferPointer { $0.baseAddress.map { add($0, y) } } }

    /// The coefficients; the ridge is a part of each column's own sum of squares plus a fixed amount. `nil` where the equations have no answer.
    func coefficients(relativeRidge: Double, fixedRidge: Double = 0) -> [Double]? {
        coefficients { relativeRidge * gram[$0 * width + $0] + fixedRidge }
    }

    func coefficients(ridge: (Int) -> Double) -> [Double]? {
        var lower = gram
        for i in 0..<width { lower[i * width + i] += ridge(i) + 1e-12 }
        // Cholesky's factor, in place.
        for i in 0..<width {
            for j in 0...i {
                var sum = lower[i * width + j]
                for k in 0..<j { sum -= lower[i * width + k] * lower[j * width + k] }
                if i == j {
                    guard sum > 0, sum.isFinite else { return nil }
                    lower[i * width + i] = sum.squareRoot()
                } else {
                    lower[i * width + j] = sum / lower[j * width + j]
                }
            }
        }
        var answer = moments
        for i in 0..<width {
            for k in 0..<i { answer[i] -= lower[i * width + k] * answer[k] }
            answer[i] /= lower[i * width + i]
        }
        for i in (0..<width).reversed() {
            for k in i + 1..<max(width, i + 1) { answer[i] -= lower[k * width + i] * answer[k] }
            answer[i] /= lower[i * width + i]
        }
        return answer.allSatisfy(\.isFinite) ? answer : nil
    }
}
