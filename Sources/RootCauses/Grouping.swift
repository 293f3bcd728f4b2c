/// All slices by one set of attributes (a cuboid): which slice each leaf is in.
struct Grouping: Sendable {
    /// Ascending.
    let attributes: [Int]
    let sliceOfLeaf: [UInt32]
    /// For each slice, the first leaf in it.
    let firstLeaves: [UInt32]
    var slices: Int { firstLeaves.count }
    /// Where this grouping's slices begin among those of all groupings.
    var offset = 0
}

extension LeafTable {
    /// Every grouping by up to as many attributes as the table's size allows: all of them with six attributes or fewer, three at a time beyond.
    func groupings() -> [Grouping] {
        var found: [Grouping] = []
        var depth = attributes.count <= 6 ? attributes.count : 3
        while depth > 1, LeafTable.groupings(of: attributes.count, depth: depth) * leaves > Limit.cellsMax { depth -= 1 }
        extend([], Numbering(leaves: leaves), depth, &found)
        found.sort { ($0.attributes.count, $0.attributes.first ?? 0) < ($1.attributes.count, $1.attributes.first ?? 0) }
        var offset = 0
        for index in found.indices {
            found[index].offset = offset
            offset += found[index].slices
        }
        return found
    }

    private func extend(_ chosen: [Int], _ numbering: Numbering, _ depth: Int, _ found: inout [Grouping]) {
        guard chosen.count < depth else { return }
        for attribute in (chosen.last.map { $0 + 1 } ?? 0)..<attributes.count {
            let finer = numbering.refined(by: codes[attribute], size: values[attribute].count)
            found.append(Grouping(attributes: chosen + [attribute], sliceOfLeaf: finer.numbers, firstLeaves: finer.firsts))
            extend(chosen + [attribute], finer, depth, &found)
        }
    }

    private static func groupings(of attributes: Int, depth: Int) -> Int {
        var (total, choose) = (0, 1)
        for taken in 1...depth {
            choose = choose * (attributes - taken + 1) / taken
            total += choose
        }
        return total
    }
}
