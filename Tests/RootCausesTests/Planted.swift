@testable import RootCauses

/// Simulated tables with a cause put in, from a seed.
struct Planted {
    var numbers: SeededNumbers

    init(seed: UInt64) { numbers = SeededNumbers(seed: seed) }

    mutating func uniform() -> Double { Double(numbers.next() >> 11) / Double(1 << 53) }

    /// Standard normal, by the sum of twelve.
    mutating func normal() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + uniform() } }

    /// How many of `cases` succeed.
    mutating func binomial(_ cases: Int, _ share: Double) -> Int { (0..<cases).count { _ in uniform() < share } }

    /// Every combination of `sizes` values.
    static func leaves(_ sizes: [Int]) -> [[Int]] {
        sizes.reduce([[]]) { partial, size in partial.flatMap { head in (0..<size).map { head + [$0] } } }
    }

    static func values(_ leaf: [Int]) -> [String] { leaf.enumerated().map { "\(names[$0])\($1)" } }
    static let names = ["a", "b", "c", "d", "e"]

    /// Sums that scatter by a tenth around their forecast, multiplied by `factor` where `isHit`.
    mutating func amounts(_ sizes: [Int], factor: Double, scatter: Double = 0.1, isHit: ([Int]) -> Bool) throws -> [([String], [Double])] {
        Planted.leaves(sizes).map { leaf in
            let predicted = exponential(3 + normal())
            let real = predicted * max(0, 1 + scatter * normal()) * (isHit(leaf) ? factor : 1)
            return (Planted.values(leaf), [real, predicted])
        }
    }

    /// Cases in time of all cases: `share` everywhere, `hitShare` where `isHit`.
    mutating func shares(_ sizes: [Int], cases: Int, share: Double, hitShare: Double, isHit: ([Int]) -> Bool) -> [([String], [Double])] {
        Planted.leaves(sizes).map { leaf in
            let now = Int(uniform() * Double(2 * cases))
            let kept = binomial(now, isHit(leaf) ? hitShare : share)
            return (Planted.values(leaf), [Double(kept), Double(now), share * Double(cases), Double(cases)])
        }
    }
}

extension LeafTable {
    init(_ rows: [([String], [Double])], _ columns: Columns = .additive, names: [String]? = nil) throws {
        var draft = try LeafTable.Draft(attributes: names ?? Array(Planted.names.prefix(rows[0].0.count)), columns: columns)
        for (values, numbers) in rows { try draft.add(values, numbers) }
        self.init(draft)
    }
}

extension RootCauses {
    /// The combinations found, as labels write them.
    var named: Set<Set<String>> { Set(findings.map { Set($0.combination.map { "\($0.name)=\($0.value)" }) }) }
}
