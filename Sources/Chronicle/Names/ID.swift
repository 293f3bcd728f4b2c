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
            var rest = bits
            for index in stride(from: 25, through: 0, by: -1) {
                buffer[index] = crockfordAlphabet[Int(rest & 31)]
                rest >>= 5
            }
            return 26
        }
    }

    /// Reads `prefix_` + 26 characters; small letters are accepted, `I`, `L` and `O` are read as 1, 1 and 0 (Crockford).
    public init?(_ text: String) {
        let prefix = Kind.idPrefix
        var text = text
        let bits: UInt128? = text.withUTF8 { bytes in
            let start = prefix.utf8.count + 1
            guard bytes.count == start + 26, bytes.starts(with: prefix.utf8), bytes[start - 1] == UInt8(ascii: "_") else { return nil }
            return crockfordValue(bytes[start...])
        }
        guard let bits else { return nil }
        self.init(bits: bits)
    }
}

extension ID: Codable, CodingKeyRepresentable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = ID(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(text)” is not an id of the form \(Kind.idPrefix)_…")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    public var codingKey: any CodingKey { TextKey(description) }
    public init?(codingKey: some CodingKey) { self.init(codingKey.stringValue) }
}

private let crockfordAlphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

/// 26 characters as 128 bits; `nil` for a character outside the alphabet or a value over 128 bits.
private func crockfordValue(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> UInt128? {
    var value: UInt128 = 0
    for (position, byte) in bytes.enumerated() {
        let upper = byte >= 97 ? byte - 32 : byte
        let digit: UInt8
        switch upper {
        case 48...57: digit = upper - 48
        case UInt8(ascii: "O"): digit = 0
        case UInt8(ascii: "I"), UInt8(ascii: "L"): digit = 1
        case 65...72: digit = upper - 65 + 10
        case UInt8(ascii: "J"), UInt8(ascii: "K"): digit = upper - 74 + 18
        case UInt8(ascii: "M"), UInt8(ascii: "N"): digit = upper - 77 + 20
        case 80...84: digit = upper - 80 + 22
        case 86...90: digit = upper - 86 + 27
        default: return nil
        }
        guard position > 0 || digit < 8 else { return nil }
        value = value << 5 | UInt128(digit)
    }
    return value
}

/// A dictionary key for types whose text form is the key.
package struct TextKey: CodingKey {
    package let stringValue: String
    package var intValue: Int? { nil }
    package init(_ text: String) { stringValue = text }
    package init?(stringValue: String) { self.stringValue = stringValue }
    package init?(intValue: Int) { nil }
}
