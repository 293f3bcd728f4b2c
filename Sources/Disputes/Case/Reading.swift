import Chronicle
import Policies

/// What a party may read of its own case; of others' cases it may read nothing.
extension Case {
    /// May the party read this? What was written for it, and what it wrote itself.
    public func mayRead(_ audience: Audience, by author: Actor, _ reader: Party) -> Bool {
        author == .party(reader.id) || mayRead(audience, reader)
    }

    /// Is the next move this party's: an answer to the claim, or to a question?
    public func waits(for party: Party, _ policy: Policy) -> Bool {
        guard !isClosed else { return false }
        if openRequests.contains(where: { $0.side == party.side }) { return true }
        return party.side == .other && answers.isEmpty && policy.workflows[workflow]?.steps[step]?.acts.contains(.answer) == true
    }

    /// Was this written for the party? What staff write to each other, or to the other side alone, was not.
    public func mayRead(_ audience: Audience, _ reader: Party) -> Bool {
        switch audience {
        case .parties: true
        case .filer: reader.side == .filer
        case .other: reader.side == .other
        case .staff, .authority: false
        }
    }

    /// The ruling in force as far as it was announced: none that waits for its second key, which may still send it back.
    public var announcedRuling: MadeRuling? { rulings.last { !$0.returned && $0.isSigned } }

    /// Has the escrow been emptied: by decision, by agreement or by the parties themselves?
    public var isPaidOut: Bool {
        if case .closed(let closure) = stage, closure.how == .escrowMovedByParties { return true }
        return instructions.contains { instruction in
            guard case .confirmed = progress[instruction.id] else { return false }
            return switch instruction.kind {
            case .release, .returnToSeller, .split: true
            default: false
            }
        }
    }
}
