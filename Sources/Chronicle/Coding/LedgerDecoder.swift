/// The `Decoder` a value meets when it is read from the ledger: one token of the tape and what lies inside it.
package struct LedgerDecoder: Decoder {
    let tape: TokenTape
    let index: Int

    package var codingPath: [any CodingKey] { tape.path(to: index) }
    package var userInfo: [CodingUserInfoKey: Any] { [:] }

    package func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard tape[index].kind == .object else { throw tape.wrongKind(at: index, expected: "an object") }
        return KeyedDecodingContainer(FieldReader(tape: tape, object: index))
    }

    package func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard tape[index].kind == .array else { throw tape.wrongKind(at: index, expected: "an array") }
        return ElementReader(tape: tape, array: index)
    }

    package func singleValueContainer() -> any SingleValueDecodingContainer { self }
}

extension LedgerDecoder: SingleValueDecodingContainer {
    package func decodeNil() -> Bool { tape[index].kind == .null }
    package func decode(_ type: Bool.Type) throws -> Bool { try tape.bool(at: index) }
    package func decode(_ type: String.Type) throws -> String { try tape.string(at: index) }
    package func decode(_ type: Int.Type) throws -> Int { try tape.integer(at: index) }
    package func decode(_ type: Int8.Type) throws -> Int8 { try tape.integer(at: index) }
    package func decode(_ type: Int16.Type) throws -> Int16 { try tape.integer(at: index) }
    package func decode(_ type: Int32.Type) throws -> Int32 { try tape.integer(at: index) }
    package func decode(_ type: Int64.Type) throws -> Int64 { try tape.integer(at: index) }
    package func decode(_ type: Int128.Type) throws -> Int128 { try tape.integer(at: index) }
    package func decode(_ type: UInt.Type) throws -> UInt { try tape.integer(at: index) }
    package func decode(_ type: UInt8.Type) throws -> UInt8 { try tape.integer(at: index) }
    package func decode(_ type: UInt16.Type) throws -> UInt16 { try tape.integer(at: index) }
    package func decode(_ type: UInt32.Type) throws -> UInt32 { try tape.integer(at: index) }
    package func decode(_ type: UInt64.Type) throws -> UInt64 { try tape.integer(at: index) }
    package func decode(_ type: UInt128.Type) throws -> UInt128 { try tape.integer(at: index) }
    package func decode(_ type: Double.Type) throws -> Double { throw tape.floatingPoint(at: index) }
    package func decode(_ type: Float.Type) throws -> Float { throw tape.floatingPoint(at: index) }
    package func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: self) }
}
