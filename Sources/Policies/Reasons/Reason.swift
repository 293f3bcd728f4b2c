import Chronicle

/// Who may file for a reason.
public enum Filer: String, Hashable, Sendable, CaseIterable, Codable {
    case buyer, seller, any, user, merchant, issuer, payer, regulator, authority
}

/// Why somebody complains: the claim's reason, the evidence it needs from each side, and what follows when a side stays silent.
public struct Reason: Hashable, Sendable {
    public let code: ReasonCode
    public let caseType: CaseTypeCode
    public let filer: Filer
    public let title: String
    public let fromFiler: [EvidenceDemand]
    public let fromOther: [EvidenceDemand]
    /// What staff or the system check, in words.
    public let checks: [String]
    public let ifFilerSilent: SilenceRule
    public let ifOtherSilent: SilenceRule
    /// The only outcomes a ruling for this reason may have.
    public let outcomes: [OutcomeCode]
    public let tier: TierCode
    /// Category in regulators' reports.
    public let topic: String
    /// A reason that needs no evidence from anyone must say so.
    public let needsNoEvidence: Bool
    /// Why it needs none; there exactly when it needs none.
    public let needsNoEvidenceBecause: String?

    public init(
        code: ReasonCode, caseType: CaseTypeCode, filer: Filer, title: String, fromFiler: [EvidenceDemand], fromOther: [EvidenceDemand],
        checks: [String], ifFilerSilent: SilenceRule, ifOtherSilent: SilenceRule, outcomes: [OutcomeCode], tier: TierCode, topic: String,
        needsNoEvidence: Bool, needsNoEvidenceBecause: String? = nil
    ) {
        (self.code, self.caseType, self.filer, self.title) = (code, caseType, filer, title)
        (self.fromFiler, self.fromOther, self.checks) = (fromFiler, fromOther, checks)
        (self.ifFilerSilent, self.ifOtherSilent, self.outcomes) = (ifFilerSilent, ifOtherSilent, outcomes)
        (self.tier, self.topic) = (tier, topic)
        (self.needsNoEvidence, self.needsNoEvidenceBecause) = (needsNoEvidence, needsNoEvidenceBecause)
    }
}

/// Evidence a reason asks of a side.
public struct EvidenceDemand: Hashable, Sendable {
    public let type: EvidenceCode
    /// What exactly must be shown, when the type alone does not say (“no receipt”, “list and refresh”).
    public let note: String?
    public init(_ type: EvidenceCode, note: String? = nil) { (self.type, self.note) = (type, note) }
}

/// What a ruling by default says when a side did not answer its notices.
public enum SilenceRule: Hashable, Sendable {
    /// No default: decide on what is on file.
    case decideOnFile
    /// This outcome, once the notices are out and (where given) this long after the claim.
    /// With `needsProof` only when evidence that is sufficient alone is on file.
    case outcome(OutcomeCode, notBefore: Span?, needsProof: Bool, penalty: PenaltyCode?, note: String?)
    /// The evidence window is extended once, then decide on file.
    case extendOnce
}

/// A kind of evidence and how far it goes.
public struct EvidenceType: Hashable, Sendable {
    /// How easily it is forged; `none` is made by our own systems or a chain.
    public enum Forgeability: String, Hashable, Sendable, CaseIterable { case none, low, medium, high, notApplicable = "n/a" }
    /// The evidence ladder: system > bank > continuous video > receipt > statement.
    public enum Class: String, Hashable, Sendable, CaseIterable {
        case platform, chain, card, financial, identity, legal, thirdParty = "third-party", statement, derived
    }

    public let code: EvidenceCode
    public let title: String
    public let kind: Class
    public let forgeability: Forgeability
    /// May decide a case when it is the only evidence of its side.
    public let sufficientAlone: Bool
    /// Seen only with a case and a stated reason; each view is an event.
    public let sensitive: Bool
    /// Attached by the system, not asked of a party.
    public let automatic: Bool
    public let note: String?

    public init(
        code: EvidenceCode, title: String, kind: Class, forgeability: Forgeability, sufficientAlone: Bool, sensitive: Bool, automatic: Bool,
        note: String?
    ) {
        (self.code, self.title, self.kind, self.forgeability) = (code, title, kind, forgeability)
        (self.sufficientAlone, self.sensitive, self.automatic, self.note) = (sufficientAlone, sensitive, automatic, note)
    }
}

/// How money travels outside: drives when an appeal may open, what evidence exists, how long a chargeback threatens.
public struct Rail: Hashable, Sendable {
    public let code: RailCode
    public let title: String
    /// Latest a payment arrives.
    public let arrivalMax: Span
    public let instant: Bool
    /// Days during which the payer's bank can take it back; `nil` where it cannot.
    public let reversibleDays: Int?
    public let chargebackRisk: String
    public let provenance: Provenance

    public init(
        code: RailCode, title: String, arrivalMax: Span, instant: Bool, reversibleDays: Int?, chargebackRisk: String, provenance: Provenance
    ) {
        (self.code, self.title, self.arrivalMax, self.instant) = (code, title, arrivalMax, instant)
        (self.reversibleDays, self.chargebackRisk, self.provenance) = (reversibleDays, chargebackRisk, provenance)
    }
}
