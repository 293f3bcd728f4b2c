/// Looks at every slice of every grouping, takes the one that gains most, takes its leaves out, and looks again.
struct Scan {
    /// One slice of one grouping.
    struct Slice: Hashable {
        let grouping: Int
        let slice: Int
    }

    struct Taken {
        let slice: Slice
        /// Log-likelihood gained when it was taken.
        let gain: Double
        /// Its leaves that no earlier finding had.
        let leaves: [Int]
        /// Their sums.
        let sums: Evidence.Sums
    }

    let groupings: [Grouping]
    let evidence: Evidence
    let attributes: [String]
    /// The gain a slice must reach: the logarithm of how many slices there are, and a margin.
    let threshold: Double
    private var sums: [Evidence.Sums]
    private var remaining: [Evidence.Sums]
    private(set) var taken: [Taken] = []
    /// Everything that is not in a finding.
    private(set) var rest: Evidence.Sums
    private let prices: [Double]
    /// How much more slices without a cause scatter than chance alone makes them, at least 1.
    private(set) var inflation = 1.0

    init(_ table: LeafTable, groupings: [Grouping], evidence: Evidence) {
        (self.groupings, self.evidence, attributes) = (groupings, evidence, table.attributes)
        let slices = groupings.reduce(0) { $0 + $1.slices }
        threshold = naturalLogarithm(Double(max(slices, 1))) + Constants.gainMargin
        prices = groupings.map { Constants.groupingPrice * naturalLogarithm(Double(max($0.slices, 1))) }
        remaining = evidence.leaves
        rest = evidence.leaves.reduce(.zero, +)
        sums = Scan.sums(of: groupings, evidence.leaves, slices)
    }

    /// The finest groupings are summed from the leaves, every other from the finer one with the fewest slices.
    private static func sums(of groupings: [Grouping], _ leaves: [Evidence.Sums], _ slices: Int) -> [Evidence.Sums] {
        var sums = [Evidence.Sums](repeating: .zero, count: slices)
        let finestFirst = groupings.indices.sorted { groupings[$0].attributes.count > groupings[$1].attributes.count }
        for index in finestFirst {
            let grouping = groupings[index]
            let finer = groupings.filter { $0.attributes.count == grouping.attributes.count + 1 && Set($0.attributes).isSuperset(of: grouping.attributes) }
            if let source = finer.min(by: { $0.slices < $1.slices }) {
                for slice in 0..<source.slices {
                    sums[grouping.offset + Int(grouping.sliceOfLeaf[Int(source.firstLeaves[slice])])] += sums[source.offset + slice]
                }
            } else {
                for leaf in leaves.indices { sums[grouping.offset + Int(grouping.sliceOfLeaf[leaf])] += leaves[leaf] }
            }
        }
        return sums
    }

    /// The part of all that leaves say which the findings hold, 0…1.
    var taking: Double {
        let all = evidence.leaves.reduce(0) { $0 + $1.w }
        return all > 0 ? taken.reduce(0) { $0 + $1.sums.w } / all : 0
    }

    mutating func run() {
        while taken.count < Constants.findingsMax, let best = best() { take(best.slice, gain: best.gain) }
        inflation = restInflation()
    }

    /// How much the gain of a slice and the drift of everything else, together, exceed the drift of everything.
    @inline(__always)
    private func gain(_ slice: Evidence.Sums, _ drift: Double) -> Double {
        var outside = rest - slice
        outside.w = max(outside.w, 0)
        outside.y = max(outside.y, 0)
        outside.z = max(outside.z, 0)
        if evidence.reading == .shares || evidence.reading == .counts { outside.x = max(outside.x, 0) }
        return evidence.gain(slice) + evidence.driftGain(outside) - drift
    }

    private func best() -> (slice: Slice, gain: Double)? {
        let drift = evidence.driftGain(rest)
        var best: (slice: Slice, gain: Double, worth: Double)?
        for (index, grouping) in groupings.enumerated() where grouping.slices > 1 {
            let price = prices[index]
            sums.withUnsafeBufferPointer { sums in
                for slice in 0..<grouping.slices {
                    let gain = gain(sums[grouping.offset + slice], drift)
                    guard gain >= threshold else { continue }
                    let worth = gain - price
                    if let so = best {
                        guard worth > so.worth - 1e-6 else { continue }
                        if worth < so.worth + 1e-6, !isPlainer(index, than: so.slice.grouping) { continue }
                    }
                    best = (Slice(grouping: index, slice: slice), gain, worth)
                }
            }
        }
        return best.map { ($0.slice, $0.gain) }
    }

    /// Among equals: fewer attributes, then by their names, so that the order of columns changes nothing.
    private func isPlainer(_ one: Int, than other: Int) -> Bool {
        let (one, other) = (groupings[one].attributes, groupings[other].attributes)
        if one.count != other.count { return one.count < other.count }
        return one.map { attributes[$0] }.sorted().joined(separator: "\u{0}") < other.map { attributes[$0] }.sorted().joined(separator: "\u{0}")
    }

    private mutating func take(_ slice: Slice, gain: Double) {
        let grouping = groupings[slice.grouping]
        let total = sums[grouping.offset + slice.slice]
        var leaves: [Int] = []
        for leaf in grouping.sliceOfLeaf.indices where Int(grouping.sliceOfLeaf[leaf]) == slice.slice && remaining[leaf] != .zero { leaves.append(leaf) }
        for grouping in groupings {
            for leaf in leaves { sums[grouping.offset + Int(grouping.sliceOfLeaf[leaf])] -= remaining[leaf] }
        }
        // What is left of a difference of sums is not quite zero: the taken slice itself is, and the rest is summed anew.
        sums[grouping.offset + slice.slice] = .zero
        for leaf in leaves { remaining[leaf] = .zero }
        rest = remaining.reduce(.zero, +)
        taken.append(Taken(slice: slice, gain: gain, leaves: leaves, sums: total))
    }

    /// The gains of the slices that are left, against what chance would make of them, at their median and their ninetieth percentile: what genetics
    /// calls genomic control. Where the world drifts in patches, every slice gains a little, and a finding must gain that much more.
    private func restInflation() -> Double {
        let drift = evidence.driftGain(rest)
        var gains: [Double] = []
        let coarse = groupings.filter { $0.attributes.count < attributes.count || attributes.count == 1 }
        let stride = max(1, coarse.reduce(0) { $0 + $1.slices } / 4096)
        for grouping in coarse where grouping.slices > 1 {
            for slice in Swift.stride(from: 0, to: grouping.slices, by: stride) where sums[grouping.offset + slice].w > 1 {
                gains.append(2 * gain(sums[grouping.offset + slice], drift))
            }
        }
        guard gains.count >= 10 else { return 1 }
        gains.sort()
        return max(1, gains[gains.count / 2] / 0.4549, gains[gains.count * 9 / 10] / 2.7055)
    }
}
