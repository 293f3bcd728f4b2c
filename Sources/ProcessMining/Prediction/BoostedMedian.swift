/// Regression trees, each grown on what those before it left over, for the median: boosting with absolute loss (Friedman, 2001), splits by
/// histogram, leaves by exact medians. All in whole microseconds.
struct BoostedMedian: Sendable {
    struct Node {
        var column: Int32
        /// Up to and with this bin a row goes left.
        var bin: UInt8
        var left: Int32
        var right: Int32
        var value: Int64
        var isLeaf: Bool
    }

    static let leavesMax = 63
    static let rowsOfLeafMin = 12
    /// How much of what a tree finds is taken: a sixteenth.
    static let share: Int64 = 16
    static let treesMax = 600
    /// So many trees without gain on the held-out rows end the growing.
    static let patience = 30
    /// Of more rows than that, so many are drawn anew for every tree.
    static let rowsOfTreeMax = 24_000

    private(set) var trees: [[Node]] = []

    /// Grows trees on `rows` from their first guesses, as long as the held-out rows gain.
    init(_ rows: BinnedRows, from first: [Int64], to targets: [Int64], heldOut: BinnedRows, from heldFirst: [Int64], to heldTargets: [Int64], seed: UInt64) {
        guard rows.count >= 2 * Self.rowsOfLeafMin, heldOut.count > 0 else { return }
        var (guesses, heldGuesses) = (first, heldFirst)
        var (best, bestCount) = (Self.error(heldGuesses, heldTargets), 0)
        var chance = Chance(seed: seed)
        var grower = TreeGrower(rows)
        while trees.count < Self.treesMax, trees.count - bestCount < Self.patience {
            let tree = grower.grow(guesses, targets, &chance)
            guard tree.count > 1 else { break }
            trees.append(tree)
            Self.add(tree, rows, &guesses)
            Self.add(tree, heldOut, &heldGuesses)
            let error = Self.error(heldGuesses, heldTargets)
            if error < best { (best, bestCount) = (error, trees.count) }
        }
        trees.removeLast(trees.count - bestCount)
    }

    /// The first guesses, bettered by all trees.
    func better(_ rows: BinnedRows, from first: [Int64]) -> [Int64] {
        var guesses = first
        for tree in trees { Self.add(tree, rows, &guesses) }
        return guesses
    }

    private static func add(_ tree: [Node], _ rows: BinnedRows, _ guesses: inout [Int64]) {
        let width = rows.width
        tree.withUnsafeBufferPointer { tree in
            rows.bins.withUnsafeBufferPointer { bins in
                guesses.withUnsafeMutableBufferPointer { guesses in
                    for row in 0..<guesses.count {
                        var node = 0
                        while !tree[node].isLeaf {
                            node = Int(bins[row &* width &+ Int(tree[node].column)] <= tree[node].bin ? tree[node].left : tree[node].right)
                        }
                        guesses[row] &+= tree[node].value
                    }
                }
            }
        }
    }

    private static func error(_ guesses: [Int64], _ targets: [Int64]) -> Double {
        var sum = 0.0
        for row in guesses.indices { sum += Double(abs(max(guesses[row], 0) - targets[row])) }
        return sum
    }
}
