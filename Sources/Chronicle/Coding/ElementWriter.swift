/// Writes the elements of one array.
struct ElementWriter: UnkeyedEncodingContainer {
    let text: CanonicalText
    let place: CanonicalText.Place

    var codingPath: [any CodingKey] { [] }
    var count: Int { text.elementCount(in: place) }

    func encodeNil() throws {
        try text.element(in: place)
        try text.null()
    }

    func encode(_ value: Bool) throws { try text.element(in: place); try text.value(value) }
    func encode(_ value: String) throws { try text.element(in: place); try text.value(value) }
    func encode(_ value: Int) throws { try text.element(in: place); try text.value(value) }
    func encode(_ value: Int8) throws { try text.element(in: place); try text.value(value) }
    func encode(_ value: Int16) throws { try text.element(in: place); try text.value(value) }
    func encode(_ value: Int32) throws { try text.element(in: place); try text.value(value) }
    func encode(_ value: Int64) throws { try text.element(in: place); try text.value(value) }
    func encode(_ value: Int128) throws { try text.element(in: place); try text.value(value) }
    func encode(_ value: UInt) throws { try text.element(in: place); try text.value(value) }
    func encode(_ value: UInt8) throws { try text.element(in: place); try text.value(value) }
    func encode(_ value: UInt16) throws { try text.element(in: place); try text.value(value) }
    func encode(_ value: UInt32) throws { try text.element(in: place); try text.value(value) }
    func encode(_ value: UInt64) throws { try text.element(in: place); try text.value(value) }
    func encode(_ value: UInt128) throws { try text.element(in: place); try text.value(value) }
    func encode(_ value: Double) throws { throw LedgerJSONError.floatingPoint(path: "[\(count)]") }
    func encode(_ value: Float) throws { throw LedgerJSONError.floatingPoint(path: "[\(count)]") }

    func encode<Value: Encodable>(_ value: Value) throws {
        let position = count
        try text.element(in: place)
        do {
            try text.write(value)
        } catch let error as LedgerJSONError {
            throw error.inside("[\(position)]")
        }
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        KeyedEncodingContainer(FieldWriter<Nested>(text: text, place: announce { text.open("{", "}", order: .of(type)) }))
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        ElementWriter(text: text, place: announce { text.open("[", "]", order: .asWritten) })
    }

    private func announce(_ open: () -> CanonicalText.Place) -> CanonicalText.Place {
        do {
            try text.element(in: place)
            return open()
        } catch {
            return text.fail((error as? LedgerJSONError)?.inside("[\(count)]") ?? .outOfTurn(path: "[\(count)]"))
        }
    }

    func superEncoder() -> any Encoder {
        _ = text.fail(.unsupported(path: "[\(count)]", what: "an encoder for a superclass"))
        return LedgerEncoder(text: CanonicalText())
    }
}
