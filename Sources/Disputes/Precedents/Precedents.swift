import Policies

/// What was found when like cases were looked for.
public struct Precedents: Hashable, Sendable {
    /// Most alike first.
    public let nearest: [Neighbour]
    /// From so many points on a decided case is a precedent (`precedent-likeness`).
    public let near: Int
    /// With fewer precedents nobody is asked why they decide otherwise (`precedents-before-deviation`).
    public let needed: Int

    /// So many are shown and weighed.
    public static let shown = 20

    public init(nearest: [Neighbour], near: Int, needed: Int) { (self.nearest, self.near, self.needed) = (nearest, near, needed) }

    /// The precedents: what a ruling is weighed against.
    public var binding: [Neighbour] {
        let found = nearest.filter { $0.likeness.points >= near }
        return found.count >= needed ? found : []
    }

    /// The outcome more than half of the precedents had; `nil` when there are too few or they disagree.
    public var prevailing: OutcomeCode? {
        let binding = binding
        let counts = binding.reduce(into: [OutcomeCode: Int]()) { $0[$1.decided.outcome, default: 0] += 1 }
        return counts.first { $0.value * 2 > binding.count }?.key
    }

    /// How many precedents had another outcome than this one.
    public func otherwise(than outcome: OutcomeCode) -> Int { binding.count { $0.decided.outcome != outcome } }
}
