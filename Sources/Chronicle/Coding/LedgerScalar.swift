/// A value whose one text form is read from and written as bytes: instants, ids, codes, amounts. In the ledger's own coder it costs no
/// `String`; in any other it is a string like every other.
package protocol LedgerScalar: Codable {
    /// What the text should have been, for the sentence of the error: “an instant (ISO 8601, with a zone)”.
    static var scalarNoun: String { get }
    /// Reads the text form; `nil` when it is not one.
    init?(utf8: UnsafeBufferPointer<UInt8>)
    /// Calls `body` with the text form.
    func withTextForm(_ body: (UnsafeBufferPointer<UInt8>) throws -> Void) rethrows
}

extension LedgerScalar {
    static func reading(_ decoder: any Decoder) throws -> Self {
        if let ledger = decoder as? LedgerDecoder {
            if let value = try ledger.tape.withString(at: ledger.index, { Self(utf8: $0) }) { return value }
        } else {
            var text = try decoder.singleValueContainer().decode(String.self)
            if let value = text.withUTF8({ Self(utf8: $0) }) { return value }
        }
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(text)” is not \(Self.scalarNoun)")
    }

    func writing(to encoder: any Encoder) throws {
        if let ledger = encoder as? LedgerEncoder {
            try withTextForm { try ledger.text.value(utf8: $0) }
        } else {
            var container = encoder.singleValueContainer()
            var text = ""
            withTextForm { text = String(decoding: $0, as: UTF8.self) }
            try container.encode(text)
        }
    }
}
