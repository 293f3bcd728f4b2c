import Foundation
import Policies
import TestKit
import Testing

@testable import Console

@Suite("Graphs")
struct GraphTests {
    private static let two = Graph(
        nodes: [
            .init(name: "a", lines: ["Say \"<b>hello</b>\" \\"], href: "#step-a", kind: "begins"),
            .init(name: "b", lines: ["Two", "lines"], href: "#step-b", kind: "ends"),
        ], edges: [.init(from: 0, to: 1, lines: ["ruled & done"])])

    private static let plain = """
        graph 1 2.5 3
        node n0 1.25 2.5 1.5 0.6 "Say \\"<b>hello</b>\\"" solid box black lightgrey
        node n1 1.25 0.4 1.2 0.6 "Two\\nlines" solid box black lightgrey
        edge n0 n1 4 1.25 2.2 1.25 1.8 1.25 1.2 1.25 0.8 " ruled & done " 1.6 1.45 solid black
        stop

        """

    @Test("What a step is called stays text: in DOT, and in the drawing")
    func escaped() throws {
        #expect(Self.two.dot.contains(#"n0 [label="Say \"<b>hello</b>\" \\"]"#))
        let layout = try #require(PlainLayout(Self.plain))
        let html = try #require(Self.two.drawing(layout, label: "\"><script>")).html
        #expect(!html.contains("<b>") && !html.contains("<script>") && html.contains("&lt;b&gt;hello"))
        #expect(html.contains("ruled &amp; done") && html.contains("href=\"#step-a\"") && html.contains("marker-end"))
    }

    @Test("A layout is read as it is, from below to above")
    func places() throws {
        let layout = try #require(PlainLayout(Self.plain))
        #expect(layout.boxes.count == 2 && layout.lines.count == 1 && layout.lines[0].label?.x == 1.6)
        let html = try #require(Self.two.drawing(layout, label: "x")).html
        // (3 − 2.5 − 0.3) × 72 + 8
        #expect(html.contains("y=\"22.4\""))
    }

    @Test(
        "What is no layout is none, and one that lacks a step is not drawn",
        arguments: [
            "", "nothing", "graph 1 x 3", "graph 1 0 0", "graph 1 2 3\nnode n0 1 2", "graph 1 2 3\nedge n0 n1 5 1 1 1 1 1 1 1 1 1 1 solid black",
            "graph 1 2 3\nedge n0 n1 4 1 1 1 1 1 1 nan 1 solid black", "graph 1 2 3\nedge n0 n1 4000000000 1 1", "<svg><script>alert(1)</script></svg>",
        ])
    func refused(text: String) { #expect(PlainLayout(text) == nil) }

    @Test("A step without a place is not drawn") func missing() throws {
        let layout = try #require(PlainLayout("graph 1 2 3\nnode n0 1 2 1 1 a solid box black white\nstop\n"))
        #expect(Self.two.drawing(layout, label: "x") == nil)
    }

    private static let dot = "/usr/bin/dot"

    @Test(
        "dot itself is understood: every step of every workflow of the default pack is drawn",
        .enabled(if: FileManager.default.isExecutableFile(atPath: dot), "Graphviz is not here: Scripts/install.sh"))
    func real() throws {
        let policy = try DefaultPack.policy()
        #expect(policy.workflows.count > 5)
        for workflow in policy.workflows.values {
            let codes = workflow.steps.keys.sorted { $0.text < $1.text }
            let nodes = codes.map { Graph.Node(name: $0.text, lines: [workflow.steps[$0]?.title ?? ""], href: "#step-\($0)", kind: "") }
            var seen: Set<[Int]> = []
            let edges = codes.enumerated().flatMap { from, code in
                (workflow.steps[code]?.exits ?? []).compactMap { exit -> Graph.Edge? in
                    guard let to = codes.firstIndex(of: exit.to), seen.insert([from, to]).inserted else { return nil }
                    return Graph.Edge(from: from, to: to, lines: [exit.on.description])
                }
            }
            let graph = Graph(nodes: nodes, edges: edges)
            let said = try Self.run(graph.dot)
            let layout = try #require(PlainLayout(said))
            #expect(layout.lines.count == edges.count && layout.lines.allSatisfy { $0.label != nil }, "\(workflow.code)")
            let html = try #require(graph.drawing(layout, label: workflow.title)).html
            #expect(html.matches(of: /<a href="#step-/).count == nodes.count)
        }
    }

    private static func run(_ text: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: dot)
        process.arguments = ["-Tplain"]
        let (input, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try input.fileHandleForWriting.close()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: said, as: UTF8.self)
    }
}
