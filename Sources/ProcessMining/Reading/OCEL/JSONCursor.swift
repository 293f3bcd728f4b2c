/// Reads JSON (RFC 8259) value by value, in place: what nobody wants is passed over without being built.
struct JSONCursor {
    private static let depthMax = 64

    let bytes: Bytes
    private(set) var at = 0

    init(_ bytes: Bytes) {
        self.bytes = bytes
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { at = 3 }
    }

    /// The line of the file at which the cursor stands; only blanks hold line breaks.
    private(set) var line = 1

    func broken(_ what: String) -> LogRefusal { LogRefusal(line: line, what) }

    /// The next byte that is no blank, without passing it.
    mutating func peek() -> UInt8? {
        while at < bytes.count, bytes[at] == 32 || bytes[at] == 10 || bytes[at] == 13 || bytes[at] == 9 {
            if bytes[at] == 10 { line += 1 }
            at += 1
        }
        return at < bytes.count ? bytes[at] : nil
    }

    mutating func take(_ mark: UInt8) throws(LogRefusal) {
        guard peek() == mark else { throw broken(peek() == nil ? "the file ends too early" : "no “\(Character(Unicode.Scalar(mark)))” where one should be") }
        at += 1
    }

    /// The members of an object: `member` gets each key and must pass its value.
    mutating func object(_ member: (inout JSONCursor, String) throws(LogRefusal) -> Void) throws(LogRefusal) {
        try take(UInt8(ascii: "{"))
        if peek() == UInt8(ascii: "}") { return at += 1 }
        while true {
            let key = try string()
            try take(UInt8(ascii: ":"))
            try member(&self, key)
            if peek() == UInt8(ascii: ",") {
                at += 1
                continue
            }
            return try take(UInt8(ascii: "}"))
        }
    }

    /// The elements of a list: `element` must pass each.
    mutating func list(_ element: (inout JSONCursor) throws(LogRefusal) -> Void) throws(LogRefusal) {
        try take(UInt8(ascii: "["))
        if peek() == UInt8(ascii: "]") { return at += 1 }
        while true {
            try element(&self)
            if peek() == UInt8(ascii: ",") {
                at += 1
                continue
            }
            return try take(UInt8(ascii: "]"))
        }
    }

    mutating func string() throws(LogRefusal) -> String {
        try take(UInt8(ascii: "\""))
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\") { at += 1 }
        guard at < bytes.count else { throw broken("the file ends inside a text") }
        if bytes[at] == UInt8(ascii: "\"") {
            at += 1
            return Bytes(rebasing: bytes[start..<(at - 1)]).text
        }
        at = start
        return try escapedString()
    }

    private mutating func escapedString() throws(LogRefusal) -> String {
        var units: [UInt8] = []
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: units, as: UTF8.self) }
            guard byte == UInt8(ascii: "\\") else {
                units.append(byte)
                continue
            }
            guard at < bytes.count else { break }
            let escape = bytes[at]
            at += 1
            switch escape {
            case UInt8(ascii: "n"): units.append(10)
            case UInt8(ascii: "t"): units.append(9)
            case UInt8(ascii: "r"): units.append(13)
            case UInt8(ascii: "b"): units.append(8)
            case UInt8(ascii: "f"): units.append(12)
            case UInt8(ascii: "u"): units += Array(String(try scalar()).utf8)
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): units.append(escape)
            default: throw broken("a “\\” before something JSON does not know")
            }
        }
        throw broken("the file ends inside a text")
    }

    private mutating func scalar() throws(LogRefusal) -> Character {
        let first = try unit()
        if first & 0xFC00 == 0xD800, at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") {
            at += 2
            let second = try unit()
            let value = 0x10000 + (first & 0x3FF) << 10 + second & 0x3FF
            return Unicode.Scalar(value).map { Character($0) } ?? "\u{FFFD}"
        }
        return Unicode.Scalar(first).map { Character($0) } ?? "\u{FFFD}"
    }

    private mutating func unit() throws(LogRefusal) -> UInt32 {
        guard at + 4 <= bytes.count, let value = UInt32(Bytes(rebasing: bytes[at..<(at + 4)]).text, radix: 16) else {
            throw broken("“\\u” without four digits")
        }
        at += 4
        return value
    }

    /// Passes one value of any kind.
    mutating func skip() throws(LogRefusal) {
        var depth = 0
        repeat {
            guard let byte = peek() else { throw broken("the file ends too early") }
            switch byte {
            case UInt8(ascii: "\""): try skipString()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                guard depth <= JSONCursor.depthMax else { throw broken("values inside each other \(JSONCursor.depthMax) deep") }
                at += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard depth > 0 else { throw broken("a “\(Character(Unicode.Scalar(byte)))” that closes nothing") }
                depth -= 1
                at += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                guard depth > 0 else { throw broken("a value is missing") }
                at += 1
            default:
                let start = at
                while at < bytes.count, !JSONCursor.ends(bytes[at]) { at += 1 }
                guard at > start else { throw broken("something JSON does not know") }
            }
        } while depth > 0
    }

    private mutating func skipString() throws(LogRefusal) {
        at += 1
        while at < bytes.count, bytes[at] != UInt8(ascii: "\"") { at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1 }
        guard at < bytes.count else { throw broken("the file ends inside a text") }
        at += 1
    }

    private static func ends(_ byte: UInt8) -> Bool {
        byte <= 32 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: ":")
    }
}
