import Chronicle
import Wire

extension Route {
    static let design: [Route] = [
        Route(.get, "/design", for: .staff) { visit in try visit.render(DesignPage(), nav: try await StaffFrame(visit).nav(visit)) }
    ]
}

/// The house's components on one page, with every state, for whoever extends it. What is on it is simulated, and says so.
struct DesignPage: Page {
    static let template = "design"

    func title(_ visit: Visit) -> String { visit.phrases("design") }

    func fields(_ visit: Visit) -> Fields {
        let graph = Graph(
            nodes: [
                .init(name: "a", lines: ["Received"], href: "#graph-d", kind: "begins"), .init(name: "b", lines: ["Decided"], href: "#graph-d", kind: "ends"),
            ], edges: [.init(from: 0, to: 1, lines: ["ruled"])])
        // As `dot -Tplain` lays these two out.
        let layout = PlainLayout(
            "graph 1 1.2 1.9\nnode n0 0.6 1.6 1.1 0.5 a solid box black white\nnode n1 0.6 0.3 1.1 0.5 b solid box black white\n"
                + "edge n0 n1 4 0.6 1.35 0.6 1.15 0.6 0.95 0.6 0.7 ruled 0.85 0.98 solid black\nstop\n")
        let colours = ["paper", "surface", "sunken", "line", "edge", "ink-3", "ink-2", "ink", "accent", "late", "soon", "good", "simulated"]
        return [
            "colours": .list(colours.map { ["name": .text($0)] }),
            "due": .markup(visit.clock.until(visit.now + .minutes(38))), "late": .markup(visit.clock.until(visit.now - .minutes(12))),
            "graph": layout.flatMap { graph.drawing($0, label: visit.phrases("graph")) }.map { .markup($0) } ?? .none,
        ]
    }
}
