import Policies

/// A workflow as a graph: steps, and what leads from one to the next. Written in the language of Graphviz, laid out by its `dot` in a process of its own,
/// and drawn here from the places it gives: no markup of another program ever reaches a page.
struct Graph: Sendable {
    struct Node: Sendable {
        let name: String
        let lines: [String]
        let href: String
        let kind: String
    }

    struct Edge: Sendable {
        let from: Int
        let to: Int
        let lines: [String]
    }

    let nodes: [Node]
    let edges: [Edge]

    /// Lays out DOT text as Graphviz's plain text; `nil` where that cannot be done here.
    typealias Layout = @Sendable (_ dot: String) async -> String?

    /// The graph in DOT. Names are ours (`n0`), so nothing that is drawn depends on what a pack calls things.
    var dot: String {
        func quoted(_ lines: [String]) -> String {
            "\"" + lines.map { $0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") }.joined(separator: "\\n") + "\""
        }
        var text = "digraph {\nrankdir=TB nodesep=0.3 ranksep=0.42\nnode [shape=box fontname=\"Helvetica\" fontsize=13 margin=\"0.16,0.09\"]\n"
        text += "edge [fontname=\"Helvetica\" fontsize=11]\n"
        for (index, node) in nodes.enumerated() { text += "n\(index) [label=\(quoted(node.lines))]\n" }
        for edge in edges { text += "n\(edge.from) -> n\(edge.to) [label=\(quoted(edge.lines.map { " \($0) " }))]\n" }
        return text + "{rank=source n0}\n}\n"
    }
}

/// What `dot -Tplain` says: where everything lies, in inches from the lower left.
struct PlainLayout {
    struct Box { let x, y, width, height: Double }
    struct Line {
        let from: Int
        let to: Int
        let points: [(x: Double, y: Double)]
        let label: (x: Double, y: Double)?
    }

    let width, height: Double
    private(set) var boxes: [Int: Box] = [:]
    private(set) var lines: [Line] = []

    /// `nil` where it is not such text: what another program says is read, not believed.
    init?(_ text: String) {
        var size: (Double, Double)?
        for row in text.split(separator: "\n") {
            let words = PlainLayout.words(row)
            func number(_ at: Int) -> Double? { at < words.count ? Double(words[at]).flatMap { $0.isFinite && abs($0) < 10_000 ? $0 : nil } : nil }
            func node(_ at: Int) -> Int? { at < words.count && words[at].first == "n" ? Int(words[at].dropFirst()) : nil }
            switch words.first {
            case "graph":
                guard let width = number(2), let height = number(3), width > 0, height > 0 else { return nil }
                size = (width, height)
            case "node":
                guard let name = node(1), let x = number(2), let y = number(3), let width = number(4), let height = number(5) else { return nil }
                boxes[name] = Box(x: x, y: y, width: width, height: height)
            case "edge":
                guard let from = node(1), let to = node(2), words.count > 3, let count = Int(words[3]), 4...400 ~= count, count % 3 == 1 else { return nil }
                var points: [(x: Double, y: Double)] = []
                for index in 0..<count {
                    guard let x = number(4 + 2 * index), let y = number(5 + 2 * index) else { return nil }
                    points.append((x, y))
                }
                let after = 4 + 2 * count
                // A label and its place, or none; then a style and a colour.
                let label = words.count == after + 5 ? number(after + 1).flatMap { x in number(after + 2).map { (x, $0) } } : nil
                lines.append(Line(from: from, to: to, points: points, label: label))
            default: break
            }
        }
        guard let size else { return nil }
        (width, height) = size
    }

    /// Words apart by blanks; what stands in quotation marks is one.
    private static func words(_ row: Substring) -> [String] {
        var (words, word, isQuoted, isEscaped, isOpen) = ([String](), "", false, false, false)
        for letter in row {
            if isEscaped {
                word.append(letter)
                isEscaped = false
            } else if isQuoted, letter == "\\" {
                isEscaped = true
            } else if letter == "\"" {
                isQuoted.toggle()
                isOpen = true
            } else if letter == " ", !isQuoted {
                if isOpen || !word.isEmpty { words.append(word) }
                (word, isOpen) = ("", false)
            } else {
                word.append(letter)
            }
        }
        if isOpen || !word.isEmpty { words.append(word) }
        return words
    }
}

extension Graph {
    private static let dotsPerInch = 72.0
    private static let margin = 8.0

    /// The drawing, in the colours of the page. Each step is a link to its row in the table.
    func drawing(_ layout: PlainLayout, label: String) -> Markup? {
        guard nodes.indices.allSatisfy({ layout.boxes[$0] != nil }) else { return nil }
        func x(_ inches: Double) -> String { Graph.text(inches * Graph.dotsPerInch + Graph.margin) }
        func y(_ inches: Double) -> String { Graph.text((layout.height - inches) * Graph.dotsPerInch + Graph.margin) }
        let (width, height) = (
            Graph.text(layout.width * Graph.dotsPerInch + 2 * Graph.margin), Graph.text(layout.height * Graph.dotsPerInch + 2 * Graph.margin)
        )
        func words(_ lines: [String], _ px: Double, _ py: Double, _ kind: String, _ leading: Double) -> String {
            let top = (layout.height - py) * Graph.dotsPerInch + Graph.margin - leading * Double(lines.count - 1) / 2 + leading * 0.3
            let spans = lines.enumerated().map { index, line in
                "<tspan x=\"\(x(px))\" y=\"\(Graph.text(top + leading * Double(index)))\">\(line.escaped)</tspan>"
            }.joined()
            return "<text class=\"\(kind)\" text-anchor=\"middle\">\(spans)</text>"
        }
        var svg =
            "<svg class=\"graph\" width=\"\(width)\" height=\"\(height)\" viewBox=\"0 0 \(width) \(height)\" role=\"group\" aria-label=\"\(label.escaped)\">"
        svg +=
            "<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"0\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\" markerUnits=\"userSpaceOnUse\"><path class=\"graph-head\" d=\"M0 0 8 4 0 8z\"/></marker></defs>"
        for line in layout.lines {
            guard let first = line.points.first else { continue }
            let rest = line.points.dropFirst().map { "\(x($0.x)) \(y($0.y))" }.joined(separator: " ")
            svg += "<path class=\"graph-line\" marker-end=\"url(#arrow)\" d=\"M\(x(first.x)) \(y(first.y)) C\(rest)\"/>"
        }
        for line in layout.lines {
            guard let place = line.label, let edge = edges.first(where: { $0.from == line.from && $0.to == line.to }) else { continue }
            svg += words(edge.lines, place.x, place.y, "graph-word", 12.5)
        }
        for (index, node) in nodes.enumerated() {
            guard let box = layout.boxes[index] else { continue }
            svg +=
                "<a href=\"\(node.href.escaped)\"><rect class=\"graph-step \(node.kind)\" rx=\"5\" x=\"\(x(box.x - box.width / 2))\" y=\"\(y(box.y + box.height / 2))\""
            svg += " width=\"\(Graph.text(box.width * Graph.dotsPerInch))\" height=\"\(Graph.text(box.height * Graph.dotsPerInch))\"/>"
            svg += words(node.lines, box.x, box.y, "graph-name", 15) + "</a>"
        }
        return Markup(svg + "</svg>")
    }

    /// To a tenth of a point.
    private static func text(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return (tenths < 0 ? "-" : "") + "\(abs(tenths) / 10)" + (tenths % 10 == 0 ? "" : ".\(abs(tenths) % 10)")
    }
}
