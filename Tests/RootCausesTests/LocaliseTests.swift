import Testing

@testable import RootCauses

@Suite("Root causes: what is planted is found, and nothing else")
struct LocaliseTests {
    /// Attribute index → value index.
    static let plants: [[Int: Int]] = [[0: 2], [1: 3, 2: 0], [0: 1, 1: 1, 2: 1]]

    @Test("A planted cause of any depth is found alone, in sums", arguments: plants, [0.3, 2.5])
    func amounts(plant: [Int: Int], factor: Double) throws {
        var planted = Planted(seed: 7)
        let table = try LeafTable(try planted.amounts([6, 8, 5, 4], factor: factor) { leaf in plant.allSatisfy { leaf[$0] == $1 } })
        let causes = RootCauses(of: table, shuffles: 99)
        #expect(causes.named == [Set(plant.map { "\(Planted.names[$0])=\(Planted.names[$0])\($1)" })])
        #expect(causes.verdict == .found)
        let finding = try #require(causes.findings.first)
        #expect((finding.effect < 0) == (factor < 1))
        #expect(finding.chance < 0.001)
        #expect(finding.explained > 0.2)
    }

    @Test("A planted cause is found alone in shares of few cases", arguments: plants.prefix(2))
    func shares(plant: [Int: Int]) throws {
        var planted = Planted(seed: 11)
        let rows = planted.shares([6, 8, 5], cases: 6, share: 0.85, hitShare: 0.3) { leaf in plant.allSatisfy { leaf[$0] == $1 } }
        let causes = RootCauses(of: try LeafTable(rows, .ratio), shuffles: 99)
        #expect(causes.reading == .shares)
        #expect(causes.named == [Set(plant.map { "\(Planted.names[$0])=\(Planted.names[$0])\($1)" })])
        #expect(try #require(causes.findings.first?.pValue) <= 0.05)
    }

    @Test("Durations: hours for each case, longer in one team")
    func durations() throws {
        var planted = Planted(seed: 13)
        let rows = Planted.leaves([8, 10]).map { leaf in
            let cases = 5 + Int(planted.uniform() * 30)
            let hours = (0..<cases).reduce(0.0) { sum, _ in sum - 10 * naturalLogarithm(planted.uniform() + 1e-9) }
            return (Planted.values(leaf), [hours * (leaf[0] == 2 ? 2.5 : 1), Double(cases), 200.0, 20.0])
        }
        let causes = RootCauses(of: try LeafTable(rows, .ratio))
        #expect(causes.reading == .means)
        #expect(causes.named == [["a=a2"]])
        #expect(try #require(causes.findings.first?.relative) > 1)
    }

    @Test("Several causes at once, of different depth and severity")
    func several() throws {
        var planted = Planted(seed: 17)
        var rows = try planted.amounts([8, 9, 7], factor: 0.4) { $0[0] == 3 }
        for index in rows.indices where rows[index].0[1] == "b5" && rows[index].0[2] == "c2" { rows[index].1[0] *= 0.2 }
        #expect(RootCauses(of: try LeafTable(rows)).named == [["a=a3"], ["b=b5", "c=c2"]])
    }

    @Test("Everything shifted alike is broad, not a list of slices")
    func broad() throws {
        var planted = Planted(seed: 19)
        let causes = RootCauses(of: try LeafTable(try planted.amounts([6, 8, 5], factor: 0.7) { _ in true }))
        #expect(causes.verdict == .broad)
        #expect(causes.findings.isEmpty)
    }

    @Test("Other cases than before, each going as before, is mix")
    func mix() throws {
        let rows = Planted.leaves([2, 8]).map { leaf in
            let (before, now, share) = leaf[0] == 0 ? (100.0, 40.0, 0.95) : (40.0, 100.0, 0.6)
            return (Planted.values(leaf), [(share * now).rounded(), now, share * before, before])
        }
        let causes = RootCauses(of: try LeafTable(rows, .ratio))
        #expect(causes.verdict == .mix)
        let split = try #require(causes.mixAndRate)
        #expect(abs(split.mix) > 10 * abs(split.rate))
        #expect(abs(split.mix + split.rate - (causes.real - causes.predicted)) < 1e-12)
        #expect(split.movers.first?.attribute.name == "a")
    }

    @Test("A slice that another names as well is reported with its alias")
    func alias() throws {
        var planted = Planted(seed: 23)
        let rows = try planted.amounts([6, 8], factor: 0.3) { $0[0] == 1 }.map { ([$0.0[0], $0.0[1], "of-" + $0.0[0]], $0.1) }
        let finding = try #require(RootCauses(of: try LeafTable(rows)).findings.first)
        #expect(finding.combination.map(\.value) == ["a1"])
        #expect(finding.aliases.map { $0.map(\.value) } == [["of-a1"], ["a1", "of-a1"]])
    }
}

@Suite("Root causes: laws")
struct CauseLawTests {
    static func rows() throws -> [([String], [Double])] {
        var planted = Planted(seed: 29)
        return try planted.amounts([5, 6, 4, 3], factor: 0.4) { $0[1] == 2 && $0[3] == 1 || $0[0] == 4 }
    }

