import Chronicle
import Disputes

/// A member of staff at the door.
public struct SignInBody: WireBody {
    public var handle: String
    public var password: String
    /// Of their app, where they have one.
    public var code: String?

    public init(handle: String, password: String, code: String? = nil) { (self.handle, self.password, self.code) = (handle, password, code) }
}

/// A party at the door.
public struct PartyEntryBody: WireBody {
    /// A JWT the exchange signed: `iss`, `sub` (the account), `aud` = `recourse`, `iat`, `exp`, `jti`.
    public var token: String

    public init(token: String) { self.token = token }
}

/// Somebody was let in. Show the session as `Authorization: Bearer rs_…`, or let the cookie do it.
public struct OpenedSession: WireBody {
    public let session: String
    public let expires: Instant
    public let secondFactor: Bool

    enum CodingKeys: String, CodingKey {
        case session, expires
        case secondFactor = "second_factor"
    }

    public init(session: String, expires: Instant, secondFactor: Bool) { (self.session, self.expires, self.secondFactor) = (session, expires, secondFactor) }
}

/// Who somebody is here.
public struct SessionView: WireBody {
    public enum Kind: String, Codable, Hashable, Sendable { case staff, party, machine }
    public let kind: Kind
    public let name: String
    public let scopes: [String]?
    /// A party's account, as the exchange calls it; none where it never said.
    public var account: String?
    /// The one case there is for a party who came by a link.
    public var onlyCase: CaseID?
    /// Where to end what one has at the provider, too; for who leaves and came in by one.
    public var endSession: String?

    enum CodingKeys: String, CodingKey {
        case kind, name, scopes, account
        case onlyCase = "only_case"
        case endSession = "end_session"
    }

    public init(kind: Kind, name: String, scopes: [String]?) { (self.kind, self.name, self.scopes) = (kind, name, scopes) }
}

public struct PasswordBody: WireBody {
    public var password: String
    /// The one it replaces; an operator sets one without.
    public var current: String?
    public var code: String?

    public init(password: String, current: String? = nil, code: String? = nil) { (self.password, self.current, self.code) = (password, current, code) }
}

public struct CodeBody: WireBody {
    public var code: String

    public init(code: String) { self.code = code }
}

/// A secret for an authenticator app, shown once.
public struct NewCodes: WireBody {
    public let secret: String
    public let uri: String
    public init(secret: String, uri: String) { (self.secret, self.uri) = (secret, uri) }
}

public struct IssuerView: WireBody {
    public let name: String
    public init(name: String) { self.name = name }
}
