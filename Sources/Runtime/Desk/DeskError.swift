import Chronicle
import Disputes
import EventStorage

/// Why the desk did not do what was asked: every failure of every part, as one closed set that a rim (terminal, HTTP) switches over once.
public enum DeskError: Error, Sendable {
    /// The rules say no.
    case refused(Refusal)
    case store(StoreError)
    case sealing(SealingError)
    case vault(VaultError)
    case exchange(ExchangeError)
    case noPolicyInForce
    case unknownPolicy(PolicyHash)
    case badPolicy([String])
    case unknownStaff(String)
    case unknownCase(String)
    case unknownKey(AccessKeyID)
    case webhook(WebhookRefusal)
    case arrangement(ArrangementRefusal)
    /// More than one case answers to what was typed.
    case ambiguousCase(String, [CaseID])
    /// Someone changed the case again and again while this was being decided.
    case tooBusy(CaseID)
    case alreadyTaken(handle: String)
    case notAHandle(String)
    case roleMissing
    case erasedAlready(PartyID)
    case nothingSealed(PartyID)
    /// An event in the log this build cannot read.
    case unreadable(sequence: Int64, reason: String)
}

extension DeskError {
    /// Is it this one case that cannot go on, rather than the store or the desk?
    var isOfOneCase: Bool {
        switch self {
        case .refused, .unreadable, .unknownPolicy, .badPolicy, .tooBusy: true
        default: false
        }
    }
}

extension DeskError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .refused(let refusal): "\(refusal)"
        case .store(let error): "\(error)"
        case .sealing(let error): "\(error)"
        case .vault(let error): "\(error)"
        case .exchange(let error): "\(error)"
        case .noPolicyInForce: "no policy pack is in force; publish one first"
        case .unknownPolicy(let hash): "the log holds no policy pack \(hash.short)"
        case .badPolicy(let complaints): "the policy pack has errors:\n" + complaints.joined(separator: "\n")
        case .unknownStaff(let handle): "nobody on staff is called “\(handle)”"
        case .unknownKey(let id): "there is no key \(id)"
        case .webhook(let refusal): "\(refusal)"
        case .arrangement(let refusal): "\(refusal)"
        case .unknownCase(let text): "no case answers to “\(text)”"
        case .ambiguousCase(let text, let ids): "“\(text)” could be any of \(ids.map(\.description).joined(separator: ", "))"
        case .tooBusy(let id): "\(id) is being changed by others again and again; try once more"
        case .alreadyTaken(let handle): "somebody is called “\(handle)” already"
        case .notAHandle: "a handle is 1 to 40 of a–z, 0–9, - . _"
        case .roleMissing: "a member of staff needs a role"
        case .erasedAlready(let party): "\(party) was erased already"
        case .nothingSealed(let party): "nothing is sealed for \(party)"
        case .unreadable(let sequence, let reason): "event \(sequence) cannot be read: \(reason)"
        }
    }
}
