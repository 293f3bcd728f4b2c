import Chronicle
import EventStorage

/// Names a key of access: `key_…`.
public enum AccessKeyKind: Named { public static let idPrefix = "key" }
public typealias AccessKeyID = ID<AccessKeyKind>

/// Whose key it is, and what a machine's opens.
public enum KeyHolder: Hashable, Sendable, Codable {
    /// Does what this person may do, and ends with their account.
    case staff(handle: String)
    case machine(name: String, scopes: [String])
    /// A merchant's own systems: what the party may read and answer, in its own cases and nowhere else.
    case party(PartyID)

    /// Every scope there is, by name.
    public static let scopes = Scope.allCases.map(\.rawValue)

    /// Whom somebody names: a handle, or `machine:NAME` with what its key is to open.
    public init(named name: String, scopes: [String]) throws(HolderRefusal) {
        guard name.hasPrefix("machine:") else {
            guard scopes.isEmpty else { throw .scopesOfAPerson }
            self = .staff(handle: name)
            return
        }
        guard case .machine(let machine)? = Actor(name) else { throw .noMachine(name) }
        guard !scopes.isEmpty, scopes.allSatisfy(KeyHolder.scopes.contains) else { throw .noScope }
        self = .machine(name: machine, scopes: scopes)
    }
}

/// What a machine's key opens. A key has those it was given and no others.
public enum Scope: String, Hashable, Sendable, Codable, CaseIterable {
    /// Read cases, counts, history and the stream.
    case read
    /// Open cases, and act on them as machines may.
    case act
    /// Publish policy packs; manage staff and keys; the outbox.
    case administer
    /// Read the log, its proofs and its checkpoints.
    case audit
    /// Read metrics.
    case monitor
    /// Get links that let parties in: whoever has one can read a case as the party it was made for.
    case invite
}

/// Why somebody is no holder of a key.
public enum HolderRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case scopesOfAPerson
    case noMachine(String)
    case noScope

    public var description: String {
        switch self {
        case .scopesOfAPerson: "a member of staff's key has no scopes; it does what their roles allow"
        case .noMachine(let name): "“\(name)” is not a machine's name: machine: and 1 to 32 of a–z, 0–9, -"
        case .noScope: "say what the key opens, with one or more scopes: \(KeyHolder.scopes.joined(separator: ", "))"
        }
    }
}

/// The key as it is given out, once: `rk_<id>_<secret>`. Only the secret's SHA-256 is kept.
public struct SecretKey: Hashable, Sendable {
    public let id: AccessKeyID
    let secret: String

    public var text: String { "rk_\(id.crockford)_\(secret)" }

    init(id: AccessKeyID, secret: [UInt8]) {
        self.id = id
        self.secret = Base64.encodeForAddress(secret)
    }

    /// Reads what somebody showed; `nil` for what was never one of ours.
    public init?(_ text: String) {
        let parts = text.split(separator: "_", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "rk", let id = AccessKeyID("\(AccessKeyKind.idPrefix)_\(parts[1])"),
            parts[2].utf8.count == SecretKey.secretCharacters
        else { return nil }
        (self.id, secret) = (id, String(parts[2]))
    }

    /// 32 bytes in the alphabet of RFC 4648 §5, without padding.
    private static let secretCharacters = 43

    var digest: Digest { Digest(hashing: Array(secret.utf8)) }
}

/// A key as its owner and an operator may see it: never the secret.
public struct AccessKey: Hashable, Sendable {
    public let id: AccessKeyID
    public let holder: KeyHolder
    /// What it is for, in a word or two.
    public let label: String
    public let issued: Instant
    /// Not valid from then on.
    public let expires: Instant?
    public let revoked: Instant?

    public func isValid(at now: Instant) -> Bool { revoked == nil && (expires.map { now < $0 } ?? true) }
}

/// What happened to a key; the secret is in no event.
public enum KeyEvent: EventFamily {
    case issued(KeyIssued)
    case revoked(KeyRevoked)

    public var type: EventType {
        switch self {
        case .issued: KeyIssued.type
        case .revoked: KeyRevoked.type
        }
    }

    public func payload() throws -> [UInt8] {
        switch self {
        case .issued(let body): try LedgerJSON.encode(body)
        case .revoked(let body): try LedgerJSON.encode(body)
        }
    }

    public static func read(_ type: EventType, from payload: UnsafeRawBufferPointer) throws -> KeyEvent {
        switch type {
        case KeyIssued.type: .issued(try LedgerJSON.decode(KeyIssued.self, from: payload))
        case KeyRevoked.type: .revoked(try LedgerJSON.decode(KeyRevoked.self, from: payload))
        default: throw UnknownEvent(type)
        }
    }

    public static var catalogue: [EventType] { [KeyIssued.type, KeyRevoked.type] }
}

/// Somebody was given a key.
public struct KeyIssued: Codable, Hashable, Sendable {
    public static let type = EventType("key-issued")
    public let holder: KeyHolder
    public let label: String
    public let expires: Instant?
}

/// A key opens nothing any more.
public struct KeyRevoked: Codable, Hashable, Sendable {
    public static let type = EventType("key-revoked")
    public let reason: String
}
