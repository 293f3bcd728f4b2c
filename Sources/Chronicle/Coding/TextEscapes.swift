/// Bytes of the UTF-8 sequence that begins at `text`, 0 when it is not well formed (The Unicode Standard, table 3-7).
/// Called for bytes from 0x80 up.
func wellFormedLength(_ text: UnsafePointer<UInt8>, until end: Int) -> Int {
    func continues(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool { offset < end && range ~= text[offset] }
    switch text[0] {
    case 0xC2...0xDF: return continues(1) ? 2 : 0
    case 0xE0: return continues(1, 0xA0...0xBF) && continues(2) ? 3 : 0
    case 0xED: return continues(1, 0x80...0x9F) && continues(2) ? 3 : 0
    case 0xE1...0xEF: return continues(1) && continues(2) ? 3 : 0
    case 0xF0: return continues(1, 0x90...0xBF) && continues(2) && continues(3) ? 4 : 0
    case 0xF1...0xF3: return continues(1) && continues(2) && continues(3) ? 4 : 0
    case 0xF4: return continues(1, 0x80...0x8F) && continues(2) && continues(3) ? 4 : 0
    default: return 0
    }
}

func hexValue(_ digit: UInt8) -> UInt32? {
    switch digit {
    case 48...57: UInt32(digit - 48)
    case 97...102: UInt32(digit - 87)
    case 65...70: UInt32(digit - 55)
    default: nil
    }
}

/// Resolves the escapes of a text the tokenizer has accepted.
func unescape(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(text.count)
    var at = 0
    func codeUnit(_ start: Int) -> UInt32 { text[start..<start + 4].reduce(0) { $0 << 4 | (hexValue($1) ?? 0) } }
    while at < text.count {
        guard text[at] == UInt8(ascii: "\\") else {
            plain.append(text[at])
            at += 1
            continue
        }
        let letter = text[at + 1]
        at += 2
        switch letter {
        case UInt8(ascii: "b"): plain.append(8)
        case UInt8(ascii: "t"): plain.append(9)
        case UInt8(ascii: "n"): plain.append(10)
        case UInt8(ascii: "f"): plain.append(12)
        case UInt8(ascii: "r"): plain.append(13)
        case UInt8(ascii: "u"):
            var scalar = codeUnit(at)
            at += 4
            if 0xD800...0xDBFF ~= scalar {
                scalar = 0x10000 + (scalar - 0xD800) << 10 + (codeUnit(at + 2) - 0xDC00)
                at += 6
            }
            if let scalar = Unicode.Scalar(scalar) { plain += Array(String(Character(scalar)).utf8) }
        default: plain.append(letter)
        }
    }
    return plain
}
