/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers for the same seed, on every machine. Failures print the seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
    mutating func bool() -> Bool { next() & 1 == 1 }
    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }

    mutating func element<Element>(_ choices: [Element]) -> Element { choices[int(0...choices.count - 1)] }

    /// Text with everything that is hard to write: quotation marks, control characters, several scripts, letters outside the first plane.
    mutating func text(longest: Int = 12) -> String {
        var text = ""
        for _ in 0..<int(0...longest) {
            let scalar: Unicode.Scalar? =
                switch int(0...7) {
                case 0: Unicode.Scalar(UInt32(int(0...31)))
                case 1: element(["\"", "\\", "/", "\u{7F}", "\u{2028}"])
                case 2: Unicode.Scalar(UInt32(int(0x80...0xD7FF)))
                case 3: Unicode.Scalar(UInt32(int(0x10000...0x10FFFF)))
                default: Unicode.Scalar(UInt32(int(32...126)))
                }
            if let scalar { text.unicodeScalars.append(scalar) }
        }
        return text
    }
}
