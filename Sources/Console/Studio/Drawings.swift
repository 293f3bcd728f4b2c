import Synchronization

/// Pictures of graphs, each laid out once: the same text lies the same way.
final class Drawings: Sendable {
    private let layout: Graph.Layout?
    private static let countMax = 64
    private let kept = Mutex<[String: String]>([:])

    init(_ layout: Graph.Layout?) { self.layout = layout }

    /// `nil` where nothing here can lay a graph out; the page says so, and has the same facts in a table.
    func drawing(of graph: Graph, label: String) async throws -> Markup? {
        let dot = graph.dot
        if let known = kept.withLock({ $0[dot] }) { return PlainLayout(known).flatMap { graph.drawing($0, label: label) } }
        guard let layout, let plain = await layout(dot), let read = PlainLayout(plain) else { return nil }
        kept.withLock { kept in
            if kept.count >= Drawings.countMax { kept.removeAll() }
            kept[dot] = plain
        }
        return graph.drawing(read, label: label)
    }
}
