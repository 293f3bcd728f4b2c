import Chronicle
import Policies

/// A member of staff owns the case now. One owner at a time, always.
public struct CaseAssigned: CaseHappening {
    public static let type = EventType("case-assigned")
    public let to: StaffID
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.owner = to
        // Whoever takes an appeal on hears it; that is no part in the decision appealed against.
        if dispute.phase != .appeal { dispute.handlers.insert(to) }
    }
}

/// The owner gave it back to the queue.
public struct CaseReleased: CaseHappening {
    public static let type = EventType("case-released")
    public let by: StaffID
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) { dispute.owner = nil }
}

public struct TierSet: CaseHappening {
    public static let type = EventType("tier-set")
    public let tier: TierCode
    public let reason: String
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) { dispute.tier = tier }
}

/// A member of staff stands in a relation to a party and may not work on the case.
public struct RelationDeclared: CaseHappening {
    public static let type = EventType("relation-declared")
    public let staff: StaffID
    public let nature: String
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {
        dispute.conflicted.insert(staff)
        if dispute.owner == staff { dispute.owner = nil }
        dispute.dropVote(of: staff)
    }
}

extension Case {
    /// A vote of somebody who stands in a relation to a party does not count; the panel needs another voter.
    mutating func dropVote(of staff: StaffID) {
        guard let open = appeals.last, open.decision == nil, open.votes[staff] != nil else { return }
        change(open.id) {
            $0.votes[staff] = nil
            $0.revealed = nil
        }
    }
}

/// The agent has seen enough to decide.
public struct InvestigationConcluded: CaseHappening {
    public static let type = EventType("investigation-concluded")
    public func evolve(_ dispute: inout Case, _ envelope: Envelope) {}
}
