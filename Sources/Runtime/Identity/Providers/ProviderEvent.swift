import Chronicle

/// Whose word is taken for who somebody is, and for whom. No secret and nobody's account at the provider is in these: handles are aliases.
public enum ProviderEvent: EventFamily {
    case trusted(ProviderTrusted)
    case dropped(ProviderDropped)
    case bound(AccountBound)
    case unbound(AccountUnbound)

    public var type: EventType {
        switch self {
        case .trusted: ProviderTrusted.type
        case .dropped: ProviderDropped.type
        case .bound: AccountBound.type
        case .unbound: AccountUnbound.type
        }
    }

    public func payload() throws -> [UInt8] {
        switch self {
        case .trusted(let body): try LedgerJSON.encode(body)
        case .dropped(let body): try LedgerJSON.encode(body)
        case .bound(let body): try LedgerJSON.encode(body)
        case .unbound(let body): try LedgerJSON.encode(body)
        }
    }

    public static func read(_ type: EventType, from payload: UnsafeRawBufferPointer) throws -> ProviderEvent {
        switch type {
        case ProviderTrusted.type: .trusted(try LedgerJSON.decode(ProviderTrusted.self, from: payload))
        case ProviderDropped.type: .dropped(try LedgerJSON.decode(ProviderDropped.self, from: payload))
        case AccountBound.type: .bound(try LedgerJSON.decode(AccountBound.self, from: payload))
        case AccountUnbound.type: .unbound(try LedgerJSON.decode(AccountUnbound.self, from: payload))
        default: throw UnknownEvent(type)
        }
    }

    public static var catalogue: [EventType] { [ProviderTrusted.type, ProviderDropped.type, AccountBound.type, AccountUnbound.type] }
}

/// From now on a provider's word is taken, in this way.
public struct ProviderTrusted: Codable, Hashable, Sendable {
    public static let type = EventType("provider-trusted")
    public let issuer: String
    public let client: String
    public let subjectClaim: String
    public let emailDomains: [String]
    public let secondFactor: Bool
}

/// A provider's word is taken no more; whoever came in on it is out.
public struct ProviderDropped: Codable, Hashable, Sendable {
    public static let type = EventType("provider-dropped")
    public let reason: String
}

/// A member of staff may come in on the provider's word.
public struct AccountBound: Codable, Hashable, Sendable {
    public static let type = EventType("account-bound")
    public let handle: String
}

/// A member of staff comes in on the provider's word no more, and was signed out.
public struct AccountUnbound: Codable, Hashable, Sendable {
    public static let type = EventType("account-unbound")
    public let handle: String
}
