import Testing

@testable import Staffing

@Suite("A day of long handling")
struct DayTests {
    /// 30 + 20 sin(2πt/24) arrivals an hour, each hour's mean.
    static let hourly: [Double] = (0..<24).map { hour in
        let fine = 400
        return (0..<fine).reduce(0.0) { $0 + 30 + 20 * sine(2 * .pi * (Double(hour) + (Double($1) + 0.5) / Double(fine)) / 24) } / Double(fine)
    }

    private static func sine(_ x: Double) -> Double {
        // Taylor's series after bringing x to −π…π; exact to 1e-15.
        let turned = x - 2 * .pi * (x / (2 * .pi)).rounded()
        var (term, sum) = (turned, turned)
        for k in 1..<20 {
            term *= -turned * turned / Double((2 * k) * (2 * k + 1))
            sum += term
        }
        return sum
    }

    @Test(
        "The offered load of a sine is the known curve",
        arguments: [
            (4.0, [0: 80.0425, 3: 118.7266, 6: 158.1566, 9: 175.235, 12: 159.9575, 15: 121.2734, 18: 81.8434, 21: 64.765]),
            (1.0, [0: 25.0999, 6: 48.7171, 12: 34.9001, 18: 11.2829]),
        ] as [(Double, [Int: Double])])
    func curve(handling: Double, expected: [Int: Double]) {
        // Minutes, so that the steps of the rate do not show.
        let minutes = (0..<1_440).map { (30 + 20 * Self.sine(2 * .pi * (Double($0) + 0.5) / 1_440)) / 60 }
        let load = OfferedLoad(arrivals: minutes, handling: handling * 60)
        for (hour, m) in expected { #expect(abs(load.atStart[hour * 60] - m) < 2e-3) }
    }

    @Test("Any handling time by its survival function: exponential gives what the closed form gives, fixed hours a sliding sum")
    func survival() {
        let minutes = (0..<1_440).map { (30 + 20 * Self.sine(2 * .pi * (Double($0) + 0.5) / 1_440)) / 60 }
        let closed = OfferedLoad(arrivals: minutes, handling: 240)
        let summed = OfferedLoad(arrivals: minutes, survival: (0..<6_000).map { exponential(-Double($0) / 240) })
        for hour in 0..<24 { #expect(abs(closed.atStart[hour * 60] - summed.atStart[hour * 60]) < 0.02) }
        let fixed = OfferedLoad(arrivals: minutes, survival: [Double](repeating: 1, count: 121))
        #expect(abs(fixed.atStart[720] - minutes[599..<720].reduce(0, +)) < 0.5)
    }

    @Test("Four hours of handling: by offered load at most a fifth wait in any hour, for at most a twentieth more hours; hour by hour nearly all wait at worst")
    func fourHours() throws {
        let target = LiveTarget(waitingMax: 0.2)
        let plain = DayPlan(.hourByHour, arrivals: Self.hourly, handling: 4, target: target)
        let ours = DayPlan(.offeredLoad, arrivals: Self.hourly, handling: 4, target: target)
        #expect(plain.agentIntervals == 3_170)
        #expect(Double(ours.agentIntervals) <= 1.05 * Double(plain.agentIntervals))
        let tried = SimulatedDays(arrivals: Self.hourly, handling: 4, agents: ours.agents, days: 400, seed: 20_261_127)
        let against = SimulatedDays(arrivals: Self.hourly, handling: 4, agents: plain.agents, days: 400, seed: 20_261_127)
        #expect(try #require(tried.waiting.max()) <= 0.2)
        #expect(try #require(against.waiting.max()) > 0.98)
        #expect(DayPlan.rule(handling: 4) == .offeredLoad && DayPlan.rule(handling: 0.1) == .hourByHour)
    }

    @Test("Where nothing changes, simulated days agree with Erlang", arguments: [(8.0, 10), (18.0, 20), (45.0, 50)] as [(Double, Int)])
    func steady(load: Double, agents: Int) {
        let tried = SimulatedDays(
            arrivals: [Double](repeating: load * 4, count: 24), handling: 0.25, agents: [Int](repeating: agents, count: 24), days: 600, seed: 7)
        let mean = tried.waiting.reduce(0, +) / 24
        #expect(abs(mean - ErlangC(agents: agents, load: load).waiting) < 0.02)
    }

    @Test("One seed, one result; another seed, another")
    func seeds() {
        func run(_ seed: UInt64) -> [Double] {
            SimulatedDays(arrivals: Self.hourly, handling: 1, agents: [Int](repeating: 40, count: 24), days: 20, seed: seed).waiting
        }
        #expect(run(5) == run(5))
        #expect(run(5) != run(6))
    }

    @Test("The earliest comes out first")
    func heap() {
        var (heap, chance) = (EarliestFirst(), Chance(seed: 3))
        let times = (0..<500).map { _ in chance.unit() }
        for time in times { heap.insert(time) }
        var out: [Double] = []
        while let first = heap.first {
            out.append(first)
            heap.removeFirst()
        }
        #expect(out == times.sorted())
    }
}
