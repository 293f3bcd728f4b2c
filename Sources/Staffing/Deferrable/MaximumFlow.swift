/// The greatest flow from a source to a sink, and the cut that allows no more (Dinic 1970), on real capacities.
struct MaximumFlow {
    private struct Edge {
        let to: Int
        var left: Double
    }

    private var edges: [Edge] = []
    private var outgoing: [[Int]]
    static let tiny = 1e-9

    init(nodes: Int) { outgoing = Array(repeating: [], count: nodes) }

    /// Adds an edge; its number.
    @discardableResult
    mutating func connect(_ from: Int, _ to: Int, _ capacity: Double) -> Int {
        outgoing[from].append(edges.count)
        edges.append(Edge(to: to, left: capacity))
        outgoing[to].append(edges.count)
        edges.append(Edge(to: from, left: 0))
        return edges.count - 2
    }

    func flow(on edge: Int) -> Double { edges[edge + 1].left }

    /// How much flows, and which nodes the source still reaches: the source's side of a least cut.
    mutating func run(from source: Int, to sink: Int) -> (flow: Double, reached: [Bool]) {
        var total = 0.0
        while true {
            var level = [Int](repeating: -1, count: outgoing.count)
            level[source] = 0
            var queue = [source]
            var head = 0
            while head < queue.count {
                let node = queue[head]
                head += 1
                for edge in outgoing[node] where edges[edge].left > Self.tiny && level[edges[edge].to] < 0 {
                    level[edges[edge].to] = level[node] + 1
                    queue.append(edges[edge].to)
                }
            }
            guard level[sink] >= 0 else { return (total, level.map { $0 >= 0 }) }
            var next = [Int](repeating: 0, count: outgoing.count)
            while true {
                let pushed = push(source, sink, .infinity, level, &next)
                if pushed <= Self.tiny { break }
                total += pushed
            }
        }
    }

    /// One way from `node` to the sink, by levels. The depth is at most four: batch, interval and their ends.
    private mutating func push(_ node: Int, _ sink: Int, _ limit: Double, _ level: [Int], _ next: inout [Int]) -> Double {
        if node == sink { return limit }
        while next[node] < outgoing[node].count {
            let edge = outgoing[node][next[node]]
            if edges[edge].left > Self.tiny, level[edges[edge].to] == level[node] + 1 {
                let pushed = push(edges[edge].to, sink, min(limit, edges[edge].left), level, &next)
                if pushed > Self.tiny {
                    edges[edge].left -= pushed
                    edges[edge ^ 1].left += pushed
                    return pushed
                }
            }
            next[node] += 1
        }
        return 0
    }
}
