/// Reads the fields of one object, by name, in whatever order they were written.
struct FieldReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let tape: TokenTape
    /// The token of the object.
    let object: Int

    var codingPath: [any CodingKey] { tape.path(to: object) }
    var allKeys: [Key] { tape.fieldNames(of: object).compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool { tape.field(key.stringValue, of: object) != nil }

    func decodeNil(forKey key: Key) throws -> Bool { tape[try value(key)].kind == .null }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try tape.bool(at: value(key)) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try tape.string(at: value(key)) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try tape.integer(at: value(key)) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try tape.integer(at: value(key)) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try tape.integer(at: value(key)) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try tape.integer(at: value(key)) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try tape.integer(at: value(key)) }
    func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 { try tape.integer(at: value(key)) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try tape.integer(at: value(key)) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try tape.integer(at: value(key)) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try tape.integer(at: value(key)) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try tape.integer(at: value(key)) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try tape.integer(at: value(key)) }
    func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 { try tape.integer(at: value(key)) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { throw try tape.floatingPoint(at: value(key)) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { throw try tape.floatingPoint(at: value(key)) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try Value(from: LedgerDecoder(tape: tape, index: value(key)))
    }

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try present(key).map { try tape.bool(at: $0) } }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try present(key).map { try tape.string(at: $0) } }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try present(key).map { try tape.integer(at: $0) } }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { try present(key).map { try tape.integer(at: $0) } }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try present(key).map { try Value(from: LedgerDecoder(tape: tape, index: $0)) }
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws -> KeyedDecodingContainer<Nested> {
        try LedgerDecoder(tape: tape, index: value(key)).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try LedgerDecoder(tape: tape, index: value(key)).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        throw LedgerJSONError.unsupported(path: codingPath.pathText, what: "a decoder for a superclass")
    }

    func superDecoder(forKey key: Key) throws -> any Decoder { try superDecoder() }

    private func value(_ key: Key) throws -> Int {
        let name = key.stringValue
        guard let index = tape.field(name, of: object) else {
            throw LedgerJSONError.missing(path: (codingPath + [key]).pathText)
        }
        return index
    }

    /// The value of the field, `nil` when there is none or it is `null`.
    private func present(_ key: Key) -> Int? {
        tape.field(key.stringValue, of: object).flatMap { tape[$0].kind == .null ? nil : $0 }
    }
}
