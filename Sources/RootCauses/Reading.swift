/// How a table is read: which kind of KPI it holds, and so which likelihood speaks for a slice. Told from the numbers alone.
public enum Reading: String, Hashable, Sendable {
    /// Sums, such as money or hours: the change of each leaf relative to its size, weighed by how much leaves of that size scatter.
    case amounts
    /// Whole numbers, few in most leaves: Poisson.
    case counts
    /// a of b, never more than b: binomial.
    case shares
    /// a for each of b, such as hours for each case: like amounts, weighed by the number of cases.
    case means
}

extension LeafTable {
    /// How this table is read.
    public var reading: Reading {
        switch columns {
        case .ratio:
            let isShare = zip(real, realParts).allSatisfy { $0 <= $1 } && zip(predicted, predictedParts).allSatisfy { $0 <= $1 }
            return isShare ? .shares : .means
        case .additive:
            let areCounts = real.allSatisfy { $0 >= 0 && $0 == $0.rounded() } && predicted.allSatisfy { $0 >= 0 }
            let total = real.reduce(0, +)
            return areCounts && total < Double(leaves) * Constants.countsPerLeafMax ? .counts : .amounts
        }
    }
}
