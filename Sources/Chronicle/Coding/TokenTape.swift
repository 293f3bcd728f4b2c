/// A JSON text read once: one token per value and per field name, in the order of the text, pointing into it.
///
/// No `String` is made before somebody asks for one. Fields are found by comparing bytes, starting where the last search of the same object
/// ended: read in the order they were written, each is found at once.
///
/// Lives for one decode call; the text belongs to the caller.
final class TokenTape {
    enum Kind: UInt8 { case null, yes, no, number, string, object, array }

    struct Token {
        var kind: Kind
        /// Strings: has escapes. Numbers: has a fraction or an exponent.
        var isIrregular = false
        /// Bytes of the value in the text; of a string without its quotation marks.
        var start: UInt32
        var end: UInt32 = 0
        private var following: UInt32 = 0
        private var fieldsOrElements: UInt32 = 0
        private var hinted: UInt32 = 0

        init(_ kind: Kind, start: Int) {
            self.kind = kind
            self.start = UInt32(truncatingIfNeeded: start)
        }

        /// The token after this value and all that lies inside it.
        var next: Int {
            get { Int(following) }
            set { following = UInt32(truncatingIfNeeded: newValue) }
        }

        /// Fields of an object, elements of an array.
        var count: Int {
            get { Int(fieldsOrElements) }
            set { fieldsOrElements = UInt32(truncatingIfNeeded: newValue) }
        }

        /// Objects: the field name to try first in the next search.
        var hint: Int {
            get { Int(hinted) }
            set { hinted = UInt32(truncatingIfNeeded: newValue) }
        }
    }

    private let text: UnsafeBufferPointer<UInt8>
    @exclusivity(unchecked) private var tokens: UnsafeMutablePointer<Token>
    @exclusivity(unchecked) private var capacity: Int
    @exclusivity(unchecked) private(set) var count = 0

    init(reading text: UnsafeRawBufferPointer) throws(LedgerJSONError) {
        guard text.count <= LedgerJSON.bytesMax else { throw .tooLarge(bytes: text.count) }
        self.text = text.bindMemory(to: UInt8.self)
        capacity = max(16, text.count / 8)
        tokens = .allocate(capacity: capacity)
        var tokenizer = try Tokenizer(self.text, onto: self)
        try tokenizer.readAll()
    }

    deinit { tokens.deallocate() }

    subscript(index: Int) -> Token { tokens[index] }

    // MARK: Writing, for the tokenizer

    func append(_ token: Token) -> Int {
        if count == capacity { grow() }
        (tokens + count).initialize(to: token)
        tokens[count].next = count + 1
        count += 1
        return count - 1
    }

    func end(_ index: Int, at end: Int, isIrregular: Bool) {
        tokens[index].end = UInt32(truncatingIfNeeded: end)
        tokens[index].isIrregular = isIrregular
    }

    func close(_ index: Int, at end: Int, count inside: Int) {
        tokens[index].end = UInt32(truncatingIfNeeded: end)
        tokens[index].next = count
        tokens[index].count = inside
        tokens[index].hint = index + 1
    }

