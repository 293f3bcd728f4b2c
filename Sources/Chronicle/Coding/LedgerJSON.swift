/// The one text form of events: canonical JSON, written the same on every machine, without a floating-point number anywhere.
///
/// Fields in the order of their declaration, no white space, nothing for an absent optional; integers up to 128 bits as digits.
/// Encoding a `Double` or `Float` throws: money and time are integers here.
public enum LedgerJSON {
    /// The canonical bytes of `value`.
    public static func encode(_ value: some Encodable) throws -> [UInt8] { fatalError("being written") }

    /// Reads what `encode` wrote, and any JSON a person wrote in its place (white space, other field order). Unknown fields are ignored.
    public static func decode<Value: Decodable>(_ type: Value.Type, from bytes: UnsafeRawBufferPointer) throws -> Value { fatalError("being written") }

    /// The same from an array.
    public static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
        try bytes.withUnsafeBytes { try decode(type, from: $0) }
    }
}
