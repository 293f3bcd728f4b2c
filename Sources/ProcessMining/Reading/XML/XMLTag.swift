/// One attribute of a tag; its bytes lie in the reader's window and are gone with it.
struct XMLAttribute {
    var name: Bytes
    var value: Bytes
    /// An entity or a line break is in the value: it has to be decoded.
    var isRaw: Bool
}

/// A tag while it is being handed out.
struct XMLTag {
    let name: Bytes
    let attributes: UnsafeBufferPointer<XMLAttribute>
    /// Closes itself.
    let isEmpty: Bool
    let line: Int

    @inline(__always)
    func attribute(_ name: StaticString) -> XMLAttribute? {
        for attribute in attributes where attribute.name.equals(name) { return attribute }
        return nil
    }

    /// An attribute as text, decoded; `nil` when it is not there.
    func text(_ name: StaticString) throws(LogRefusal) -> String? {
        guard let attribute = attribute(name) else { return nil }
        return attribute.isRaw ? try XMLText.text(attribute.value, line: line) : attribute.value.text
    }

    /// The name behind any namespace prefix.
    var localName: Bytes {
        guard let colon = name.lastIndex(of: UInt8(ascii: ":")) else { return name }
        return Bytes(rebasing: name[(colon + 1)...])
    }
}

/// Takes what a document says, in its order. A tag that closes itself is opened only.
protocol XMLSink {
    mutating func open(_ tag: XMLTag) throws(LogRefusal)
    mutating func close(_ name: Bytes, line: Int) throws(LogRefusal)
    mutating func text(_ bytes: Bytes, line: Int) throws(LogRefusal)
    /// Text between tags is wanted; formats that keep everything in attributes are read without.
    static var wantsText: Bool { get }
}

extension XMLSink {
    static var wantsText: Bool { false }
    mutating func text(_ bytes: Bytes, line: Int) throws(LogRefusal) {}
}

enum XMLText {
    /// The same as a text of its own.
    static func text(_ raw: Bytes, line: Int) throws(LogRefusal) -> String {
        let scratch = ByteWindow()
        _ = try decoded(raw, into: scratch, line: line)
        return scratch.text
    }

    /// Lies in `scratch`, which has to outlive it.
    /// Entities resolved, line breaks as blanks (XML 1.0 §3.3.3). Only the five entities of XML itself and characters by number: no document
    /// can define others, as none may bring a document type.
    static func decoded(_ raw: Bytes, into scratch: ByteWindow, line: Int) throws(LogRefusal) -> Bytes {
        scratch.removeAll()
        var index = 0
        while index < raw.count {
            let byte = raw[index]
            if byte == UInt8(ascii: "&") {
                guard let end = raw[index...].prefix(16).firstIndex(of: UInt8(ascii: ";")) else {
                    throw LogRefusal(line: line, "an “&” without its “;”")
                }
                try append(Bytes(rebasing: raw[(index + 1)..<end]), to: scratch, line: line)
                index = end + 1
            } else {
                scratch.append(byte == 10 || byte == 13 || byte == 9 ? UInt8(ascii: " ") : byte)
                index += 1
            }
        }
        return scratch.bytes
    }

    private static func append(_ entity: Bytes, to scratch: ByteWindow, line: Int) throws(LogRefusal) {
        if entity.equals("amp") { return scratch.append(UInt8(ascii: "&")) }
        if entity.equals("lt") { return scratch.append(UInt8(ascii: "<")) }
        if entity.equals("gt") { return scratch.append(UInt8(ascii: ">")) }
        if entity.equals("quot") { return scratch.append(UInt8(ascii: "\"")) }
        if entity.equals("apos") { return scratch.append(UInt8(ascii: "'")) }
        let text = entity.text
        let value =
            text.hasPrefix("#x") ? UInt32(text.dropFirst(2), radix: 16) : text.hasPrefix("#") ? UInt32(text.dropFirst()) : nil
        guard let value, let scalar = Unicode.Scalar(value), value > 0 else {
            throw LogRefusal(line: line, "the entity “&\(text);” is none of XML's own, and others are not taken")
        }
        for byte in String(scalar).utf8 { scratch.append(byte) }
    }
}
