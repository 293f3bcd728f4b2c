/// A streaming reader of XML 1.0, as far as event logs and process models need it: elements, attributes, text, comments.
///
/// Checks that tags are closed in their order and that the document is whole. Takes no document type at all, so there are no entities to
/// blow up and nothing to fetch. Works on bytes in place; a tag costs no allocation.
struct XMLReader<Sink: XMLSink> {
    private static var depthMax: Int { 256 }
    private static var attributesMax: Int { 64 }

    var sink: Sink
    private let window = ByteWindow()
    private let attributes: AttributeRoom
    private var openNames: [UInt8] = []
    private var openStarts: [Int] = []
    private var line = 1
    private var isBegun = false
    private var isRootClosed = false

    init(_ sink: Sink) {
        self.sink = sink
        attributes = AttributeRoom(capacity: XMLReader.attributesMax)
    }

    mutating func feed(_ chunk: [UInt8]) throws(LogRefusal) {
        window.append(chunk)
        let used = try scan(isLast: false)
        window.drop(used)
        guard window.count < ByteWindow.bytesMax else { throw LogRefusal(line: line, "a tag or text of more than \(ByteWindow.bytesMax >> 20) MiB") }
    }

    mutating func finish() throws(LogRefusal) {
        let used = try scan(isLast: true)
        guard used == window.count else { throw LogRefusal(line: line, "the file ends in the middle of a tag") }
        guard openStarts.isEmpty else {
            throw LogRefusal(line: line, "the file ends before “\(lastOpen)” is closed")
        }
        guard isRootClosed else { throw LogRefusal("the file has no XML element in it") }
    }

    private var lastOpen: String { openStarts.last.map { String(decoding: openNames[$0...], as: UTF8.self) } ?? "" }

    /// Hands out every complete piece; how many bytes it used.
    private mutating func scan(isLast: Bool) throws(LogRefusal) -> Int {
        let bytes = window.bytes
        var at = 0
        if !isBegun { at = try begin(bytes) }
        while at < bytes.count {
            let (start, startLine) = (at, line)
            while at < bytes.count, bytes[at] != UInt8(ascii: "<") {
                if bytes[at] == 10 { line &+= 1 }
                at &+= 1
            }
            if at > start {
                if openStarts.isEmpty { try checkBlank(Bytes(rebasing: bytes[start..<at])) }
                if Sink.wantsText {
                    if at == bytes.count, !isLast {
                        line = startLine
                        return start
                    }
                    try sink.text(Bytes(rebasing: bytes[start..<at]), line: startLine)
                }
            }
            guard at < bytes.count else { return at }
            let tagLine = line
            guard let next = try piece(bytes, at) else {
                line = tagLine
                return at
            }
            at = next
        }
        return at
    }

    /// A byte order mark is passed over; UTF-16 and UTF-32 are told apart by theirs.
    private mutating func begin(_ bytes: Bytes) throws(LogRefusal) -> Int {
        isBegun = true
        if bytes.count >= 2, bytes[0] >= 0xFE, bytes[1] >= 0xFE { throw LogRefusal("the file is not UTF-8 but UTF-16: convert it first") }
        return bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
    }

