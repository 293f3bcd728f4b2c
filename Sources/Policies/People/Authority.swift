import Chronicle

/// Who may decide about how much, and when two keys are needed. Enforced in `decide`, not in a screen.
public struct Authority: Hashable, Sendable {
    /// Values are compared in this asset, at the price when the case opened.
    public let valueAsset: Asset
    /// Highest value a certificate level may rule on, lowest level first; a level without a row may not rule.
    public let limits: [Limit]
    /// Above this value a ruling that moves money needs a second key.
    public let fourEyesAbove: Amount
    /// These outcomes always need a second key.
    public let fourEyesOutcomes: Set<OutcomeCode>
    /// A release decided on appeal needs a second key whatever its value.
    public let fourEyesOnAppealRelease: Bool
    /// Releases at or above this value stay reversible this long.
    public let reversibleHold: Span
    public let provenance: Provenance?

    public struct Limit: Hashable, Sendable {
        public let level: CertificateLevel
        public let valueMax: Amount
        public init(level: CertificateLevel, valueMax: Amount) { (self.level, self.valueMax) = (level, valueMax) }
    }

    public init(
        valueAsset: Asset, limits: [Limit], fourEyesAbove: Amount, fourEyesOutcomes: Set<OutcomeCode>, fourEyesOnAppealRelease: Bool,
        reversibleHold: Span, provenance: Provenance? = nil
    ) {
        (self.valueAsset, self.limits, self.fourEyesAbove) = (valueAsset, limits, fourEyesAbove)
        self.provenance = provenance
        (self.fourEyesOutcomes, self.fourEyesOnAppealRelease, self.reversibleHold) = (fourEyesOutcomes, fourEyesOnAppealRelease, reversibleHold)
    }
}

/// Certification ladder: L0 trainee … L5 policy owner.
public enum CertificateLevel: String, Hashable, Sendable, CaseIterable, Codable, Comparable {
    case l0 = "L0", l1 = "L1", l2 = "L2", l3 = "L3", l4 = "L4", l5 = "L5"
    public static func < (a: CertificateLevel, b: CertificateLevel) -> Bool { a.rawValue < b.rawValue }
}

/// What a kind of person may do, and on which cases.
public struct Role: Hashable, Sendable {
    /// How the person must stand to the case.
    public enum Relation: String, Hashable, Sendable, CaseIterable {
        /// Any case.
        case any
        /// The case is assigned to them.
        case assigned
        /// They are a party of the case.
        case party
        /// They took no part in the decision under appeal or approval.
        case independent
    }

    public let code: RoleCode
    public let title: String
    public let grants: [Act: Relation]
    /// What they may do to the desk itself.
    public let deskActs: Set<DeskAct>
    /// May see what is sensitive, with a reason.
    public let seesSensitive: Bool

    public init(code: RoleCode, title: String, grants: [Act: Relation], deskActs: Set<DeskAct> = [], seesSensitive: Bool) {
        (self.code, self.title, self.grants, self.deskActs, self.seesSensitive) = (code, title, grants, deskActs, seesSensitive)
    }
}

/// What a member of staff can do to the desk itself, and to no case.
public enum DeskAct: String, Hashable, Sendable, CaseIterable, Codable {
    /// Propose the next policy pack.
    case proposePolicy = "propose-policy"
    /// Put a pack in force, or refuse it, that somebody else proposed.
    case approvePolicy = "approve-policy"
    /// Destroy the key a person's words are sealed with.
    case erasePerson = "erase-person"
    /// Who is on staff and with which roles; keys, webhooks, and what the outbox put aside.
    case administer
}

/// What an agent must be able to do to be given a case.
public struct Skill: Hashable, Sendable {
    public let code: SkillCode
    public let title: String
    /// Lowest certificate that carries the skill.
    public let level: CertificateLevel
    public init(code: SkillCode, title: String, level: CertificateLevel) { (self.code, self.title, self.level) = (code, title, level) }
}

/// How urgent: decides next work and what is shed when the desk is flooded.
public struct Tier: Hashable, Sendable {
    public let code: TierCode
    public let title: String
    /// 0 is the most urgent.
    public let rank: Int
    public let shedRule: String
    /// Longest it may wait in degraded mode.
    public let degradedDelayMax: Span?
    public init(code: TierCode, title: String, rank: Int, shedRule: String, degradedDelayMax: Span?) {
        (self.code, self.title, self.rank, self.shedRule, self.degradedDelayMax) = (code, title, rank, shedRule, degradedDelayMax)
    }
}

/// An office, with the calendar its people work by.
public struct Site: Hashable, Sendable {
    public let code: String
    public let title: String
    /// Name of a business calendar of the pack.
    public let calendar: String
    public init(code: String, title: String, calendar: String) { (self.code, self.title, self.calendar) = (code, title, calendar) }
}
