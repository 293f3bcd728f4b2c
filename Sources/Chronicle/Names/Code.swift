/// What a `Code` is a code of.
public protocol Coded: Sendable {
    /// Shown in errors: “no such *reason*”.
    static var noun: String { get }
}

/// A code of the policy pack (`P2P-B01`, `OUT-REL`, `EV-VIDEO`), typed by what it is a code of, so that an outcome is never passed for a reason.
///
/// 1…48 characters of `A–Z a–z 0–9 - . / _`; what a code means is the pack's business, not the code's.
public struct Code<Kind: Coded>: Hashable, Comparable, Sendable {
    public let text: String

    public static var lengthMax: Int { 48 }

    public init?(_ text: String) {
        var text = text
        guard text.withUTF8({ Code.isWellFormed($0) }) else { return nil }
        self.text = text
    }

    private static func isWellFormed(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        1...lengthMax ~= text.count
            && text.allSatisfy { 48...57 ~= $0 || 65...90 ~= $0 || 97...122 ~= $0 || $0 == 45 || $0 == 46 || $0 == 47 || $0 == 95 }
    }

    public static func < (a: Code, b: Code) -> Bool { a.text < b.text }
}

extension Code: CustomStringConvertible, LosslessStringConvertible {
    public var description: String { text }
}

extension Code: LedgerScalar, CodingKeyRepresentable {
    package static var scalarNoun: String { "a \(Kind.noun) code" }

    package init?(utf8: UnsafeBufferPointer<UInt8>) {
        guard Code.isWellFormed(utf8) else { return nil }
        text = String(decoding: utf8, as: UTF8.self)
    }

    package func withTextForm(_ body: (UnsafeBufferPointer<UInt8>) throws -> Void) rethrows {
        var text = text
        try text.withUTF8(body)
    }

    public init(from decoder: any Decoder) throws { self = try .reading(decoder) }
    public func encode(to encoder: any Encoder) throws { try writing(to: encoder) }

    public var codingKey: any CodingKey { TextKey(text) }
    public init?(codingKey: some CodingKey) { self.init(codingKey.stringValue) }
}
