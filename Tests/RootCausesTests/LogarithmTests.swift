import Foundation
import Testing

@testable import RootCauses

@Suite("Logarithm and exponential")
struct LogarithmTests {
    @Test("They agree with the C library's", arguments: [1e-300, 1e-9, 0.1, 0.5, 0.999_999, 1, 1.000_001, 1.4142, 2, 3.7, 1e6, 1e300])
    func agree(x: Double) {
        #expect(abs(naturalLogarithm(x) - log(x)) <= 1e-14 * max(1, abs(log(x))))
        let y = log(x)
        #expect(abs(exponential(y) / exp(y) - 1) <= 1e-12)
    }

    @Test("They end where they end")
    func ends() {
        #expect(naturalLogarithm(0) == -.infinity)
        #expect(naturalLogarithm(-1).isNaN)
        #expect(exponential(-1_000) == 0)
        #expect(exponential(1_000) == .infinity)
    }
}
