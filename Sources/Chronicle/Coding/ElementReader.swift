/// Reads the elements of one array, front to back.
struct ElementReader: UnkeyedDecodingContainer {
    let tape: TokenTape
    /// The token of the array.
    let array: Int
    /// The token of the next element.
    private var next: Int
    private(set) var currentIndex = 0

    init(tape: TokenTape, array: Int) {
        self.tape = tape
        self.array = array
        next = array + 1
    }

    var codingPath: [any CodingKey] { tape.path(to: array) }
    var count: Int? { tape[array].count }
    var isAtEnd: Bool { next >= tape[array].next }

    mutating func decodeNil() throws -> Bool {
        guard tape[try element()].kind == .null else { return false }
        step()
        return true
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool { try read { try $0.bool(at: $1) } }
    mutating func decode(_ type: String.Type) throws -> String { try read { try $0.string(at: $1) } }
    mutating func decode(_ type: Int.Type) throws -> Int { try read { try $0.integer(at: $1) } }
    mutating func decode(_ type: Int8.Type) throws -> Int8 { try read { try $0.integer(at: $1) } }
    mutating func decode(_ type: Int16.Type) throws -> Int16 { try read { try $0.integer(at: $1) } }
    mutating func decode(_ type: Int32.Type) throws -> Int32 { try read { try $0.integer(at: $1) } }
    mutating func decode(_ type: Int64.Type) throws -> Int64 { try read { try $0.integer(at: $1) } }
    mutating func decode(_ type: Int128.Type) throws -> Int128 { try read { try $0.integer(at: $1) } }
    mutating func decode(_ type: UInt.Type) throws -> UInt { try read { try $0.integer(at: $1) } }
    mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try read { try $0.integer(at: $1) } }
    mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try read { try $0.integer(at: $1) } }
    mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try read { try $0.integer(at: $1) } }
    mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try read { try $0.integer(at: $1) } }
    mutating func decode(_ type: UInt128.Type) throws -> UInt128 { try read { try $0.integer(at: $1) } }
    mutating func decode(_ type: Double.Type) throws -> Double { throw try tape.floatingPoint(at: element()) }
    mutating func decode(_ type: Float.Type) throws -> Float { throw try tape.floatingPoint(at: element()) }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try read { try Value(from: LedgerDecoder(tape: $0, index: $1)) }
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
        try read { try LedgerDecoder(tape: $0, index: $1).container(keyedBy: type) }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try read { try LedgerDecoder(tape: $0, index: $1).unkeyedContainer() }
    }

    mutating func superDecoder() throws -> any Decoder {
        throw LedgerJSONError.unsupported(path: codingPath.pathText, what: "a decoder for a superclass")
    }

    /// Reads the next element; one that could not be read stays the next.
    private mutating func read<Value>(_ body: (TokenTape, Int) throws -> Value) throws -> Value {
        let value = try body(tape, try element())
        step()
        return value
    }

    private func element() throws -> Int {
        guard !isAtEnd else { throw LedgerJSONError.missing(path: codingPath.pathText + "[\(currentIndex)]") }
        return next
    }

    private mutating func step() {
        next = tape[next].next
        currentIndex += 1
    }
}