    @Test("The order of columns changes nothing", arguments: [[3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1]])
    func columns(order: [Int]) throws {
        let rows = try Self.rows()
        let turned = rows.map { row in (order.map { row.0[$0] }, row.1) }
        let straight = RootCauses(of: try LeafTable(rows)).named
        #expect(straight == [["a=a4"], ["b=b2", "d=d1"]])
        #expect(RootCauses(of: try LeafTable(turned, names: order.map { Planted.names[$0] })).named == straight)
    }

    @Test("Another unit of measure changes nothing", arguments: [0.001, 1_000.0])
    func scale(factor: Double) throws {
        let rows = try Self.rows()
        let scaled = rows.map { ($0.0, $0.1.map { $0 * factor }) }
        #expect(RootCauses(of: try LeafTable(scaled)).named == RootCauses(of: try LeafTable(rows)).named)
    }

    @Test("Rows of the same leaf are added, and the order of rows changes nothing")
    func rowOrder() throws {
        let rows = try Self.rows()
        let halves = rows.map { ($0.0, $0.1.map { $0 / 2 }) }
        #expect(RootCauses(of: try LeafTable(Array((halves + halves).reversed()))).named == RootCauses(of: try LeafTable(rows)).named)
    }

    @Test("The same seed gives the same p-values")
    func seed() throws {
        let table = try LeafTable(try Self.rows())
        let (one, two) = (RootCauses(of: table, seed: 5), RootCauses(of: table, seed: 5))
        #expect(one.findings.map(\.pValue) == two.findings.map(\.pValue))
        #expect(one.findings.allSatisfy { $0.pValue.map { $0 > 0 && $0 <= 1 } ?? true })
    }

    /// Measured on a thousand such tables: docs/figures.md. Here a hundred of each, which must keep to 5 %.
    @Test("Quiet tables have no finding", arguments: ["amounts", "shares"])
    func quiet(kind: String) throws {
        var planted = Planted(seed: 31)
        var alarms = 0
        for _ in 0..<100 {
            let table =
                kind == "amounts"
                ? try LeafTable(try planted.amounts([6, 8, 5], factor: 1) { _ in false })
                : try LeafTable(planted.shares([6, 8, 5], cases: 6, share: 0.85, hitShare: 0.85) { _ in false }, .ratio)
            if !RootCauses(of: table, shuffles: 0).findings.isEmpty { alarms += 1 }
        }
        #expect(alarms <= 5, "\(alarms) of 100 quiet tables had a finding")
    }
}

@Suite("Root causes: tables that are hardly any")
struct DegenerateTableTests {
    @Test(
        "Odd tables end in a verdict, not in a crash",
        arguments: [
            [(["x"], [0.0, 0.0])], [(["x"], [5.0, 0.0])], [(["x"], [-3.0, 4.0]), (["y"], [2.0, -2.0])], [(["x"], [1e15, 1e-15]), (["y"], [0.0, 1e15])],
            [(["x", "y", "z"], [1.0, 2.0]), (["x", "y", "w"], [1.0, 2.0])],
        ])
    func odd(rows: [([String], [Double])]) throws {
        let causes = RootCauses(of: try LeafTable(rows))
        #expect(causes.explained >= 0 && causes.explained <= 1)
        #expect(causes.findings.allSatisfy { $0.gain.isFinite && $0.chance >= 0 && $0.chance <= 1 })
    }

    @Test("A ratio without a case on either side is quiet")
    func noCases() throws {
        let causes = RootCauses(of: try LeafTable([(["x"], [0, 0, 0, 0]), (["y"], [0, 0, 0, 0])], .ratio))
        #expect(causes.verdict == .quiet)
        #expect(causes.mixAndRate == nil)
    }

    @Test("An attribute with thousands of values finds the leaf that moved, and its p-value is not made up")
    func thousands() throws {
        var planted = Planted(seed: 37)
        let table = try LeafTable(try planted.amounts([3_000], factor: 0.1, scatter: 0.05) { $0[0] == 1_234 })
        let causes = RootCauses(of: table)
        #expect(causes.named == [["a=a1234"]])
        #expect(causes.findings.first?.pValue == nil)
    }

    @Test("What is no table is refused with its row")
    func refused() throws {
        #expect(throws: LeafTable.Refusal.noAttributes) { try LeafTable.Draft(attributes: [], columns: .additive) }
        #expect(throws: LeafTable.Refusal.tooManyAttributes(13)) { try LeafTable.Draft(attributes: Array(repeating: "a", count: 13), columns: .additive) }
        for number in [Double.nan, .infinity, 1e16] {
            #expect(throws: LeafTable.Refusal.notANumber(row: 2)) { try LeafTable([(["x"], [1, 1]), (["y"], [number, 1])]) }
        }
        #expect(throws: LeafTable.Refusal.notANumber(row: 1)) { try LeafTable([(["x"], [-1, 1, 1, 1])], .ratio) }
        #expect(throws: LeafTable.Refusal.wrongWidth(row: 2)) { try LeafTable([(["x"], [1, 1]), (["y", "z"], [1, 1])]) }
    }
}
