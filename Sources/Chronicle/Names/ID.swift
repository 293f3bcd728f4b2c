/// What an `ID` names; gives the prefix that makes an id recognisable wherever it is pasted.
public protocol Named: Sendable {
    /// Lower-case letters, shown before the underscore: `case` in `case_01JD…`.
    static var idPrefix: String { get }
}

/// A prefixed id, `case_01JDB0W5T8M4Q3ZK2V7XN9RCEH`: 128 bits in Crockford's base 32, as a ULID.
///
/// Ids are made outside the pure core (48 bits of milliseconds, then 80 random bits, so that they sort by time) and are arguments in it.
/// Sixteen bytes and no reference counting: a million of them fit in a queue.
public struct ID<Kind: Named>: Hashable, Comparable, Sendable {
    public let bits: UInt128

    public init(bits: UInt128) { self.bits = bits }

    /// An id whose first 48 bits are `instant` and whose other 80 bits are taken from `randomness`.
    public init(at instant: Instant, randomness: UInt128) {
        let time = UInt128(UInt64(clamping: instant.milliseconds)) & 0xFFFF_FFFF_FFFF
        bits = time << 80 | randomness & (UInt128(1) << 80 - 1)
    }

    public static func < (a: ID, b: ID) -> Bool { a.bits < b.bits }
}

extension ID: CustomStringConvertible, LosslessStringConvertible {
    public var description: String { Kind.idPrefix + "_" + crockford }

    /// The 26 characters after the prefix.
    public var crockford: String {
        String(unsafeUninitializedCapacity: 26) { buffer in
            putCrockford(buffer)
            return 26
        }
    }

    private func putCrockford(_ buffer: UnsafeMutableBufferPointer<UInt8>) {
        // Machine words of twelve digits: arithmetic on 128 bits costs five times as much.
        let alphabet = crockfordAlphabet
        let top = UInt64(truncatingIfNeeded: bits >> 120)
        buffer[0] = alphabet[Int(top >> 5)]
        buffer[1] = alphabet[Int(top & 31)]
        func put(_ word: UInt64, _ first: Int) {
            var rest = word
            for index in stride(from: first + 11, through: first, by: -1) {
                buffer[index] = alphabet[Int(rest & 31)]
                rest >>= 5
            }
        }
        put(UInt64(truncatingIfNeeded: bits >> 60), 2)
        put(UInt64(truncatingIfNeeded: bits), 14)
    }

    /// Reads `prefix_` + 26 characters; small letters are accepted, `I`, `L` and `O` are read as 1, 1 and 0 (Crockford).
    public init?(_ text: String) {
        var text = text
        guard let id = text.withUTF8({ ID(utf8: $0) }) else { return nil }
        self = id
    }
}

extension ID: LedgerScalar, CodingKeyRepresentable {
    package static var scalarNoun: String { "an id of the form \(Kind.idPrefix)_…" }

    package init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        let prefix = Kind.idPrefix.utf8
        let start = prefix.count + 1
        guard bytes.count == start + 26, bytes.starts(with: prefix), bytes[start - 1] == UInt8(ascii: "_"),
            let bits = crockfordValue(UnsafeBufferPointer(rebasing: bytes[start...]))
        else { return nil }
        self.init(bits: bits)
    }

    package func withTextForm(_ body: (UnsafeBufferPointer<UInt8>) throws -> Void) rethrows {
        let prefix = Kind.idPrefix.utf8
        let start = prefix.count + 1
        try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: start + 26) { buffer in
            for (index, letter) in prefix.enumerated() { buffer[index] = letter }
            buffer[start - 1] = UInt8(ascii: "_")
            putCrockford(UnsafeMutableBufferPointer(rebasing: buffer[start...]))
            try body(UnsafeBufferPointer(buffer))
        }
    }

    public init(from decoder: any Decoder) throws { self = try .reading(decoder) }
    public func encode(to encoder: any Encoder) throws { try writing(to: encoder) }

    public var codingKey: any CodingKey { TextKey(description) }
    public init?(codingKey: some CodingKey) { self.init(codingKey.stringValue) }
}

private let crockfordAlphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

/// 26 characters as 128 bits; `nil` for a character outside the alphabet or a value over 128 bits.
private func crockfordValue(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt128? {
    let digits = crockfordDigits
    func word(_ positions: Range<Int>) -> UInt64? {
        var word: UInt64 = 0
        for position in positions {
            let digit = digits[Int(bytes[position])]
            guard digit < 32 else { return nil }
            word = word << 5 | UInt64(digit)
        }
        return word
    }
    guard let top = word(0..<2), top < 256, let middle = word(2..<14), let low = word(14..<26) else { return nil }
    return UInt128(top) << 120 | UInt128(middle) << 60 | UInt128(low)
}

/// The value of each byte as a digit, 255 for none.
private let crockfordDigits: [UInt8] = {
    var digits = [UInt8](repeating: 255, count: 256)
    for (value, letter) in crockfordAlphabet.enumerated() {
        digits[Int(letter)] = UInt8(value)
        if letter >= 65 { digits[Int(letter) + 32] = UInt8(value) }
    }
    for (letter, value) in [("O", 0), ("o", 0), ("I", 1), ("i", 1), ("L", 1), ("l", 1)] as [(Unicode.Scalar, UInt8)] {
        digits[Int(letter.value)] = value
    }
    return digits
}()

/// A dictionary key for types whose text form is the key.
package struct TextKey: CodingKey {
    package let stringValue: String
    package var intValue: Int? { nil }
    package init(_ text: String) { stringValue = text }
    package init?(stringValue: String) { self.stringValue = stringValue }
    package init?(intValue: Int) { nil }
}
