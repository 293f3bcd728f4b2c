/// Every marking a net can reach, and the steps between them, explored once and shared by all alignments.
struct MarkingGraph {
    /// More are not explored: the net is unbounded, or too parallel to be aligned exactly in this way.
    static let markingsMax = 200_000

    struct Step: Hashable {
        let target: Int32
        /// The activity it shows, an index of `labels`; -1 for silent.
        let label: Int32
    }

    let labels: [String]
    /// Where the steps of marking `m` lie in `steps`.
    let offsets: [Int32]
    let steps: [Step]
    let initial = 0
    let final: Int

    var count: Int { offsets.count - 1 }

    func steps(of marking: Int) -> ArraySlice<Step> { steps[Int(offsets[marking])..<Int(offsets[marking + 1])] }

    init(_ net: PetriNet) throws(LogRefusal) {
        var labels: [String] = []
        var labelOf: [Int32] = []
        for transition in net.transitions {
            guard let label = transition.label else {
                labelOf.append(-1)
                continue
            }
            if let known = labels.firstIndex(of: label) {
                labelOf.append(Int32(known))
            } else {
                labelOf.append(Int32(labels.count))
                labels.append(label)
            }
        }
        func tokens(_ marking: [Int: Int]) -> [UInt8] { (0..<net.placeCount).map { UInt8(marking[$0] ?? 0) } }
        var markings = NameTable()
        _ = tokens(net.initial).withUnsafeBufferPointer { markings.code(of: $0) }
        var (offsets, steps): ([Int32], [Step]) = ([0], [])
        let takes = net.transitions.map { Array($0.takes) }
        let gives = net.transitions.map { Array($0.gives) }
        var marking = 0
        while marking < markings.count {
            let now = Array(markings.bytes(of: marking))
            for (transition, taken) in takes.enumerated() where taken.allSatisfy({ Int(now[$0.key]) >= $0.value }) {
                var next = now
                for (place, weight) in taken { next[place] -= UInt8(weight) }
                for (place, weight) in gives[transition] {
                    guard Int(next[place]) + weight <= 255 else { throw LogRefusal("the model can gather tokens without end: it is unbounded") }
                    next[place] += UInt8(weight)
                }
                let target = next.withUnsafeBufferPointer { markings.code(of: $0) }
                let step = Step(target: Int32(target), label: labelOf[transition])
                if Int(target) != marking || step.label >= 0 { steps.append(step) }
            }
            offsets.append(Int32(steps.count))
            marking += 1
            guard markings.count <= MarkingGraph.markingsMax else {
                throw LogRefusal("the model has more than \(MarkingGraph.markingsMax) states: it cannot be aligned exactly here")
            }
        }
        let end = tokens(net.final)
        guard let final = (0..<markings.count).first(where: { Array(markings.bytes(of: $0)) == end }) else {
            throw LogRefusal("the model cannot reach its final marking")
        }
        (self.labels, self.offsets, self.steps, self.final) = (labels, offsets, steps, final)
    }
}
