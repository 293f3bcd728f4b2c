/// The method's constants: one value each for every table. Where they come from: docs/decisions/0010-root-causes.md.
enum Constants {
    /// Cases' worth of belief in the pattern of the attributes, against a leaf's own history.
    static let leafShrinkage = 20.0
    /// How firmly an attribute's effect on a share is held to none where there is little history.
    static let effectRidge = 0.3
    /// Variance, in log odds, of the drift that any single leaf's share has without a cause (half a unit of log odds).
    static let leafDrift = 0.25
    /// The same for counts, as a relative variance.
    static let countDrift = 0.05
    /// A drift of everything at once that is believed before a slice is blamed: its standard deviation and its bound, in log odds for shares and relative to
    /// the size for the others.
    @inline(__always)
    static func sharedDrift(of reading: Reading) -> (deviation: Double, most: Double) { reading == .shares ? (0.3, 1) : (0.05, 0.1) }
    /// Above the logarithm of the number of slices, how much log-likelihood a slice must gain: under chance about one table in a hundred has one.
    static let gainMargin = 2.0
    /// How much a slice pays for each doubling (in natural logarithms) of the number of slices in its grouping.
    static let groupingPrice = 2.0
    /// Amounts are never believed to scatter less than this, relative to their size.
    static let scatterMin = 0.03
    /// Fewer cases in a leaf than this on average, and whole numbers, are read as counts.
    static let countsPerLeafMax = 20.0
    static let findingsMax = 40
}
