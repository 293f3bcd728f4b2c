/// Puts into a person's terms what a scan has taken.
struct Describing {
    let table: LeafTable
    let scan: Scan
    let shuffles: Shuffles?
    /// Sum of the absolute deviations of all findings and of the rest.
    let allDeviation: Double

    static let examplesMax = 3
    static let aliasesMax = 8

    func finding(_ index: Int, effect: Double) -> Finding {
        let taken = scan.taken[index]
        let grouping = scan.groupings[taken.slice.grouping]
        let whole = grouping.sliceOfLeaf.indices.filter { Int(grouping.sliceOfLeaf[$0]) == taken.slice.slice }
        let expected = taken.leaves.reduce(0) { $0 + scan.evidence.expected[$1] }
        let real = taken.leaves.reduce(0) { $0 + table.real[$1] }
        let parts = table.columns == .ratio ? taken.leaves.reduce(0) { $0 + table.realParts[$1] } : 1
        let gain = taken.gain / scan.inflation
        let chance = exponential(min(0, naturalLogarithm(Double(grouping.slices)) + naturalLogarithm(Double(scan.groupings.count)) - gain))
        return Finding(
            combination: combination(grouping.attributes, at: whole[0]), aliases: aliases(of: whole, except: taken.slice.grouping), leaves: whole.count,
            cases: table.columns == .ratio ? parts : scan.evidence.reading == .counts ? real : Double(whole.count),
            real: parts > 0 ? real / parts : 0, expected: parts > 0 ? expected / parts : 0, effect: effect,
            relative: expected != 0 ? effect / abs(expected) : nil, explained: allDeviation > 0 ? abs(effect) / allDeviation : 0, gain: gain,
            chance: chance, pValue: shuffles?.pValue(of: index, in: scan), examples: examples(taken.leaves))
    }

    private func combination(_ attributes: [Int], at leaf: Int) -> [Finding.Attribute] {
        attributes.map { Finding.Attribute(name: table.attributes[$0], value: table.values[$0][Int(table.codes[$0][leaf])]) }
    }

    private func aliases(of leaves: [Int], except own: Int) -> [[Finding.Attribute]] {
        var found: [[Finding.Attribute]] = []
        for (index, grouping) in scan.groupings.enumerated() where index != own && found.count < Describing.aliasesMax {
            let slice = grouping.sliceOfLeaf[leaves[0]]
            guard leaves.allSatisfy({ grouping.sliceOfLeaf[$0] == slice }) else { continue }
            guard grouping.sliceOfLeaf.count(where: { $0 == slice }) == leaves.count else { continue }
            found.append(combination(grouping.attributes, at: leaves[0]))
        }
        return found
    }

    private func examples(_ leaves: [Int]) -> [Finding.Example] {
        let deviations = scan.evidence.deviations
        let largest = leaves.sorted { (abs(deviations[$0]), $1) > (abs(deviations[$1]), $0) }.prefix(Describing.examplesMax)
        return largest.map { leaf in
            let parts = table.columns == .ratio ? max(table.realParts[leaf], .leastNormalMagnitude) : 1
            return Finding.Example(
                values: combination(Array(table.attributes.indices), at: leaf), real: table.real[leaf] / parts,
                expected: scan.evidence.expected[leaf] / parts)
        }
    }
}