    private func grow() {
        let larger = UnsafeMutablePointer<Token>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: tokens, count: count)
        tokens.deallocate()
        tokens = larger
        capacity *= 2
    }

    // MARK: Fields

    /// The token of the value of the field `name`.
    func field(_ name: String, of object: Int) -> Int? {
        var name = name
        return name.withUTF8 { field($0, of: object) }
    }

    private func field(_ name: UnsafeBufferPointer<UInt8>, of object: Int) -> Int? {
        let first = object + 1
        let end = tokens[object].next
        guard first < end else { return nil }
        let hint = tokens[object].hint
        var key = hint
        repeat {
            if isName(key, name) {
                tokens[object].hint = key
                return key + 1
            }
            key = tokens[key + 1].next
            if key == end { key = first }
        } while key != hint
        return nil
    }

    private func isName(_ key: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let token = tokens[key]
        guard !token.isIrregular else { return unescaped(key).elementsEqual(name) }
        let bytes = bytes(of: key)
        guard bytes.count == name.count else { return false }
        for index in 0..<name.count where bytes[index] != name[index] { return false }
        return true
    }

    /// The tokens of the field names of an object.
    func fieldTokens(of object: Int) -> [Int] {
        var names: [Int] = []
        names.reserveCapacity(tokens[object].count)
        var key = object + 1
        while key < tokens[object].next {
            names.append(key)
            key = tokens[key + 1].next
        }
        return names
    }

    func fieldNames(of object: Int) -> [String] { fieldTokens(of: object).map(text(of:)) }

    // MARK: Values

    /// The bytes of a value as they stand in the text.
    func bytes(of index: Int) -> UnsafeBufferPointer<UInt8> {
        let token = tokens[index]
        return UnsafeBufferPointer(rebasing: text[Int(token.start)..<Int(token.end)])
    }

    func bool(at index: Int) throws(LedgerJSONError) -> Bool {
        switch tokens[index].kind {
        case .yes: true
        case .no: false
        default: throw wrongKind(at: index, expected: "true or false")
        }
    }

    func string(at index: Int) throws(LedgerJSONError) -> String {
        guard tokens[index].kind == .string else { throw wrongKind(at: index, expected: "a text") }
        return text(of: index)
    }

    /// Calls `body` with the UTF-8 of a text, without making a `String` of it.
    func withString<Result>(at index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) throws(LedgerJSONError) -> Result {
        guard tokens[index].kind == .string else { throw wrongKind(at: index, expected: "a text") }
        guard tokens[index].isIrregular else { return body(bytes(of: index)) }
        return unescaped(index).withUnsafeBufferPointer(body)
    }

    func integer<Value: FixedWidthInteger>(at index: Int) throws(LedgerJSONError) -> Value {
        let token = tokens[index]
        guard token.kind == .number else { throw wrongKind(at: index, expected: "an integer") }
        let bytes = bytes(of: index)
        guard !token.isIrregular else { throw .notInteger(path: path(to: index).pathText, number: text(of: index)) }
        if bytes.count <= 18 {
            var small: Int64 = 0
            let isNegative = bytes[0] == UInt8(ascii: "-")
            for digit in bytes[(isNegative ? 1 : 0)...] { small = small &* 10 &+ Int64(digit &- 48) }
            if let value = Value(exactly: isNegative ? -small : small) { return value }
        } else if let value = Value(text(of: index)) {
            return value
        }
        throw .outOfRange(path: path(to: index).pathText, number: text(of: index), type: "\(Value.self)")
    }

    private func text(of index: Int) -> String {
        let token = tokens[index]
        return token.kind == .string && token.isIrregular
            ? String(decoding: unescaped(index), as: UTF8.self) : String(decoding: bytes(of: index), as: UTF8.self)
    }

    /// The text of a string with its escapes resolved; the tokenizer has checked them.
    func unescaped(_ index: Int) -> [UInt8] { unescape(bytes(of: index)) }

    // MARK: Complaints

    func wrongKind(at index: Int, expected: String) -> LedgerJSONError {
        let found =
            switch tokens[index].kind {
            case .null: "null"
            case .yes, .no: "true or false"
            case .number: "a number"
            case .string: "a text"
            case .object: "an object"
            case .array: "an array"
            }
        return .wrongKind(path: path(to: index).pathText, expected: expected, found: found)
    }

    func floatingPoint(at index: Int) -> LedgerJSONError { .floatingPoint(path: path(to: index).pathText) }

    /// The way from the whole value to the token, found by walking down to it: asked for only when something is wrong.
    func path(to index: Int) -> [any CodingKey] {
        var path: [any CodingKey] = []
        var container = 0
        while container != index, let step = step(from: container, towards: index) {
            path.append(step.key)
            container = step.value
        }
        return path
    }

    private func step(from container: Int, towards index: Int) -> (key: any CodingKey, value: Int)? {
        let isObject = tokens[container].kind == .object
        var child = container + 1
        var position = 0
        while child < tokens[container].next {
            let value = isObject ? child + 1 : child
            if value <= index, index < tokens[value].next { return (isObject ? TextKey(text(of: child)) : PositionKey(position), value) }
            child = tokens[value].next
            position += 1
        }
        return nil
    }
}
