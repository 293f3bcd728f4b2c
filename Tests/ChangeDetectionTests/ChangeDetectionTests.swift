import Testing

@testable import ChangeDetection

/// A seeded series: the sum of twelve uniforms stands for a normal value.
struct Noise {
    var state: UInt64
    mutating func uniform() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 11) / Double(1 << 53)
    }
    mutating func normal() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + uniform() } }
}

@Suite("Control charts")
struct ControlChartTests {
    @Test("Limits of an individuals chart are 2.66 mean moving ranges, outliers of the range left out")
    func limits() throws {
        let chart = try #require(ControlChart.individuals([10, 12, 10, 12, 10, 12, 10, 12, 10, 60, 10, 12]))
        // Ranges: 2 eight times, 50 twice, 2; their mean is 10.7, and 3.267 times that screens the 50s.
        #expect(abs(chart.upper[0] - chart.centre - 2.66 * 2) < 1e-9)
        #expect(chart.signals.filter { $0.rule == .outside }.map(\.index) == [9])
    }

    @Test(
        "Each rule speaks once, where it is first fulfilled",
        arguments: [
            (Signal.Rule.oneSide, [0, 1, 0, 1, 0, 1, 0, 1] + [Double](repeating: 0.9, count: 9)),
            (.trend, [5, 4, 5, 4, 5, 4, 4.1, 4.2, 4.3, 4.4, 4.5, 4.6, 4.7]), (.outside, [5, 4, 5, 4, 5, 4, 5, 4, 12]),
        ])
    func rules(rule: Signal.Rule, values: [Double]) throws {
        let signals = try #require(ControlChart.individuals(values, baseline: 6)).signals
        #expect(signals.count { $0.rule == rule } == 1, "\(signals)")
    }

    @Test("Laney's limits are wider than binomial ones where days differ more than chance, and alike where they do not")
    func laney() throws {
        var noise = Noise(state: 3)
        let cases = [Double](repeating: 10_000, count: 60)
        let drifting = cases.map { $0 * (0.8 + 0.02 * noise.normal()) }
        let plain = try #require(ControlChart.shares(hits: drifting, cases: cases, isLaney: false))
        let laney = try #require(ControlChart.shares(hits: drifting, cases: cases, isLaney: true))
        #expect(plain.signals.count { $0.rule == .outside } > 10)
        #expect(laney.signals.count { $0.rule == .outside } <= 1)
        let even = cases.map { 0.8 * $0 + ($0 * 0.16).squareRoot() * noise.normal() }
        let chart = try #require(ControlChart.shares(hits: even, cases: cases, isLaney: true))
        #expect(abs(chart.deviations[0] / 0.004 - 1) < 0.3)
    }

    @Test("A small lasting shift is seen by EWMA and CUSUM before it is out of limits")
    func smallShift() throws {
        var noise = Noise(state: 5)
        let values = (0..<100).map { noise.normal() + ($0 < 50 ? 0 : 1.2) }
        let chart = try #require(ControlChart.individuals(values, baseline: 50))
        #expect(chart.cusum().contains { 50..<70 ~= $0.index && $0.isAbove })
        #expect(chart.ewma().contains { 50..<75 ~= $0.index && $0.isAbove })
    }

    @Test("An alarm is told once, until something stronger comes")
    func deduplicated() {
        let signals = [(0, 4.0), (1, 3.5), (2, 5.0), (40, 3.2)].map { Signal(index: $0.0, rule: .outside, isAbove: true, strength: $0.1) }
        #expect(signals.deduplicated(window: 30).map(\.index) == [0, 2, 40])
        #expect(signals.deduplicated(window: 0).map(\.index) == [0, 1, 2, 40])
    }

    @Test("A chart of nothing, of one point or of broken numbers is none", arguments: [[], [1], [1, .nan], [.infinity, 2]])
    func none(values: [Double]) {
        #expect(ControlChart.individuals(values) == nil)
    }

    /// Thirty points a month, alarms of all rules, told once in thirty points: docs/figures.md states the rate, this holds it.
    @Test("Quiet series alarm rarely")
    func quiet() throws {
        var noise = Noise(state: 7)
        var (plain, all) = (0, 0)
        for _ in 0..<200 {
            let chart = try #require(ControlChart.individuals((0..<360).map { _ in noise.normal() }, baseline: 90))
            plain += chart.signals.count { $0.rule == .outside }
            all += (chart.signals + chart.ewma() + chart.cusum()).sorted { $0.index < $1.index }.deduplicated(window: 30).count
        }
        #expect(Double(plain) / 2_400 < 0.25, "\(Double(plain) / 2_400) a month outside limits")
        #expect(Double(all) / 2_400 < 1.5, "\(Double(all) / 2_400) a month by all rules")
    }
}

@Suite("Change points")
struct ChangePointTests {
    @Test("A step is found where it is, by both", arguments: [20, 50, 80])
    func step(at index: Int) {
        var noise = Noise(state: 11)
        let values = (0..<100).map { noise.normal() + ($0 < index ? 0 : 4) }
        for found in [ChangePoints.atMostOne(values), .segmented(values)] {
            #expect(found.indices.count == 1 && abs(found.indices[0] - index) <= 1, "\(found)")
        }
    }

    @Test("Two steps are two, in order")
    func steps() {
        var noise = Noise(state: 13)
        let values = (0..<120).map { noise.normal() * 0.5 + ($0 < 40 ? 0 : $0 < 80 ? 6 : 1) }
        #expect(ChangePoints.segmented(values).indices == [40, 80])
        #expect(ChangePoints.atMostOne(values).indices.count == 1)
    }

    @Test("Shifted and scaled series change where they did", arguments: [(1e6, 1.0), (0, 1e-6), (-5, 1e6)])
    func affine(shift: Double, factor: Double) {
        var noise = Noise(state: 17)
        let values = (0..<100).map { noise.normal() + ($0 < 30 ? 0 : 3) }
        #expect(ChangePoints.segmented(values.map { $0 * factor + shift }) == ChangePoints.segmented(values))
    }

    @Test("Quiet, constant, short and broken series have none")
    func none() {
        var noise = Noise(state: 19)
        let quiet = (0..<200).count { _ in !ChangePoints.segmented((0..<100).map { _ in noise.normal() }).indices.isEmpty }
        #expect(quiet <= 10, "\(quiet) of 200")
        for values in [[], [1, 2, 3], Array(repeating: 4, count: 50), [Double](repeating: 1, count: 20) + [.nan]] as [[Double]] {
            #expect(ChangePoints.segmented(values).indices.isEmpty)
        }
    }
}

@Suite("Before and after")
struct BeforeAfterTests {
    @Test("A shift is told with its direction, none is none", arguments: [(1.0, BeforeAfter.Verdict.higher), (-1.0, .lower), (0.0, .same)])
    func shift(by amount: Double, verdict: BeforeAfter.Verdict) throws {
        var noise = Noise(state: 23)
        let before = (0..<80).map { _ in noise.normal() }
        let after = (0..<80).map { _ in noise.normal() + amount }
        let found = try #require(BeforeAfter(before: before, after: after))
        #expect(found.verdict == verdict)
        #expect(found.lower <= found.shift && found.shift <= found.upper)
        #expect(abs(found.shift - amount) < 0.5)
    }

    @Test("Too few values are no comparison")
    func few() {
        #expect(BeforeAfter(before: [1, 2, 3, 4], after: [1, 2, 3, 4, 5]) == nil)
    }
}
