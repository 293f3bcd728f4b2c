/// How alike two cases are, in points of a hundred, and what the points are for.
///
/// A plain sum, so that a person can check it and a regulator can read it: each aspect gives its points where the two cases agree. Evidence gives its
/// share of what both have among what either has (Jaccard); an amount loses points with each factor of two between them. Cases of different types are
/// not compared.
public enum Aspect: String, Hashable, Sendable, CaseIterable, Codable {
    case reason, evidence, answered, filer, rail, amount, merchant, jurisdiction

    public var points: Int {
        switch self {
        case .reason: 40
        case .evidence: 20
        case .answered, .filer: 10
        case .rail: 8
        case .amount: 6
        case .merchant: 4
        case .jurisdiction: 2
        }
    }
}

/// The points of one pair of cases.
public struct Likeness: Hashable, Sendable {
    public let points: Int
    /// Where the two cases are not the same: what a reader must weigh.
    public let differs: [Aspect]

    public static let most = Aspect.allCases.reduce(0) { $0 + $1.points }

    init(points: Int, differs: [Aspect]) { (self.points, self.differs) = (points, differs) }

    public init(_ one: CaseFeatures, _ other: CaseFeatures) {
        var points = 0
        var differs: [Aspect] = []
        for aspect in Aspect.allCases {
            let earned = Likeness.points(aspect, one, other)
            points += earned
            if earned < aspect.points { differs.append(aspect) }
        }
        (self.points, self.differs) = (points, differs)
    }

    private static func points(_ aspect: Aspect, _ one: CaseFeatures, _ other: CaseFeatures) -> Int {
        let same: Bool
        switch aspect {
        case .reason: same = one.reason == other.reason
        case .evidence:
            return shared(one.evidence.intersection(other.evidence).count, of: one.evidence.union(other.evidence).count)
        case .answered: same = one.answered == other.answered
        case .filer: same = one.filedBy == other.filedBy
        case .rail: same = one.rail == other.rail
        case .amount: return amount(one.magnitude, other.magnitude)
        case .merchant: same = one.merchant == other.merchant
        case .jurisdiction: same = one.jurisdiction == other.jurisdiction
        }
        return same ? aspect.points : 0
    }

    /// Points for evidence: nothing on either file is the same file.
    static func shared(_ both: Int, of either: Int) -> Int { either == 0 ? Aspect.evidence.points : Aspect.evidence.points * both / either }

    /// Points for the amount: all within a factor of two, fewer for each further one.
    static func amount(_ one: Int?, _ other: Int?) -> Int {
        guard let one, let other else { return one == other ? Aspect.amount.points : 0 }
        switch abs(one - other) {
        case 0: return Aspect.amount.points
        case 1: return 5
        case 2: return 3
        case 3: return 1
        default: return 0
        }
    }
}
