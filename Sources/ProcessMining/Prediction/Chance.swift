/// Chance that can be had again: SplitMix64 (Steele, Lea and Flood, 2014). Predictions and folds are functions of log and seed.
struct Chance {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    /// A number below `bound`, by the high half of the product.
    mutating func below(_ bound: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(bound)).high) }

    mutating func shuffle<Value>(_ values: inout [Value]) {
        for index in values.indices.dropFirst().reversed() { values.swapAt(index, below(index + 1)) }
    }
}

/// Cases dealt into folds of equal size (to within one), by seed.
public struct Folds: Hashable, Sendable {
    /// The fold of each case.
    public let of: [Int]
    public let count: Int

    public init(cases: Int, count: Int, seed: UInt64) {
        var order = Array(0..<cases)
        var chance = Chance(seed: seed)
        chance.shuffle(&order)
        var of = [Int](repeating: 0, count: cases)
        for (place, index) in order.enumerated() { of[index] = place % count }
        (self.of, self.count) = (of, count)
    }
}
