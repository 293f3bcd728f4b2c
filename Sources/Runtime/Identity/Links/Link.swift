import Chronicle
import Disputes

/// Names a link that lets a party in: `link_…`.
public enum LinkKind: Named { public static let idPrefix = "link" }
public typealias LinkID = ID<LinkKind>

/// The word of a link, as it stands in it, once: `rl_<id>_<secret>`. Only the secret's SHA-256 is kept.
public struct LinkToken: Hashable, Sendable {
    public let id: LinkID
    let secret: String

    public var text: String { "rl_\(id.crockford)_\(secret)" }

    init(id: LinkID, secret: [UInt8]) { (self.id, self.secret) = (id, Base64.encodeForAddress(secret)) }

    /// Reads what somebody showed; `nil` for what was never one of ours.
    public init?(_ text: String) {
        let parts = text.split(separator: "_", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "rl", let id = LinkID("\(LinkKind.idPrefix)_\(parts[1])"), parts[2].utf8.count == LinkToken.secretCharacters
        else { return nil }
        (self.id, secret) = (id, String(parts[2]))
    }

    /// 32 bytes in the alphabet of RFC 4648 §5, without padding.
    private static let secretCharacters = 43

    var digest: String { Digest(hashing: Array(secret.utf8)).description }
}

/// What happened to the links of one party to one case; no link's word is in it. That one was used, the sign-in says.
public enum LinkEvent: EventFamily {
    case made(LinkMade)

    public var type: EventType { LinkMade.type }

    public func payload() throws -> [UInt8] {
        switch self {
        case .made(let body): try LedgerJSON.encode(body)
        }
    }

    public static func read(_ type: EventType, from payload: UnsafeRawBufferPointer) throws -> LinkEvent {
        guard type == LinkMade.type else { throw UnknownEvent(type) }
        return .made(try LedgerJSON.decode(LinkMade.self, from: payload))
    }

    public static var catalogue: [EventType] { [LinkMade.type] }
}

/// A link for a party was given out to be sent; those before it are void.
public struct LinkMade: Codable, Hashable, Sendable {
    public static let type = EventType("link-made")
    public let link: LinkID
    public let `case`: CaseID
    public let party: PartyID
    public let expires: Instant
}
