import Testing

@testable import Staffing

@Suite("Least cost under rules")
struct CoveringTests {
    @Test("A program small enough to see: 3x + 2y ≥ 6, x + 4y ≥ 4")
    func small() {
        var program = CoveringProgram(costs: [2, 3])
        #expect(program.require([3, 2], atLeast: 6) == .optimal)
        #expect(program.require([1, 4], atLeast: 4) == .optimal)
        #expect(abs(program.objective - 5) < 1e-9)
        #expect(abs(program.solution[0] - 1.6) < 1e-9 && abs(program.solution[1] - 0.6) < 1e-9)
    }

    @Test("Rules that cannot all hold are told")
    func impossible() {
        var program = CoveringProgram(costs: [1])
        #expect(program.require([1], atLeast: 3) == .optimal)
        #expect(program.require([-1], atLeast: -2) == .impossible)
    }

    @Test("The optimum keeps every rule and no sampled point below its cost does", arguments: 1...40)
    func sampled(seed: UInt64) {
        var chance = Chance(seed: seed)
        let costs = (0..<4).map { _ in 1 + chance.unit() * 4 }
        var program = CoveringProgram(costs: costs)
        var rules: [([Double], Double)] = []
        for _ in 0..<6 {
            let rule = ((0..<4).map { _ in Double(chance.next() % 4) }, Double(1 + chance.next() % 9))
            guard rule.0.contains(where: { $0 > 0 }) else { continue }
            rules.append(rule)
            #expect(program.require(rule.0, atLeast: rule.1) == .optimal)
        }
        func holds(_ x: [Double]) -> Bool { rules.allSatisfy { rule in zip(rule.0, x).reduce(0) { $0 + $1.0 * $1.1 } >= rule.1 - 1e-7 } }
        #expect(holds(program.solution))
        for _ in 0..<2_000 {
            let x = (0..<4).map { _ in chance.unit() * 6 }
            if holds(x) { #expect(zip(costs, x).reduce(0) { $0 + $1.0 * $1.1 } >= program.objective - 1e-6) }
        }
    }

    @Test("The greatest flow is the least cut: random networks", arguments: 1...40)
    func flow(seed: UInt64) {
        var chance = Chance(seed: seed)
        let nodes = 8
        var network = MaximumFlow(nodes: nodes)
        var edges: [(Int, Int, Double)] = []
        for _ in 0..<18 {
            let edge = (Int(chance.next() % 8), Int(chance.next() % 8), Double(chance.next() % 10))
            guard edge.0 != edge.1 else { continue }
            edges.append(edge)
            network.connect(edge.0, edge.1, edge.2)
        }
        let (flow, reached) = network.run(from: 0, to: 7)
        #expect(!reached[7])
        #expect(abs(edges.reduce(0) { $0 + (reached[$1.0] && !reached[$1.1] ? $1.2 : 0) } - flow) < 1e-9)
        // No other cut is smaller.
        for mask in 0..<64 {
            let side = (0..<nodes).map { $0 == 0 || $0 < 7 && mask >> ($0 - 1) & 1 == 1 }
            #expect(edges.reduce(0) { $0 + (side[$1.0] && !side[$1.1] ? $1.2 : 0) } >= flow - 1e-9)
        }
    }
}