    private func checkBlank(_ text: Bytes) throws(LogRefusal) {
        guard text.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 10 || $0 == 13 }) else {
            throw LogRefusal(line: line, "text outside any element")
        }
    }

    /// One tag, comment or instruction at `at`; where the next begins, or `nil` when it is not whole yet.
    @inline(__always)
    private mutating func piece(_ bytes: Bytes, _ at: Int) throws(LogRefusal) -> Int? {
        guard at + 1 < bytes.count else { return nil }
        switch bytes[at + 1] {
        case UInt8(ascii: "/"): return try closing(bytes, at)
        case UInt8(ascii: "?"): return try instruction(bytes, at)
        case UInt8(ascii: "!"): return try declaration(bytes, at)
        default: return try opening(bytes, at)
        }
    }

    private mutating func closing(_ bytes: Bytes, _ at: Int) throws(LogRefusal) -> Int? {
        var end = at + 2
        while end < bytes.count, bytes[end] != UInt8(ascii: ">") { end &+= 1 }
        guard end < bytes.count else { return nil }
        var nameEnd = end
        while nameEnd > at + 2, bytes[nameEnd - 1] <= 32 { nameEnd -= 1 }
        let name = Bytes(rebasing: bytes[(at + 2)..<nameEnd])
        guard let start = openStarts.last, isOpen(name, from: start) else {
            throw LogRefusal(line: line, openStarts.isEmpty ? "“</\(name.text)>” closes nothing" : "“</\(name.text)>” where “\(lastOpen)” is open")
        }
        openNames.removeLast(openNames.count - start)
        openStarts.removeLast()
        if openStarts.isEmpty { isRootClosed = true }
        try sink.close(name, line: line)
        return end + 1
    }

    @inline(__always)
    private func isOpen(_ name: Bytes, from start: Int) -> Bool {
        guard openNames.count - start == name.count else { return false }
        for index in 0..<name.count where openNames[start + index] != name[index] { return false }
        return true
    }

    private mutating func instruction(_ bytes: Bytes, _ at: Int) throws(LogRefusal) -> Int? {
        guard let end = end(of: "?>", bytes, at + 2) else { return nil }
        let text = Bytes(rebasing: bytes[at..<end]).text.lowercased()
        if text.hasPrefix("<?xml "), let encoding = text.split(separator: "encoding").dropFirst().first {
            let name = encoding.drop { $0 == "=" || $0 == " " || $0 == "\"" || $0 == "'" }.prefix { $0 != "\"" && $0 != "'" }
            guard ["utf-8", "utf8", "us-ascii", "ascii"].contains(String(name)) else {
                throw LogRefusal(line: line, "the encoding \(name), where UTF-8 is read: convert it first")
            }
        }
        return end
    }

    private mutating func declaration(_ bytes: Bytes, _ at: Int) throws(LogRefusal) -> Int? {
        guard at + 9 <= bytes.count else { return nil }
        if Bytes(rebasing: bytes[(at + 2)..<(at + 4)]).equals("--") { return end(of: "-->", bytes, at + 4) }
        guard Bytes(rebasing: bytes[(at + 2)..<(at + 9)]).equals("[CDATA[") else {
            throw LogRefusal(line: line, "a document type declaration, which is not taken: it could define entities without end")
        }
        guard let end = end(of: "]]>", bytes, at + 9) else { return nil }
        if Sink.wantsText { try sink.text(Bytes(rebasing: bytes[(at + 9)..<(end - 3)]), line: line) }
        return end
    }

    /// Behind `mark`; lines on the way are counted.
    private mutating func end(of mark: StaticString, _ bytes: Bytes, _ from: Int) -> Int? {
        let length = mark.utf8CodeUnitCount
        var at = from
        while at + length <= bytes.count {
            if bytes[at] == 10 { line += 1 }
            if Bytes(rebasing: bytes[at..<(at + length)]).equals(mark) { return at + length }
            at += 1
        }
        return nil
    }

    @inline(__always)
    private mutating func opening(_ bytes: Bytes, _ start: Int) throws(LogRefusal) -> Int? {
        guard !isRootClosed else { throw LogRefusal(line: line, "another element behind the end of the document") }
        var at = start + 1
        while at < bytes.count, !isEndOfName(bytes[at]) { at &+= 1 }
        guard at < bytes.count else { return nil }
        let name = Bytes(rebasing: bytes[(start + 1)..<at])
        guard !name.isEmpty else { throw LogRefusal(line: line, "a “<” that begins no tag") }
        var count = 0
        while true {
            while at < bytes.count, bytes[at] <= 32 {
                if bytes[at] == 10 { line &+= 1 }
                at &+= 1
            }
            guard at < bytes.count else { return nil }
            if bytes[at] == UInt8(ascii: ">") {
                try hand(name, count, isEmpty: false)
                return at + 1
            }
            if bytes[at] == UInt8(ascii: "/") {
                guard at + 1 < bytes.count else { return nil }
                guard bytes[at + 1] == UInt8(ascii: ">") else { throw LogRefusal(line: line, "a “/” inside the tag “\(name.text)”") }
                try hand(name, count, isEmpty: true)
                return at + 2
            }
            guard count < XMLReader.attributesMax else { throw LogRefusal(line: line, "a tag with more than \(XMLReader.attributesMax) attributes") }
            guard let next = try attribute(bytes, at, count, of: name) else { return nil }
            at = next
            count &+= 1
        }
    }

    @inline(__always)
    private mutating func attribute(_ bytes: Bytes, _ start: Int, _ slot: Int, of tag: Bytes) throws(LogRefusal) -> Int? {
        var at = start
        while at < bytes.count, !isEndOfName(bytes[at]) { at &+= 1 }
        let nameEnd = at
        while at < bytes.count, bytes[at] <= 32 { at &+= 1 }
        guard at < bytes.count else { return nil }
        guard bytes[at] == UInt8(ascii: "="), nameEnd > start else {
            throw LogRefusal(line: line, "an attribute without a value in the tag “\(tag.text)”")
        }
        at &+= 1
        while at < bytes.count, bytes[at] <= 32 { at &+= 1 }
        guard at < bytes.count else { return nil }
        let quote = bytes[at]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            throw LogRefusal(line: line, "a value without quotation marks in the tag “\(tag.text)”")
        }
        at &+= 1
        let valueStart = at
        var isRaw = false
        while at < bytes.count, bytes[at] != quote {
            let byte = bytes[at]
            if byte == UInt8(ascii: "&") || byte < 32 {
                isRaw = true
                if byte == 10 { line &+= 1 }
            } else if byte == UInt8(ascii: "<") {
                throw LogRefusal(line: line, "a “<” inside a value of the tag “\(tag.text)”: a quotation mark is missing")
            }
            at &+= 1
        }
        guard at < bytes.count else { return nil }
        attributes.room[slot] = XMLAttribute(
            name: Bytes(rebasing: bytes[start..<nameEnd]), value: Bytes(rebasing: bytes[valueStart..<at]), isRaw: isRaw)
        return at + 1
    }

    @inline(__always)
    private mutating func hand(_ name: Bytes, _ count: Int, isEmpty: Bool) throws(LogRefusal) {
        if !isEmpty {
            guard openStarts.count < XMLReader.depthMax else { throw LogRefusal(line: line, "elements inside each other \(XMLReader.depthMax) deep") }
            openStarts.append(openNames.count)
            openNames.append(contentsOf: name)
        } else if openStarts.isEmpty {
            isRootClosed = true
        }
        try sink.open(XMLTag(name: name, attributes: UnsafeBufferPointer(rebasing: attributes.room[..<count]), isEmpty: isEmpty, line: line))
    }
}

/// Room for the attributes of one tag, used again for each.
private final class AttributeRoom {
    let room: UnsafeMutableBufferPointer<XMLAttribute>

    init(capacity: Int) {
        room = .allocate(capacity: capacity)
        room.initialize(repeating: XMLAttribute(name: Bytes(start: nil, count: 0), value: Bytes(start: nil, count: 0), isRaw: false))
    }

    deinit { room.deallocate() }
}

@inline(__always)
private func isEndOfName(_ byte: UInt8) -> Bool {
    byte <= 32 || byte == UInt8(ascii: "=") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
}
