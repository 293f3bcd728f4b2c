import Chronicle
import Policies

/// Which of the two chairs somebody sits in.
public enum Side: String, Hashable, Sendable, CaseIterable, Codable {
    case filer, other

    public var opposite: Side { self == .filer ? .other : .filer }
}

/// Somebody with a stake in a case: a user, a merchant, or who speaks for one.
public struct Party: Hashable, Sendable, Codable {
    public let id: PartyID
    public let side: Side
    /// Buyer, seller, user, merchant …
    public let capacity: Filer
    public let language: Language
    public let jurisdiction: Jurisdiction?
    /// Present when the party is a merchant.
    public let merchant: Merchant?
    /// Set when this person only speaks for another, under a power of attorney on file.
    public let represents: PartyID?
    /// The account at the exchange, as the exchange names it; never a name.
    public let account: Code<AccountKind>?
    /// Display name, sealed.
    public let name: Sealed?

    public struct Merchant: Hashable, Sendable, Codable {
        /// `regular`, `diamond`, … as the exchange names it.
        public let tier: String
        public let deposit: Amount?
        public init(tier: String, deposit: Amount?) { (self.tier, self.deposit) = (tier, deposit) }
    }

    public init(
        id: PartyID, side: Side, capacity: Filer, language: Language, jurisdiction: Jurisdiction? = nil, merchant: Merchant? = nil,
        represents: PartyID? = nil, account: Code<AccountKind>? = nil, name: Sealed? = nil
    ) {
        (self.id, self.side, self.capacity, self.language, self.jurisdiction) = (id, side, capacity, language, jurisdiction)
        (self.merchant, self.represents, self.account, self.name) = (merchant, represents, account, name)
    }
}

public enum AccountKind: Coded { public static let noun = "account" }

/// What a member of staff is allowed to be trusted with, as known when they act.
public struct StaffStanding: Hashable, Sendable, Codable {
    public let id: StaffID
    public let roles: [RoleCode]
    public let level: CertificateLevel
    public let languages: [Language]
    public let skills: [SkillCode]
    public let site: String?

    public init(id: StaffID, roles: [RoleCode], level: CertificateLevel, languages: [Language] = [], skills: [SkillCode] = [], site: String? = nil) {
        (self.id, self.roles, self.level) = (id, roles, level)
        (self.languages, self.skills, self.site) = (languages, skills, site)
    }
}
