/// The tables of a pack, in the order in which people read them.
public enum PolicyTable: String, Hashable, Sendable, CaseIterable, Codable {
    case pack, caseTypes = "case types", reasons, evidence, rails, workflows, clocks, regimes, schemes = "card schemes", outcomes, faults
    case penalties, overturnCauses = "overturn causes", authority, appeals, roles, skills, tiers, sites, calendars, zones, letters, sources
}
