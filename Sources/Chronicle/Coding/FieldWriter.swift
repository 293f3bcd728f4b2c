/// Writes the fields of one object.
struct FieldWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let text: CanonicalText
    let place: CanonicalText.Place

    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) throws {
        try text.field(key.stringValue, in: place)
        try text.null()
    }

    func encode(_ value: Bool, forKey key: Key) throws { try text.field(key.stringValue, in: place); try text.value(value) }
    func encode(_ value: String, forKey key: Key) throws { try text.field(key.stringValue, in: place); try text.value(value) }
    func encode(_ value: Int, forKey key: Key) throws { try text.field(key.stringValue, in: place); try text.value(value) }
    func encode(_ value: Int8, forKey key: Key) throws { try text.field(key.stringValue, in: place); try text.value(value) }
    func encode(_ value: Int16, forKey key: Key) throws { try text.field(key.stringValue, in: place); try text.value(value) }
    func encode(_ value: Int32, forKey key: Key) throws { try text.field(key.stringValue, in: place); try text.value(value) }
    func encode(_ value: Int64, forKey key: Key) throws { try text.field(key.stringValue, in: place); try text.value(value) }
    func encode(_ value: Int128, forKey key: Key) throws { try text.field(key.stringValue, in: place); try text.value(value) }
    func encode(_ value: UInt, forKey key: Key) throws { try text.field(key.stringValue, in: place); try text.value(value) }
    func encode(_ value: UInt8, forKey key: Key) throws { try text.field(key.stringValue, in: place); try text.value(value) }
    func encode(_ value: UInt16, forKey key: Key) throws { try text.field(key.stringValue, in: place); try text.value(value) }
    func encode(_ value: UInt32, forKey key: Key) throws { try text.field(key.stringValue, in: place); try text.value(value) }
    func encode(_ value: UInt64, forKey key: Key) throws { try text.field(key.stringValue, in: place); try text.value(value) }
    func encode(_ value: UInt128, forKey key: Key) throws { try text.field(key.stringValue, in: place); try text.value(value) }
    func encode(_ value: Double, forKey key: Key) throws { throw LedgerJSONError.floatingPoint(path: key.stringValue) }
    func encode(_ value: Float, forKey key: Key) throws { throw LedgerJSONError.floatingPoint(path: key.stringValue) }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        try text.field(key.stringValue, in: place)
        do {
            try text.write(value)
        } catch let error as LedgerJSONError {
            throw error.inside(key.stringValue)
        }
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> {
        KeyedEncodingContainer(FieldWriter<Nested>(text: text, place: announce(key) { text.open("{", "}", order: .of(type)) }))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        ElementWriter(text: text, place: announce(key) { text.open("[", "]", order: .asWritten) })
    }

    private func announce(_ key: Key, _ open: () -> CanonicalText.Place) -> CanonicalText.Place {
        do {
            try text.field(key.stringValue, in: place)
            return open()
        } catch {
            return text.fail((error as? LedgerJSONError)?.inside(key.stringValue) ?? .outOfTurn(path: key.stringValue))
        }
    }

    func superEncoder() -> any Encoder { refuseSuper("super") }
    func superEncoder(forKey key: Key) -> any Encoder { refuseSuper(key.stringValue) }

    private func refuseSuper(_ name: String) -> any Encoder {
        _ = text.fail(.unsupported(path: name, what: "an encoder for a superclass"))
        return LedgerEncoder(text: CanonicalText())
    }
}
