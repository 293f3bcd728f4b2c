/// The one text form of events: canonical JSON, written the same on every machine, without a floating-point number anywhere.
///
/// Fields in the order of their declaration, no white space, nothing for an absent optional; integers up to 128 bits as digits;
/// text as UTF-8 with only the escapes RFC 8259 demands. What has no order of its own gets one: the entries of a dictionary are written by
/// the UTF-8 of their keys, the elements of a set by their bytes. Encoding a `Double` or `Float` throws: money and time are integers here.
public enum LedgerJSON {
    /// Longest text that is read: 16 MiB.
    public static let bytesMax = 16 << 20
    /// Deepest nesting of objects and arrays that is written or read.
    public static let depthMax = 64

    /// The canonical bytes of `value`. Throws `LedgerJSONError`, or what the value's own `encode(to:)` throws.
    public static func encode(_ value: some Encodable) throws -> [UInt8] {
        let text = CanonicalText()
        try text.write(value)
        return text.bytes
    }

    /// Reads what `encode` wrote, and any JSON a person wrote in its place (white space, other field order). Unknown fields are ignored.
    ///
    /// Refuses with `LedgerJSONError`: text that is not JSON, a field given twice, a number that is not exactly the integer asked for, and
    /// what the value itself refuses. A decoder kept beyond the call points to bytes that are gone; no value may keep one.
    public static func decode<Value: Decodable>(_ type: Value.Type, from bytes: UnsafeRawBufferPointer) throws -> Value {
        do {
            return try Value(from: LedgerDecoder(tape: try TokenTape(reading: bytes), index: 0))
        } catch let error as DecodingError {
            throw LedgerJSONError(error)
        }
    }

    /// The same from an array.
    public static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
        try bytes.withUnsafeBytes { try decode(type, from: $0) }
    }
}
