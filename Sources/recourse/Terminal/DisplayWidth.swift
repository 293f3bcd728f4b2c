/// Columns a text takes on a terminal. Wide: East Asian scripts and pictographs; none: marks that combine, and control characters.
func displayWidth(_ text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + width(of: $1) }
}

private func width(of scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0..<32, 0x7F..<0xA0, 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F, 0x20D0...0x20FF: 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
        0x1F300...0x1FAFF, 0x20000...0x3FFFD:
        2
    default: 1
    }
}

/// Cuts a text so that it takes at most `columns`, saying with an ellipsis that it was cut.
func fitted(_ text: String, to columns: Int) -> String {
    guard displayWidth(text) > columns else { return text }
    var kept = ""
    var used = 0
    for character in text {
        let more = displayWidth(String(character))
        if used + more > columns - 1 { break }
        kept.append(character)
        used += more
    }
    return kept + "…"
}

/// The text with blanks to the right up to `columns`.
func padded(_ text: String, to columns: Int) -> String {
    text + String(repeating: " ", count: max(0, columns - displayWidth(text)))
}

/// Lines of at most `columns`, broken between words; its own line breaks are kept. A word wider than a line, as every sentence is in a script
/// that sets no spaces, is broken where the line ends.
func wrapped(_ text: String, to columns: Int) -> [String] {
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
        var line = ""
        for word in paragraph.split(separator: " ") {
            let isFirst = line.isEmpty
            if displayWidth(line) + (isFirst ? 0 : 1) + displayWidth(word) <= columns {
                line += (isFirst ? "" : " ") + word
            } else {
                if !isFirst { lines.append(line) }
                var pieces = pieces(of: word, columns)
                line = pieces.removeLast()
                lines += pieces
            }
        }
        lines.append(line)
    }
    return lines
}

/// A word in pieces of at most `columns`, at least one.
private func pieces(of word: Substring, _ columns: Int) -> [String] {
    var pieces = [""]
    var used = 0
    for character in word {
        let more = displayWidth(String(character))
        if used > 0, used + more > columns {
            pieces.append("")
            used = 0
        }
        pieces[pieces.count - 1].append(character)
        used += more
    }
    return pieces
}

/// Text from others, made safe for a terminal: what could move the cursor, recolour the screen or turn the direction of writing round
/// becomes a visible mark.
func harmless(_ text: String) -> String {
    func harms(_ scalar: Unicode.Scalar) -> Bool {
        scalar != "\n" && scalar.value < 32 || 0x7F..<0xA0 ~= scalar.value || 0x202A...0x202E ~= scalar.value || 0x2066...0x2069 ~= scalar.value
    }
    guard text.unicodeScalars.contains(where: harms) else { return text }
    var safe = ""
    for scalar in text.unicodeScalars {
        if !harms(scalar) {
            safe.unicodeScalars.append(scalar)
        } else if scalar == "\t" {
            safe += "    "
        } else {
            safe += "�"
        }
    }
    return safe
}
