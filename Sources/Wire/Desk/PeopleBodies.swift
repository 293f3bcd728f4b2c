import Chronicle
import Disputes
import Policies

/// A member of staff.
public struct UserView: WireBody {
    public let id: StaffID
    public let handle: String
    public let roles: [RoleCode]
    public let level: CertificateLevel
    /// Any, where there are none.
    public let languages: [Language]
    public let skills: [SkillCode]
    public let site: String?
    public let active: Bool
    /// Of whoever asks about themselves: the acts their roles include, by name, with how they must stand to the case (`any`, `assigned`, `independent`).
    public var grants: [String: String]?
    /// Of whoever asks about themselves: what their roles let them do to the desk itself.
    public var deskActs: [String]?

    enum CodingKeys: String, CodingKey {
        case id, handle, roles, level, languages, skills, site, active, grants
        case deskActs = "desk_acts"
    }

    public init(handle: String, standing: StaffStanding, active: Bool, grants: [String: String]? = nil, deskActs: [String]? = nil) {
        (id, self.handle, level, self.active, self.grants, self.deskActs) = (standing.id, handle, standing.level, active, grants, deskActs)
        roles = standing.roles.sorted { $0.text < $1.text }
        languages = standing.languages.sorted { $0.text < $1.text }
        skills = standing.skills.sorted { $0.text < $1.text }
        site = standing.site
    }
}

public struct UserList: WireBody {
    public let users: [UserView]
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case users
        case asOf = "as_of"
    }

    public init(users: [UserView], asOf: Int64) { (self.users, self.asOf) = (users, asOf) }
}

/// Who joins, and as what.
public struct UserBody: WireBody {
    public var handle: String
    public var roles: [RoleCode]
    public var level: CertificateLevel
    public var languages: [Language]?
    public var skills: [SkillCode]?
    public var site: String?

    public init(handle: String, roles: [RoleCode], level: CertificateLevel) { (self.handle, self.roles, self.level) = (handle, roles, level) }
}

/// What changes of somebody's standing; what is not said stays.
public struct StandingBody: WireBody {
    public var roles: [RoleCode]?
    public var level: CertificateLevel?
    public var languages: [Language]?
    public var skills: [SkillCode]?
    public var site: String?

    public init(
        roles: [RoleCode]? = nil, level: CertificateLevel? = nil, languages: [Language]? = nil, skills: [SkillCode]? = nil, site: String? = nil
    ) {
        (self.roles, self.level, self.languages, self.skills, self.site) = (roles, level, languages, skills, site)
    }
}

/// A key of access, without its secret.
public struct KeyView: WireBody {
    public let id: String
    /// A handle, `machine:NAME`, or a party's id for a key a merchant made for itself.
    public let holder: String
    public let scopes: [String]
    public let label: String
    public let issued: Instant
    public let expires: Instant?
    public let revoked: Instant?
    /// To within five minutes; none for never since this is recorded.
    public let lastUsed: Instant?

    enum CodingKeys: String, CodingKey {
        case id, holder, scopes, label, issued, expires, revoked
        case lastUsed = "last_used"
    }

    public init(
        id: String, holder: String, scopes: [String], label: String, issued: Instant, expires: Instant?, revoked: Instant?, lastUsed: Instant? = nil
    ) {
        (self.id, self.holder, self.scopes, self.label) = (id, holder, scopes, label)
        (self.issued, self.expires, self.revoked, self.lastUsed) = (issued, expires, revoked, lastUsed)
    }
}

public struct KeyList: WireBody {
    public let keys: [KeyView]
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case keys
        case asOf = "as_of"
    }

    public init(keys: [KeyView], asOf: Int64) { (self.keys, self.asOf) = (keys, asOf) }
}

public struct KeyBody: WireBody {
    /// A handle, or `machine:NAME`.
    public var holder: String
    /// For a machine.
    public var scopes: [String]?
    public var label: String
    public var expires: Instant?

    public init(holder: String, scopes: [String]?, label: String, expires: Instant?) {
        (self.holder, self.scopes, self.label, self.expires) = (holder, scopes, label, expires)
    }
}

/// A key as it is given out, once.
public struct IssuedKey: WireBody {
    public let id: String
    public let key: String

    public init(id: String, key: String) { (self.id, self.key) = (id, key) }
}
