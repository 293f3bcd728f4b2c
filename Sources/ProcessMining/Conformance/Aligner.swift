/// Aligns all variants of a log with a model, each exactly, and each beginning they share only once.
///
/// Variants are walked in the order of a dictionary. For every beginning there is one row: the least cost of each marking of the model after
/// these events. The next row follows from it by a pair or an extra event, and a Dijkstra among the markings over what the model does alone. It is
/// the dynamic programme over the synchronous product that an A* would search, with all its states shared by variants that begin alike.
struct Aligner {
    private static let unreached = Int32.max / 2

    private let graph: MarkingGraph
    private let labelOfActivity: [Int32]
    private let stepsOfLabel: [[(source: Int32, target: Int32)]]
    private var rows: [Row] = []
    private var queue = CostQueue()

    private struct Row {
        /// -1 for the beginning, where nothing has happened yet; -2 for an activity the model does not know.
        var label: Int32
        var costs: [Int32]
        /// Where the best way to each marking came from: the step of the model taken in this row, or -1 for a pair, -2 for an extra event.
        var steps: [Int32]
        var sources: [Int32]
    }

    init(_ graph: MarkingGraph, activities: [String]) {
        self.graph = graph
        labelOfActivity = activities.map { name in graph.labels.firstIndex(of: name).map { Int32($0) } ?? -2 }
        var steps = [[(source: Int32, target: Int32)]](repeating: [], count: graph.labels.count)
        for marking in 0..<graph.count {
            for step in graph.steps(of: marking) where step.label >= 0 { steps[Int(step.label)].append((Int32(marking), step.target)) }
        }
        stepsOfLabel = steps
        rows = [beginning()]
    }

    /// The least cost of a run of the model without any event.
    var emptyCost: Int32 { rows[0].costs[graph.final] }

    /// Aligns a variant; `shared` is how many of its events are those of the variant aligned before.
    mutating func align(_ path: ArraySlice<UInt16>, shared: Int, names: [String]) -> Alignment {
        rows.removeLast(rows.count - 1 - shared)
        for activity in path.dropFirst(shared) { rows.append(row(after: rows[rows.count - 1], labelOfActivity[Int(activity)])) }
        let worst = path.count * Int(Alignment.moveCost) + Int(emptyCost)
        return Alignment(moves: moves(path, names), cost: Int(rows[rows.count - 1].costs[graph.final]), worstCost: worst)
    }

    private mutating func beginning() -> Row {
        var row = Row(
            label: -1, costs: [Int32](repeating: Aligner.unreached, count: graph.count), steps: [Int32](repeating: -1, count: graph.count),
            sources: [Int32](repeating: -1, count: graph.count))
        row.costs[graph.initial] = 0
        queue.push(0, Int32(graph.initial))
        relax(&row)
        return row
    }

    /// Every marking may keep its cost with an extra event, which leaves the row as relaxed as it was; only what a pair has made cheaper is news
    /// to its neighbours.
    private mutating func row(after before: Row, _ label: Int32) -> Row {
        var row = Row(
            label: label, costs: before.costs.map { min($0 + Alignment.moveCost, Aligner.unreached) },
            steps: [Int32](repeating: -2, count: graph.count), sources: [Int32](repeating: -1, count: graph.count))
        guard label >= 0 else { return row }
        for step in stepsOfLabel[Int(label)] where before.costs[Int(step.source)] < row.costs[Int(step.target)] {
            row.costs[Int(step.target)] = before.costs[Int(step.source)]
            row.steps[Int(step.target)] = -1
            row.sources[Int(step.target)] = step.source
            queue.push(row.costs[Int(step.target)], step.target)
        }
        relax(&row)
        return row
    }

    /// What the model may do alone, cheapest first, from what is queued.
    private mutating func relax(_ row: inout Row) {
        while let (cost, marking) = queue.pop() {
            guard cost == row.costs[Int(marking)] else { continue }
            for index in Int(graph.offsets[Int(marking)])..<Int(graph.offsets[Int(marking) + 1]) {
                let step = graph.steps[index]
                let next = cost + (step.label < 0 ? 1 : Alignment.moveCost)
                guard next < row.costs[Int(step.target)] else { continue }
                row.costs[Int(step.target)] = next
                row.steps[Int(step.target)] = Int32(index)
                row.sources[Int(step.target)] = marking
                queue.push(next, step.target)
            }
        }
    }

    private func moves(_ path: ArraySlice<UInt16>, _ names: [String]) -> [Alignment.Move] {
        var moves: [Alignment.Move] = []
        var (depth, marking) = (rows.count - 1, graph.final)
        while true {
            let row = rows[depth]
            let step = row.steps[marking]
            if step >= 0 {
                let label = graph.steps[Int(step)].label
                if label >= 0 { moves.append(.skipped(graph.labels[Int(label)])) }
                marking = Int(row.sources[marking])
                continue
            }
            guard depth > 0 else { return moves.reversed() }
            let name = names[Int(path[path.startIndex + depth - 1])]
            moves.append(step == -1 ? .both(name) : .extra(name))
            if step == -1 { marking = Int(row.sources[marking]) }
            depth -= 1
        }
    }
}

/// A binary heap of (cost, marking).
private struct CostQueue {
    private var heap: [(cost: Int32, marking: Int32)] = []

    mutating func push(_ cost: Int32, _ marking: Int32) {
        heap.append((cost, marking))
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].cost < heap[parent].cost else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    mutating func pop() -> (Int32, Int32)? {
        guard let top = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return (top.cost, top.marking) }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child].cost < heap[least].cost { least = child }
            if least == parent { return (top.cost, top.marking) }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
