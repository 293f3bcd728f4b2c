import Chronicle
import Timekeeping

/// A compiled policy pack: what should happen, as data over the closed skeleton of this module.
///
/// The same value serves the live desk, the replay of a past quarter, the conformance check and the printed procedure. It is made only
/// by `PolicyLoader`, which refuses a pack with errors; so every code that one table names is a row of another.
public struct Policy: Sendable {
    /// Hash over the pack's files: the name of these very rules. A case pins it at opening.
    public let hash: PolicyHash
    public let title: String
    /// As the pack's owner counts: `2026.11`.
    public let version: String
    public let effectiveFrom: CivilDate

    public let caseTypes: [CaseTypeCode: CaseType]
    public let workflows: [WorkflowCode: Workflow]
    public let reasons: [ReasonCode: Reason]
    public let evidenceTypes: [EvidenceCode: EvidenceType]
    public let rails: [RailCode: Rail]
    public let clocks: [ClockCode: ClockSpec]
    public let regimes: [RegimeCode: Regime]
    public let schemes: [SchemeCode: CardScheme]
    public let outcomes: [OutcomeCode: Outcome]
    public let faults: [FaultCode: Fault]
    public let penalties: [PenaltyCode: Penalty]
    public let overturnCauses: [OverturnCode: OverturnCause]
    public let authority: Authority
    public let appeals: AppealLadder
    public let roles: [RoleCode: Role]
    public let skills: [SkillCode: Skill]
    public let tiers: [TierCode: Tier]
    public let sites: [Site]
    public let letters: [LetterCode: Letter]
    public let limits: CaseLimits
    /// Every zone and business calendar the pack names, compiled.
    public let calendars: Calendars
    /// What each calendar's holidays stand on.
    public let calendarProvenance: [CalendarName: Provenance]
    /// What the keys in `Provenance.source` mean.
    public let sources: [SourceCode: String]

    public init(
        hash: PolicyHash, title: String, version: String, effectiveFrom: CivilDate,
        caseTypes: [CaseTypeCode: CaseType], workflows: [WorkflowCode: Workflow], reasons: [ReasonCode: Reason],
        evidenceTypes: [EvidenceCode: EvidenceType], rails: [RailCode: Rail], clocks: [ClockCode: ClockSpec],
        regimes: [RegimeCode: Regime], schemes: [SchemeCode: CardScheme], outcomes: [OutcomeCode: Outcome],
        faults: [FaultCode: Fault], penalties: [PenaltyCode: Penalty], overturnCauses: [OverturnCode: OverturnCause],
        authority: Authority, appeals: AppealLadder, roles: [RoleCode: Role], skills: [SkillCode: Skill],
        tiers: [TierCode: Tier], sites: [Site], letters: [LetterCode: Letter], limits: CaseLimits, calendars: Calendars,
        calendarProvenance: [CalendarName: Provenance] = [:], sources: [SourceCode: String] = [:]
    ) {
        (self.hash, self.title, self.version, self.effectiveFrom) = (hash, title, version, effectiveFrom)
        (self.caseTypes, self.workflows, self.reasons, self.evidenceTypes) = (caseTypes, workflows, reasons, evidenceTypes)
        (self.rails, self.clocks, self.regimes, self.schemes) = (rails, clocks, regimes, schemes)
        (self.outcomes, self.faults, self.penalties, self.overturnCauses) = (outcomes, faults, penalties, overturnCauses)
        (self.authority, self.appeals, self.roles, self.skills) = (authority, appeals, roles, skills)
        (self.tiers, self.sites, self.letters, self.limits, self.calendars) = (tiers, sites, letters, limits, calendars)
        (self.calendarProvenance, self.sources) = (calendarProvenance, sources)
    }
}
