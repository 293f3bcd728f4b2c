/// The search's dice: xoshiro256** (Blackman and Vigna), started from a seed by SplitMix64, so that one seed is one search.
public struct Chance: Sendable {
    private var a: UInt64
    private var b: UInt64
    private var c: UInt64
    private var d: UInt64

    public init(seed: UInt64) {
        var state = seed
        func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
        a = next()
        b = next()
        c = next()
        d = next()
    }

    @inline(__always)
    public mutating func next() -> UInt64 {
        let rotated = b &* 5
        let result = ((rotated << 7) | (rotated >> 57)) &* 9
        let t = b << 17
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= t
        d = (d << 45) | (d >> 19)
        return result
    }

    /// A whole number from zero to below the bound, which is above zero (Lemire's multiplication; its bias is below 2⁻³²).
    @inline(__always)
    public mutating func below(_ bound: Int) -> Int {
        Int(truncatingIfNeeded: ((next() >> 32) &* UInt64(truncatingIfNeeded: bound)) >> 32)
    }

    /// A number above zero and up to one.
    @inline(__always)
    public mutating func unit() -> Double { Double((next() >> 11) &+ 1) * 0x1p-53 }
}
