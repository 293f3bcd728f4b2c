/// Grows one tree, leaf by leaf, always where most is gained.
struct TreeGrower {
    /// A leaf that may be split: its rows, a histogram, and its best split.
    private struct Leaf {
        var node: Int
        var range: Range<Int>
        var histogram: [Int64]
        var gain = 0.0
        var column = 0
        var bin: UInt8 = 0
    }

    private let rows: BinnedRows
    private var order: [Int32] = []
    private var signs: [Int64] = []
    private var scratch: [Int64] = []

    init(_ rows: BinnedRows) {
        self.rows = rows
        signs = [Int64](repeating: 0, count: rows.count)
    }

    mutating func grow(_ guesses: [Int64], _ targets: [Int64], _ chance: inout Chance) -> [BoostedMedian.Node] {
        drawRows(&chance)
        for row in order {
            // The count of rows above, the sum of signs below: one addition for both.
            signs[Int(row)] = (1 << 32) + (targets[Int(row)] - guesses[Int(row)]).signum()
        }
        var nodes = [leafNode()]
        var leaves = [Leaf(node: 0, range: 0..<order.count, histogram: histogram(of: 0..<order.count))]
        findSplit(&leaves[0])
        var count = 1
        while count < BoostedMedian.leavesMax {
            guard let best = leaves.indices.max(by: { leaves[$0].gain < leaves[$1].gain }), leaves[best].gain > 0 else { break }
            let leaf = leaves[best]
            let middle = part(leaf)
            let (left, right) = (leaf.range.lowerBound..<middle, middle..<leaf.range.upperBound)
            nodes[leaf.node] = BoostedMedian.Node(
                column: Int32(leaf.column), bin: leaf.bin, left: Int32(nodes.count), right: Int32(nodes.count + 1), value: 0, isLeaf: false)
            let smaller = left.count < right.count ? left : right
            let small = histogram(of: smaller)
            var large = leaf.histogram
            for slot in large.indices { large[slot] &-= small[slot] }
            var one = Leaf(node: nodes.count, range: left, histogram: left == smaller ? small : large)
            var other = Leaf(node: nodes.count + 1, range: right, histogram: left == smaller ? large : small)
            nodes += [leafNode(), leafNode()]
            findSplit(&one)
            findSplit(&other)
            leaves[best] = one
            leaves.append(other)
            count += 1
        }
        for leaf in leaves { nodes[leaf.node].value = median(leaf.range, guesses, targets) / BoostedMedian.share }
        return nodes
    }

    private func leafNode() -> BoostedMedian.Node { .init(column: 0, bin: 0, left: 0, right: 0, value: 0, isLeaf: true) }

    /// All rows, or where they are many, so many drawn anew for each tree.
    private mutating func drawRows(_ chance: inout Chance) {
        let (wanted, count) = (min(rows.count, BoostedMedian.rowsOfTreeMax), rows.count)
        order.removeAll(keepingCapacity: true)
        // Each row with the chance that what is still wanted has among what is left (Knuth's algorithm S).
        for row in 0..<count where chance.below(count - row) < wanted - order.count { order.append(Int32(row)) }
    }

    private func histogram(of range: Range<Int>) -> [Int64] {
        let (width, bins) = (rows.width, BinnedRows.binsMax)
        var histogram = [Int64](repeating: 0, count: width * bins)
        histogram.withUnsafeMutableBufferPointer { histogram in
            rows.bins.withUnsafeBufferPointer { values in
                order.withUnsafeBufferPointer { order in
                    signs.withUnsafeBufferPointer { signs in
                        for place in range {
                            let row = Int(order[place])
                            let (sign, base) = (signs[row], row &* width)
                            for column in 0..<width { histogram[column &* bins &+ Int(values[base &+ column])] &+= sign }
                        }
                    }
                }
            }
        }
        return histogram
    }

    /// How much splitting gains: the sums of signs of both sides, squared, by their rows.
    private func findSplit(_ leaf: inout Leaf) {
        let least = Int64(BoostedMedian.rowsOfLeafMin)
        let (bins, width) = (BinnedRows.binsMax, rows.width)
        let all = leaf.range.count
        guard all >= 2 * BoostedMedian.rowsOfLeafMin else { return }
        let whole = leaf.histogram[0..<bins].reduce(0, &+)
        let (total, totalSum) = Self.parts(whole)
        let before = Double(totalSum * totalSum) / Double(total)
        leaf.histogram.withUnsafeBufferPointer { histogram in
            for column in 0..<width {
                var left: Int64 = 0
                for bin in 0..<(bins - 1) {
                    let slot = histogram[column &* bins &+ bin]
                    if slot == 0 { continue }
                    left &+= slot
                    let (count, sum) = Self.parts(left)
                    if count < least { continue }
                    if total - count < least { break }
                    let rest = totalSum - sum
                    let gain = Double(sum * sum) / Double(count) + Double(rest * rest) / Double(total - count) - before
                    if gain > leaf.gain + 1e-9 { (leaf.gain, leaf.column, leaf.bin) = (gain, column, UInt8(bin)) }
                }
            }
        }
    }

    private static func parts(_ packed: Int64) -> (count: Int64, sum: Int64) {
        let count = (packed &+ (1 << 31)) >> 32
        return (count, packed &- (count << 32))
    }

    /// Brings the rows that go left before the others; returns where the others begin.
    private mutating func part(_ leaf: Leaf) -> Int {
        var (left, right) = (leaf.range.lowerBound, leaf.range.upperBound - 1)
        let (width, column) = (rows.width, leaf.column)
        rows.bins.withUnsafeBufferPointer { bins in
            order.withUnsafeMutableBufferPointer { order in
                while left <= right {
                    if bins[Int(order[left]) &* width &+ column] <= leaf.bin {
                        left += 1
                    } else {
                        order.swapAt(left, right)
                        right -= 1
                    }
                }
            }
        }
        return left
    }

    private mutating func median(_ range: Range<Int>, _ guesses: [Int64], _ targets: [Int64]) -> Int64 {
        scratch.removeAll(keepingCapacity: true)
        for place in range { scratch.append(targets[Int(order[place])] - guesses[Int(order[place])]) }
        return scratch.withUnsafeMutableBufferPointer { $0.isEmpty ? 0 : Percentile.select(50, of: $0) }
    }
}
