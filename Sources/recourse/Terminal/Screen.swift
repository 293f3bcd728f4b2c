import Chronicle

/// Where text is shown: how wide, and whether weight and colour can be used. Colour never says what the words do not.
struct Screen: Sendable {
    let columns: Int
    let hasColour: Bool

    static var standard: Screen {
        let plain = !Console.isTerminal || Console.variable("NO_COLOR") != nil || Console.variable("TERM") == "dumb"
        return Screen(columns: min(Console.columns, 140), hasColour: !plain)
    }

    func strong(_ text: String) -> String { dressed(text, "1") }
    func faint(_ text: String) -> String { dressed(text, "2") }
    func late(_ text: String) -> String { dressed(text, "31") }
    func soon(_ text: String) -> String { dressed(text, "33") }
    func good(_ text: String) -> String { dressed(text, "32") }
    func simulated(_ text: String) -> String { dressed(text, "35") }

    private func dressed(_ text: String, _ code: String) -> String { hasColour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }

    /// A heading with a rule to the right edge.
    func heading(_ text: String) -> String {
        strong(text) + " " + faint(String(repeating: "─", count: max(3, columns - displayWidth(text) - 1)))
    }

    func print(_ text: String, indent: Int = 0) {
        let blank = String(repeating: " ", count: indent)
        for line in wrapped(text, to: columns - indent) { Swift.print(blank + line) }
    }
}

/// A table whose columns align by what a terminal shows, the last one cut at the edge of the screen.
struct TextTable {
    enum Side { case left, right }
    struct Cell {
        let text: String
        /// Applied after alignment, so that dressing does not count as width.
        let dress: (String) -> String
        init(_ text: String, _ dress: @escaping (String) -> String = { $0 }) { (self.text, self.dress) = (text, dress) }
    }

    let titles: [(String, Side)]
    var rows: [[Cell]] = []

    init(_ titles: [(String, Side)]) { self.titles = titles }

    mutating func add(_ cells: [Cell]) { rows.append(cells) }

    func lines(on screen: Screen) -> [String] {
        var widths = titles.map { displayWidth($0.0) }
        for row in rows { for (index, cell) in row.enumerated() { widths[index] = max(widths[index], displayWidth(cell.text)) } }
        // What does not fit is taken from the widest column that holds words: half a number is a wrong number.
        let words = titles.indices.filter { titles[$0].1 == .left }
        while widths.reduce(0, +) + 2 * (widths.count - 1) > screen.columns, let widest = words.max(by: { widths[$0] < widths[$1] }), widths[widest] > 6 {
            widths[widest] -= 1
        }
        let head = zip(titles.indices, titles).map { index, title in screen.faint(aligned(title.0, widths[index], title.1)) }
        let body = rows.map { row in
            row.enumerated().map { index, cell in cell.dress(aligned(fitted(cell.text, to: widths[index]), widths[index], titles[index].1)) }
                .joined(separator: "  ")
        }
        return [head.joined(separator: "  ")] + body
    }

    private func aligned(_ text: String, _ width: Int, _ side: Side) -> String {
        let blank = String(repeating: " ", count: max(0, width - displayWidth(text)))
        return side == .left ? text + blank : blank + text
    }
}
