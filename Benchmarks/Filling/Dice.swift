/// Chance that can be repeated: SplitMix64 from a seed (Steele, Lea, Flood, 2014). The same seed fills the same store.
public struct Dice: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    /// Dice of one case: whoever lives it, in whatever order, it throws the same.
    public init(seed: UInt64, case number: Int) {
        var mixed = Dice(seed: seed ^ UInt64(truncatingIfNeeded: number) &* 0xD6E8_FEB8_6659_FD93)
        state = mixed.next()
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// 0 ..< `bound`; the bias is below 2⁻³² for the small bounds used here.
    mutating func below(_ bound: Int) -> Int { (Int(next() >> 32) * bound) >> 32 }

    mutating func bits128() -> UInt128 { UInt128(next()) << 64 | UInt128(next()) }

    mutating func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            var word: UInt64 = 0
            for index in 0..<count {
                if index % 8 == 0 { word = next() }
                buffer[index] = UInt8(truncatingIfNeeded: word)
                word >>= 8
            }
            filled = count
        }
    }
}
