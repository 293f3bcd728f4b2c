import Chronicle
import Timekeeping

/// A compiled policy pack: what should happen, as data over the closed skeleton of this module.
///
/// The same value serves the live desk, the replay of a past quarter, the conformance check and the printed procedure. It is made only
/// by `PolicyLoader`, which refuses a pack with errors; so every code that one table names is a row of another.
public struct Policy: Sendable {
    /// Hash over the pack's files: the name of these very rules. A case pins it at opening.
    public var hash: PolicyHash { tables.hash }
    public var title: String { tables.title }
    /// As the pack's owner counts: `2026.11`.
    public var version: String { tables.version }
    public var effectiveFrom: CivilDate { tables.effectiveFrom }

    /// Where a person writes to, as letters say it; `nil` where the pack names nothing.
    public var contact: String? { tables.contact }

    public var caseTypes: [CaseTypeCode: CaseType] { tables.caseTypes }
    public var workflows: [WorkflowCode: Workflow] { tables.workflows }
    public var reasons: [ReasonCode: Reason] { tables.reasons }
    public var evidenceTypes: [EvidenceCode: EvidenceType] { tables.evidenceTypes }
    public var rails: [RailCode: Rail] { tables.rails }
    public var clocks: [ClockCode: ClockSpec] { tables.clocks }
    public var regimes: [RegimeCode: Regime] { tables.regimes }
    public var schemes: [SchemeCode: CardScheme] { tables.schemes }
    public var outcomes: [OutcomeCode: Outcome] { tables.outcomes }
    public var faults: [FaultCode: Fault] { tables.faults }
    public var penalties: [PenaltyCode: Penalty] { tables.penalties }
    public var overturnCauses: [OverturnCode: OverturnCause] { tables.overturnCauses }
    public var authority: Authority { tables.authority }
    public var appeals: AppealLadder { tables.appeals }
    public var roles: [RoleCode: Role] { tables.roles }
    public var skills: [SkillCode: Skill] { tables.skills }
    public var tiers: [TierCode: Tier] { tables.tiers }
    public var sites: [Site] { tables.sites }
    public var letters: [LetterCode: Letter] { tables.letters }
    public var limits: CaseLimits { tables.limits }
    /// Every zone and business calendar the pack names, compiled.
    public var calendars: Calendars { tables.calendars }
    /// What each calendar's holidays stand on.
    public var calendarProvenance: [CalendarName: Provenance] { tables.calendarProvenance }
    /// What the keys in `Provenance.source` mean.
    public var sources: [SourceCode: String] { tables.sources }

    /// Held by reference: a policy goes along with every command, and copying it must not cost a count for each of its tables.
    private let tables: PolicyTables

    public init(
        hash: PolicyHash, title: String, version: String, effectiveFrom: CivilDate, contact: String? = nil,
        caseTypes: [CaseTypeCode: CaseType], workflows: [WorkflowCode: Workflow], reasons: [ReasonCode: Reason],
        evidenceTypes: [EvidenceCode: EvidenceType], rails: [RailCode: Rail], clocks: [ClockCode: ClockSpec],
        regimes: [RegimeCode: Regime], schemes: [SchemeCode: CardScheme], outcomes: [OutcomeCode: Outcome],
        faults: [FaultCode: Fault], penalties: [PenaltyCode: Penalty], overturnCauses: [OverturnCode: OverturnCause],
        authority: Authority, appeals: AppealLadder, roles: [RoleCode: Role], skills: [SkillCode: Skill],
        tiers: [TierCode: Tier], sites: [Site], letters: [LetterCode: Letter], limits: CaseLimits, calendars: Calendars,
        calendarProvenance: [CalendarName: Provenance] = [:], sources: [SourceCode: String] = [:]
    ) {
        tables = PolicyTables(
            hash: hash, title: title, version: version, effectiveFrom: effectiveFrom, contact: contact, caseTypes: caseTypes,
            workflows: workflows, reasons: reasons, evidenceTypes: evidenceTypes, rails: rails, clocks: clocks,
            regimes: regimes, schemes: schemes, outcomes: outcomes, faults: faults, penalties: penalties,
            overturnCauses: overturnCauses, authority: authority, appeals: appeals, roles: roles, skills: skills,
            tiers: tiers, sites: sites, letters: letters, limits: limits, calendars: calendars,
            calendarProvenance: calendarProvenance, sources: sources)
    }
}

/// What a `Policy` holds. Made once, then only read.
private final class PolicyTables: Sendable {
    let hash: PolicyHash
    let title: String
    let version: String
    let effectiveFrom: CivilDate
    let contact: String?
    let caseTypes: [CaseTypeCode: CaseType]
    let workflows: [WorkflowCode: Workflow]
    let reasons: [ReasonCode: Reason]
    let evidenceTypes: [EvidenceCode: EvidenceType]
    let rails: [RailCode: Rail]
    let clocks: [ClockCode: ClockSpec]
    let regimes: [RegimeCode: Regime]
    let schemes: [SchemeCode: CardScheme]
    let outcomes: [OutcomeCode: Outcome]
    let faults: [FaultCode: Fault]
    let penalties: [PenaltyCode: Penalty]
    let overturnCauses: [OverturnCode: OverturnCause]
    let authority: Authority
    let appeals: AppealLadder
    let roles: [RoleCode: Role]
    let skills: [SkillCode: Skill]
    let tiers: [TierCode: Tier]
    let sites: [Site]
    let letters: [LetterCode: Letter]
    let limits: CaseLimits
    let calendars: Calendars
    let calendarProvenance: [CalendarName: Provenance]
    let sources: [SourceCode: String]

    init(
        hash: PolicyHash, title: String, version: String, effectiveFrom: CivilDate, contact: String?,
        caseTypes: [CaseTypeCode: CaseType], workflows: [WorkflowCode: Workflow], reasons: [ReasonCode: Reason], evidenceTypes: [EvidenceCode: EvidenceType],
        rails: [RailCode: Rail], clocks: [ClockCode: ClockSpec], regimes: [RegimeCode: Regime], schemes: [SchemeCode: CardScheme],
        outcomes: [OutcomeCode: Outcome], faults: [FaultCode: Fault], penalties: [PenaltyCode: Penalty],
        overturnCauses: [OverturnCode: OverturnCause], authority: Authority, appeals: AppealLadder, roles: [RoleCode: Role],
        skills: [SkillCode: Skill], tiers: [TierCode: Tier], sites: [Site], letters: [LetterCode: Letter], limits: CaseLimits,
        calendars: Calendars, calendarProvenance: [CalendarName: Provenance], sources: [SourceCode: String]
    ) {
        (self.hash, self.title, self.version, self.effectiveFrom, self.contact) = (hash, title, version, effectiveFrom, contact)
        (self.caseTypes, self.workflows, self.reasons, self.evidenceTypes) = (caseTypes, workflows, reasons, evidenceTypes)
        (self.rails, self.clocks, self.regimes, self.schemes) = (rails, clocks, regimes, schemes)
        (self.outcomes, self.faults, self.penalties, self.overturnCauses) = (outcomes, faults, penalties, overturnCauses)
        (self.authority, self.appeals, self.roles, self.skills) = (authority, appeals, roles, skills)
        (self.tiers, self.sites, self.letters, self.limits, self.calendars) = (tiers, sites, letters, limits, calendars)
        (self.calendarProvenance, self.sources) = (calendarProvenance, sources)
    }
}
