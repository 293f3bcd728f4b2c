import Chronicle
import Disputes
import Runtime

/// A member of staff, proven by a session or a key of their own. Only identity makes one.
public struct StaffContext: Hashable, Sendable {
    /// By what they are known.
    public enum Proof: Hashable, Sendable {
        /// They may open the store itself, and say who they are.
        case folder
        case key
        /// - Parameter secondFactor: when one was last shown in it.
        case session(secondFactor: Instant?)
    }

    public let handle: String
    public let standing: StaffStanding
    public let proof: Proof

    /// Something beyond a password was shown.
    public var hasSecondFactor: Bool { proof != .session(secondFactor: nil) }

    package init(handle: String, standing: StaffStanding, by proof: Proof) { (self.handle, self.standing, self.proof) = (handle, standing, proof) }
}

/// A party, proven by a token of the exchange or a link sent to them.
public struct PartyContext: Hashable, Sendable {
    public let party: PartyID
    /// The one case there is for a party who came by a link; `nil` for one the exchange sent in.
    public let onlyCase: CaseID?
    /// A program of theirs asks, with a key.
    public let byKey: Bool

    package init(party: PartyID, onlyCase: CaseID? = nil, byKey: Bool = false) { (self.party, self.onlyCase, self.byKey) = (party, onlyCase, byKey) }
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
