import Chronicle
import Policies

/// A pack somebody wants in force, and what became of that.
public struct PolicyProposal: Hashable, Sendable {
    public enum Outcome: Hashable, Sendable {
        case waiting
        case approved(by: Actor, at: Instant)
        case declined(by: Actor, at: Instant, because: String)
    }

    /// Its place in the stream of policies: how it is named.
    public let number: Int
    public let hash: PolicyHash
    public let title: String
    public let version: String
    public let effectiveFrom: CivilDate
    public let by: Actor
    public let at: Instant
    public let reason: String
    public var outcome = Outcome.waiting
}

/// Why a pack was not proposed, approved or declined.
public enum PolicyRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case unknown(Int)
    /// Approved or declined already.
    case settled(Int)
    case ownProposal
    case notPermitted(DeskAct)
    case unchanged
    case reasonMissing
    /// A pack is in force: one person alone does not replace it.
    case twoNeeded

    public var description: String {
        switch self {
        case .unknown(let number): "there is no proposal \(number)"
        case .settled(let number): "proposal \(number) was approved or declined already"
        case .ownProposal: "whoever proposed a pack does not approve or decline it; a second person does"
        case .notPermitted(let act): "your role does not include \(act.rawValue)"
        case .unchanged: "this pack is in force already"
        case .reasonMissing: "say in 1 to 500 characters why"
        case .twoNeeded:
            "a pack is in force, and replacing it takes two: one proposes the next (recourse policy propose), another approves it"
        }
    }
}
