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
        guard 1...Code.lengthMax ~= text.utf8.count,
            text.utf8.allSatisfy({ 48...57 ~= $0 || 65...90 ~= $0 || 97...122 ~= $0 || $0 == 45 || $0 == 46 || $0 == 47 || $0 == 95 })
        else { return nil }
        self.text = text
    }

    public static func < (a: Code, b: Code) -> Bool { a.text < b.text }
}

extension Code: CustomStringConvertible, LosslessStringConvertible {
    public var description: String { text }
}

extension Code: Codable, CodingKeyRepresentable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let code = Code(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(text)” is not a \(Kind.noun) code")
        }
        self = code
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    public var codingKey: any CodingKey { TextKey(text) }
    public init?(codingKey: some CodingKey) { self.init(codingKey.stringValue) }
}
