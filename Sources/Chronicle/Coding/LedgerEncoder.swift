/// The `Encoder` a value meets when it is written to the ledger.
///
/// It knows no coding path: errors collect theirs on the way up, so that writing without errors pays nothing for it.
package struct LedgerEncoder: Encoder {
    let text: CanonicalText
    /// Containers open around the value.
    let outside: Int

    init(text: CanonicalText) {
        self.text = text
        outside = text.depth
    }

    package var codingPath: [any CodingKey] { [] }
    package var userInfo: [CodingUserInfoKey: Any] { [:] }

    package func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(FieldWriter(text: text, place: text.openObject(outside: outside, order: .of(type))))
    }

    package func unkeyedContainer() -> any UnkeyedEncodingContainer {
        ElementWriter(text: text, place: text.openArray())
    }

    package func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension LedgerEncoder: SingleValueEncodingContainer {
    package func encodeNil() throws { try text.null() }
    package func encode(_ value: Bool) throws { try text.value(value) }
    package func encode(_ value: String) throws { try text.value(value) }
    package func encode(_ value: Int) throws { try text.value(value) }
    package func encode(_ value: Int8) throws { try text.value(value) }
    package func encode(_ value: Int16) throws { try text.value(value) }
    package func encode(_ value: Int32) throws { try text.value(value) }
    package func encode(_ value: Int64) throws { try text.value(value) }
    package func encode(_ value: Int128) throws { try text.value(value) }
    package func encode(_ value: UInt) throws { try text.value(value) }
    package func encode(_ value: UInt8) throws { try text.value(value) }
    package func encode(_ value: UInt16) throws { try text.value(value) }
    package func encode(_ value: UInt32) throws { try text.value(value) }
    package func encode(_ value: UInt64) throws { try text.value(value) }
    package func encode(_ value: UInt128) throws { try text.value(value) }
    package func encode(_ value: Double) throws { throw LedgerJSONError.floatingPoint(path: "") }
    package func encode(_ value: Float) throws { throw LedgerJSONError.floatingPoint(path: "") }

    package func encode<Value: Encodable>(_ value: Value) throws {
        guard text.awaitsValue else { throw LedgerJSONError.outOfTurn(path: "") }
        try text.write(value)
    }
}

extension CanonicalText.Order {
    /// Dictionaries write their entries through a key type of the standard library, ours through `TextKey`; nothing else has such fields.
    static func of<Key: CodingKey>(_ type: Key.Type) -> CanonicalText.Order {
        type == TextKey.self || ObjectIdentifier(type) == dictionaryKey ? .byName : .asWritten
    }

    private static let dictionaryKey: ObjectIdentifier? = {
        let probe = DictionaryProbe()
        try? ["": true].encode(to: probe)
        return probe.seen
    }()
}

/// An encoder that writes nothing and notes which type a dictionary's keys are written with: the standard library does not name it.
private final class DictionaryProbe: Encoder {
    var seen: ObjectIdentifier?
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        seen = ObjectIdentifier(type)
        return KeyedEncodingContainer(FieldWriter(text: CanonicalText(), place: .nowhere))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer { ElementWriter(text: CanonicalText(), place: .nowhere) }
    func singleValueContainer() -> any SingleValueEncodingContainer { LedgerEncoder(text: CanonicalText()) }
}
