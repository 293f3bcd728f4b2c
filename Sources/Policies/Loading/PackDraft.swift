import Chronicle
import Timekeeping

/// Everything the rows of a pack say, before anybody asked whether it makes sense together.
struct PackDraft {
    private var head: (title: String, version: String, effectiveFrom: CivilDate, contact: String?, limits: CaseLimits)?
    private var authority: Authority?
    private var appeals: AppealLadder?
    private let caseTypes: [CaseTypeCode: CaseType]
    private var workflows: [WorkflowCode: Workflow] = [:]
    private let reasons: [ReasonCode: Reason]
    private let evidenceTypes: [EvidenceCode: EvidenceType]
    private let rails: [RailCode: Rail]
    private let clocks: [ClockCode: ClockSpec]
    private let regimes: [RegimeCode: Regime]
    private let schemes: [SchemeCode: CardScheme]
    private let outcomes: [OutcomeCode: Outcome]
    private let faults: [FaultCode: Fault]
    private let penalties: [PenaltyCode: Penalty]
    private let overturnCauses: [OverturnCode: OverturnCause]
    private let roles: [RoleCode: Role]
    private let skills: [SkillCode: Skill]
    private let tiers: [TierCode: Tier]
    private let letters: [LetterCode: Letter]
    private let sources: [SourceCode: String]
    private let timetables: [CalendarName: (timetable: Timetable, provenance: Provenance)]
    private let calendars: Calendars
    private let sites: [Site]

    init(_ pack: ParsedPack, _ reading: PackReading) {
        func single<Kind: Coded, Value>(_ table: ParsedPack.Table, _ key: String, _ read: (Code<Kind>, Row) -> Value?) -> [Code<Kind>: Value] {
            guard let row = pack.tables[table].flatMap({ Row($0, reading) }) else { return [:] }
            defer { row.finish() }
            return reading.table(row.node(key), read)
        }
        caseTypes = single(.caseTypes, "case-types", reading.caseType)
        reasons = single(.reasons, "reasons", reading.reason)
        evidenceTypes = single(.evidence, "evidence", reading.evidenceType)
        rails = single(.rails, "rails", reading.rail)
        clocks = single(.clocks, "clocks", reading.clock)
        regimes = single(.regimes, "regimes", reading.regime)
        schemes = single(.schemes, "schemes", reading.scheme)
        penalties = single(.penalties, "penalties", reading.penalty)
        roles = single(.roles, "roles", reading.role)
        skills = single(.skills, "skills", reading.skill)
        tiers = single(.tiers, "tiers", reading.tier)

        let endings = pack.tables[.outcomes].flatMap { Row($0, reading) }
        outcomes = reading.table(endings?.node("outcomes"), reading.outcome)
        faults = reading.table(endings?.node("faults"), reading.fault)
        overturnCauses = reading.table(endings?.node("overturn-causes"), reading.overturnCause)
        endings?.finish()

        let times = pack.tables[.calendars].flatMap { Row($0, reading) }
        let zones = reading.table(times?.node("zones"), reading.zone)
        timetables = reading.table(times?.node("calendars"), reading.timetable)
        sites = times?.list("sites").compactMap(reading.site) ?? []
        times?.finish()
        calendars = reading.calendars(zones, timetables)

        sources = PackDraft.sources(pack.tables[.sources], reading)
        for workflow in pack.workflows.compactMap(reading.workflow) { workflows[workflow.code] = workflow }
        letters = reading.letters(pack.letters.compactMap { reading.letter($0.node, in: $0.language) })
        authority = pack.tables[.authority].flatMap(reading.authority)
        let asset = authority?.valueAsset
        appeals = pack.tables[.appeals].flatMap { reading.appeals($0, asset) }
        head = pack.tables[.pack].flatMap { PackDraft.head($0, reading) }
    }

    private static func head(
        _ node: PackNode, _ reading: PackReading
    ) -> (title: String, version: String, effectiveFrom: CivilDate, contact: String?, limits: CaseLimits)? {
        guard let row = Row(node, reading) else { return nil }
        defer { row.finish() }
        let title = row.text("title")
        let version = row.text("version")
        let effectiveFrom = row.date("effective-from")
        let contact = row.optionalText("contact")
        let limits = reading.limits(row)
        guard let title, let version, let effectiveFrom, let limits else { return nil }
        return (title, version, effectiveFrom, contact, limits)
    }

    private static func sources(_ node: PackNode?, _ reading: PackReading) -> [SourceCode: String] {
        guard let row = node.flatMap({ Row($0, reading) }) else { return [:] }
        defer { row.finish() }
        var sources: [SourceCode: String] = [:]
        for entry in row.entries("sources") {
            guard let code: SourceCode = reading.code(entry.key, at: entry.keyPlace) else { continue }
            reading.define(code, at: entry.keyPlace)
            sources[code] = reading.text(entry.value)
        }
        return sources
    }

    /// The policy; `nil` when a part is missing, which then has its complaint.
    func policy(named hash: PolicyHash) -> Policy? {
        guard let head, let authority, let appeals else { return nil }
        return Policy(
            hash: hash, title: head.title, version: head.version, effectiveFrom: head.effectiveFrom, contact: head.contact, caseTypes: caseTypes,
            workflows: workflows,
            reasons: reasons, evidenceTypes: evidenceTypes, rails: rails, clocks: clocks, regimes: regimes, schemes: schemes, outcomes: outcomes,
            faults: faults, penalties: penalties, overturnCauses: overturnCauses, authority: authority, appeals: appeals, roles: roles,
            skills: skills, tiers: tiers, sites: sites, letters: letters, limits: head.limits, calendars: calendars,
            calendarProvenance: timetables.mapValues(\.provenance), sources: sources)
    }
}
