/// A fact of a case with a small closed set of values, which guards and decision tables may ask about.
///
/// There is no expression language: because every fact's values are known, a table of guards can be printed, diffed and checked for
/// combinations that no row or two rows cover.
public enum Fact: String, Hashable, Sendable, CaseIterable, Codable {
    case sides, escrow, filer, answered, evidence, money, secondKey = "second-key", appealable, appealLevel = "appeal-level"
    case tier, railSpeed = "rail-speed", phaseLive = "trade", scheme, parent, novel, silent, ruled, keepsHold = "keeps-hold"

    /// Every value the fact can take.
    public var values: [String] {
        switch self {
        case .sides: ["one", "two"]
        case .escrow: ["held", "none"]
        case .filer: ["buyer", "seller", "user", "merchant", "issuer", "authority"]
        case .answered: ["yes", "no"]
        case .evidence: ["complete", "incomplete"]
        case .money: ["moves", "stays"]
        case .secondKey: ["needed", "free"]
        case .appealable: ["yes", "no"]
        case .appealLevel: ["none", "L2", "L3"]
        case .tier: ["T0", "T1", "T2", "T3", "T4"]
        case .railSpeed: ["instant", "slow", "none"]
        case .phaseLive: ["live", "post"]
        case .scheme: ["visa", "mastercard", "amex", "discover", "none"]
        case .parent: ["yes", "no"]
        case .novel: ["yes", "no"]
        case .silent: ["nobody", "filer", "other", "both"]
        case .ruled: ["no", "yes"]
        case .keepsHold: ["no", "yes"]
        }
    }
}

/// One typed condition: the fact has one of these values.
public struct Condition: Hashable, Sendable {
    public let fact: Fact
    public let anyOf: Set<String>

    public init(_ fact: Fact, in values: Set<String>) {
        self.fact = fact
        self.anyOf = values
    }

    public func holds(in facts: Facts) -> Bool { anyOf.contains(facts[fact]) }
}

extension Condition: CustomStringConvertible {
    /// `second-key is needed`, `tier is T0 or T1`
    public var description: String { "\(fact.rawValue) is \(anyOf.sorted().joined(separator: " or "))" }
}

/// The value of every fact, for one case at one moment.
public struct Facts: Hashable, Sendable {
    /// By the fact's place among all: asked for several times with every command, and a small table needs no hashing.
    private var values: [String]

    /// Facts left out take the first of their values.
    public init(_ values: KeyValuePairs<Fact, String>) {
        self.values = Facts.first
        for (fact, value) in values { self.values[fact.place] = value }
    }

    public init(_ values: [Fact: String]) {
        self.values = Facts.first
        for (fact, value) in values { self.values[fact.place] = value }
    }

    private static let first = Fact.allCases.map { $0.values[0] }

    public subscript(fact: Fact) -> String { values[fact.place] }
}

extension Fact {
    /// Its place in `allCases`.
    fileprivate var place: Int {
        switch self {
        case .sides: 0
        case .escrow: 1
        case .filer: 2
        case .answered: 3
        case .evidence: 4
        case .money: 5
        case .secondKey: 6
        case .appealable: 7
        case .appealLevel: 8
        case .tier: 9
        case .railSpeed: 10
        case .phaseLive: 11
        case .scheme: 12
        case .parent: 13
        case .novel: 14
        case .silent: 15
        case .ruled: 16
        case .keepsHold: 17
        }
    }
}
