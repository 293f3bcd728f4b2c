/// Reads a JSON text (RFC 8259) onto a tape, front to back, and refuses what is not one: bad UTF-8, lone surrogates, field names given twice,
/// nesting deeper than `LedgerJSON.depthMax`, anything after the value.
struct Tokenizer {
    private let text: UnsafePointer<UInt8>
    private let end: Int
    private let tape: TokenTape
    private var at = 0

    init(_ text: UnsafeBufferPointer<UInt8>, onto tape: TokenTape) throws(LedgerJSONError) {
        guard let start = text.baseAddress else { throw .malformed(reason: "the text is empty", atByte: 0) }
        self.text = start
        end = text.count
        self.tape = tape
    }

    mutating func readAll() throws(LedgerJSONError) {
        try value(depth: 0)
        skipSpace()
        guard at == end else { throw .malformed(reason: "something follows the value", atByte: at) }
    }

    private mutating func value(depth: Int) throws(LedgerJSONError) {
        skipSpace()
        guard at < end else { throw .malformed(reason: "the text ends where a value should be", atByte: at) }
        switch text[at] {
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "{"): try object(depth: depth + 1)
        case UInt8(ascii: "["): try array(depth: depth + 1)
        case UInt8(ascii: "-"), 48...57: try number()
        case UInt8(ascii: "t"): try word("true", .yes)
        case UInt8(ascii: "f"): try word("false", .no)
        case UInt8(ascii: "n"): try word("null", .null)
        default: throw .malformed(reason: "no value begins like this", atByte: at)
        }
    }

    private mutating func object(depth: Int) throws(LedgerJSONError) {
        guard depth <= LedgerJSON.depthMax else { throw .tooDeep }
        let object = tape.append(.init(.object, start: at))
        at += 1
        var count = 0
        if !taken(UInt8(ascii: "}")) {
            repeat {
                skipSpace()
                guard at < end, text[at] == UInt8(ascii: "\"") else { throw .malformed(reason: "a field name should be", atByte: at) }
                let name = try string()
                if count < FieldNames.comparedMax, count > 0 { try refuseRepeated(name, in: object) }
                guard taken(UInt8(ascii: ":")) else { throw .malformed(reason: "a colon should be", atByte: at) }
                try value(depth: depth)
                count += 1
            } while taken(UInt8(ascii: ","))
            guard taken(UInt8(ascii: "}")) else { throw .malformed(reason: "a comma or “}” should be", atByte: at) }
        }
        tape.close(object, at: at, count: count)
        if count > FieldNames.comparedMax { try FieldNames.refuseRepeated(in: object, of: tape) }
    }

    private func refuseRepeated(_ name: Int, in object: Int) throws(LedgerJSONError) {
        var earlier = object + 1
        while earlier < name {
            if FieldNames.areEqual(earlier, name, tape) { throw FieldNames.repeated(name, tape) }
            earlier = tape[earlier + 1].next
        }
    }

    private mutating func array(depth: Int) throws(LedgerJSONError) {
        guard depth <= LedgerJSON.depthMax else { throw .tooDeep }
        let array = tape.append(.init(.array, start: at))
        at += 1
        var count = 0
        if !taken(UInt8(ascii: "]")) {
            repeat {
                try value(depth: depth)
                count += 1
            } while taken(UInt8(ascii: ","))
            guard taken(UInt8(ascii: "]")) else { throw .malformed(reason: "a comma or “]” should be", atByte: at) }
        }
        tape.close(array, at: at, count: count)
    }

    private mutating func word(_ word: StaticString, _ kind: TokenTape.Kind) throws(LedgerJSONError) {
        let start = at
        for index in 0..<word.utf8CodeUnitCount {
            guard at < end, text[at] == word.utf8Start[index] else { throw .malformed(reason: "“\(word)” is cut off", atByte: at) }
            at += 1
        }
        tape.end(tape.append(.init(kind, start: start)), at: at, isIrregular: false)
    }

    private mutating func number() throws(LedgerJSONError) {
        let token = tape.append(.init(.number, start: at))
        var isIrregular = false
        if text[at] == UInt8(ascii: "-") { at += 1 }
        if at < end, text[at] == 48 {
            at += 1
            guard at == end || !(48...57 ~= text[at]) else { throw .malformed(reason: "a number begins with 0", atByte: at) }
        } else {
            try digits()
        }
        if at < end, text[at] == UInt8(ascii: ".") {
            isIrregular = true
            at += 1
            try digits()
        }
        if at < end, text[at] | 32 == UInt8(ascii: "e") {
            isIrregular = true
            at += 1
            if at < end, text[at] == UInt8(ascii: "+") || text[at] == UInt8(ascii: "-") { at += 1 }
            try digits()
        }
        tape.end(token, at: at, isIrregular: isIrregular)
    }

    private mutating func digits() throws(LedgerJSONError) {
        let start = at
        while at < end, 48...57 ~= text[at] { at += 1 }
        guard at > start else { throw .malformed(reason: "a digit should be", atByte: at) }
    }

    private mutating func string() throws(LedgerJSONError) -> Int {
        at += 1
        let token = tape.append(.init(.string, start: at))
        var isIrregular = false
        while at < end {
            // Most of most texts is plain ASCII; this loop is where reading spends its time.
            var plain = at
            while plain < end, isPlain(text[plain]) { plain += 1 }
            at = plain
            guard at < end else { break }
            let byte = text[at]
            switch byte {
            case UInt8(ascii: "\""):
                tape.end(token, at: at, isIrregular: isIrregular)
                at += 1
                return token
            case UInt8(ascii: "\\"):
                isIrregular = true
                try escape()
            case ..<0x20: throw .malformed(reason: "a control character stands unescaped in a text", atByte: at)
            default:
                let length = wellFormedLength(text + at, until: end - at)
                guard length > 0 else { throw .malformed(reason: "the bytes are not UTF-8", atByte: at) }
                at += length
            }
        }
        throw .malformed(reason: "a text is not closed", atByte: at)
    }

    /// Printable ASCII that stands for itself in a text.
    private func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private mutating func escape() throws(LedgerJSONError) {
        let start = at
        at += 1
        guard at < end else { throw .malformed(reason: "a text is not closed", atByte: at) }
        at += 1
        switch text[at - 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            return
        case UInt8(ascii: "u"):
            let unit = try codeUnit()
            guard 0xD800...0xDFFF ~= unit else { return }
            guard unit < 0xDC00, at + 1 < end, text[at] == UInt8(ascii: "\\"), text[at + 1] == UInt8(ascii: "u") else {
                throw .malformed(reason: "a surrogate stands alone", atByte: start)
            }
            at += 2
            guard 0xDC00...0xDFFF ~= (try codeUnit()) else { throw .malformed(reason: "a surrogate stands alone", atByte: start) }
        default: throw .malformed(reason: "there is no such escape", atByte: start)
        }
    }

    private mutating func codeUnit() throws(LedgerJSONError) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard at < end, let digit = hexValue(text[at]) else { throw .malformed(reason: "four hexadecimal digits should be", atByte: at) }
            unit = unit << 4 | digit
            at += 1
        }
        return unit
    }

    private mutating func taken(_ byte: UInt8) -> Bool {
        skipSpace()
        guard at < end, text[at] == byte else { return false }
        at += 1
        return true
    }

    private mutating func skipSpace() {
        while at < end, text[at] <= 0x20, text[at] == 0x20 || text[at] == 10 || text[at] == 13 || text[at] == 9 { at += 1 }
    }
}

/// Finds field names given twice: few by comparing each with each, many by sorting them, so that no text takes quadratic time.
private enum FieldNames {
    static let comparedMax = 24

    static func refuseRepeated(in object: Int, of tape: TokenTape) throws(LedgerJSONError) {
        let names = tape.fieldTokens(of: object).map { (token: $0, text: tape[$0].isIrregular ? tape.unescaped($0) : Array(tape.bytes(of: $0))) }
        let sorted = names.sorted { $0.text.lexicographicallyPrecedes($1.text) }
        for (a, b) in zip(sorted, sorted.dropFirst()) where a.text == b.text { throw repeated(max(a.token, b.token), tape) }
    }

    static func areEqual(_ a: Int, _ b: Int, _ tape: TokenTape) -> Bool {
        if tape[a].isIrregular || tape[b].isIrregular { return tape.unescaped(a) == tape.unescaped(b) }
        let (left, right) = (tape.bytes(of: a), tape.bytes(of: b))
        return left.count == right.count && left.elementsEqual(right)
    }

    static func repeated(_ name: Int, _ tape: TokenTape) -> LedgerJSONError {
        .duplicateField(String(decoding: tape.unescaped(name), as: UTF8.self), atByte: Int(tape[name].start))
    }
}
