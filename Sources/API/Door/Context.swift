import Chronicle
import Disputes
import Runtime

/// A member of staff, proven by a session or a key of their own. Only identity makes one.
public struct StaffContext: Hashable, Sendable {
    public let handle: String
    public let standing: StaffStanding
    /// Something beyond a password was shown.
    public let hasSecondFactor: Bool

    package init(handle: String, standing: StaffStanding, hasSecondFactor: Bool) {
        (self.handle, self.standing, self.hasSecondFactor) = (handle, standing, hasSecondFactor)
    }
}

/// A party, proven by a token of the exchange or a link sent to them.
public struct PartyContext: Hashable, Sendable {
    public let party: PartyID
    /// The one case there is for a party who came by a link; `nil` for one the exchange sent in.
    public let onlyCase: CaseID?

    package init(party: PartyID, onlyCase: CaseID? = nil) { (self.party, self.onlyCase) = (party, onlyCase) }
}

/// The exchange, an acquirer, an importer, a monitor: proven by a key bound to its name.
public struct MachineContext: Hashable, Sendable {
    public let name: String
    public let scopes: Set<Scope>

    package init(name: String, scopes: Set<Scope>) { (self.name, self.scopes) = (name, scopes) }
}

/// Whoever was let in, as one of the three.
public enum Caller: Hashable, Sendable {
    case staff(StaffContext)
    case party(PartyContext)
    case machine(MachineContext)

    /// As the desk knows them.
    public var requester: Requester {
        switch self {
        case .staff(let context): .staff(context.standing)
        case .party(let context): .party(context.party)
        case .machine(let context): .machine(context.name)
        }
    }
}
