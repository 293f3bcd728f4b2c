/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers from the same seed on every machine.
struct SeededNumbers {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Below `bound`, which is above 0 and below 2³².
    mutating func next(below bound: Int) -> Int { Int(((next() >> 32) &* UInt64(bound)) >> 32) }
}

/// How often a shuffle of what leaves deviate by, among the leaves that no earlier finding took, puts a slice by the same attributes as far off.
struct Shuffles {
    let seed: UInt64
    let most: Int
    /// Leaves shuffled in all, over the findings of one table: bounds the time to about a tenth of a second.
    static let leavesMax = 20_000_000

    func pValue(of finding: Int, in scan: Scan) -> Double? {
        let grouping = scan.groupings[scan.taken[finding].slice.grouping]
        var isTaken = [Bool](repeating: false, count: grouping.sliceOfLeaf.count)
        for earlier in scan.taken[..<finding] { for leaf in earlier.leaves { isTaken[leaf] = true } }
        let population = scan.evidence.leaves.indices.filter { !isTaken[$0] && scan.evidence.leaves[$0].w > 0 }
        guard scan.taken[finding].leaves.count(where: { scan.evidence.leaves[$0].w > 0 }) > 1 else { return nil }
        let slices = population.map { Int(grouping.sliceOfLeaf[$0]) }
        let roots = population.map { scan.evidence.leaves[$0].w.squareRoot() }
        var scores = population.map { scan.evidence.score(scan.evidence.leaves[$0]) }
        var weights = [Double](repeating: 0, count: grouping.slices)
        for index in population.indices { weights[slices[index]] += roots[index] * roots[index] }
        let observed = farthest(scores, roots, slices, weights, only: scan.taken[finding].slice.slice)
        var numbers = SeededNumbers(seed: seed &+ UInt64(finding))
        let shuffles = max(19, min(most, Shuffles.leavesMax / (max(population.count, 1) * max(scan.taken.count, 1))))
        var asFar = 0
        for _ in 0..<shuffles {
            for index in stride(from: scores.count - 1, to: 0, by: -1) { scores.swapAt(index, numbers.next(below: index + 1)) }
            if farthest(scores, roots, slices, weights, only: nil) >= observed - 1e-9 { asFar += 1 }
        }
        return Double(1 + asFar) / Double(1 + shuffles)
    }

    /// The largest squared deviation over variance of any slice, or of one.
    private func farthest(_ scores: [Double], _ roots: [Double], _ slices: [Int], _ weights: [Double], only slice: Int?) -> Double {
        var sums = [Double](repeating: 0, count: weights.count)
        for index in scores.indices { sums[slices[index]] += scores[index] * roots[index] }
        let squares = { (slice: Int) in weights[slice] > 0 ? sums[slice] * sums[slice] / weights[slice] : 0 }
        if let slice { return squares(slice) }
        return weights.indices.lazy.map(squares).max() ?? 0
    }
}
