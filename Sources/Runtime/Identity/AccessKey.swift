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

    /// What a machine's key can open: reading cases and the stream; acting as machines may; packs, staff, keys and the outbox; the log and its
    /// proofs; figures.
    public static let scopes = ["read", "act", "administer", "audit", "monitor"]
}

/// The key as it is given out, once: `rk_<id>_<secret>`. Only the secret's SHA-256 is kept.
public struct SecretKey: Hashable, Sendable {
    public let id: AccessKeyID
    let secret: String

    public var text: String { "rk_\(id.crockford)_\(secret)" }

    init(id: AccessKeyID, secret: [UInt8]) {
        self.id = id
        self.secret = Base64.encode(secret).replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
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
