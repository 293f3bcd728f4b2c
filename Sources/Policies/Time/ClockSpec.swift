import Chronicle
import Timekeeping

/// A promise about time: what starts and stops it is wired in the workflow, how long it runs is here.
public struct ClockSpec: Hashable, Sendable {
    /// Who must act before it runs out. Party clocks are widened when a rail or the platform is down; legal clocks never.
    public enum Bound: String, Hashable, Sendable, CaseIterable { case staff, party, system, legal, scheme }

    public let code: ClockCode
    public let title: String
    public let bound: Bound
    /// A decision table: exactly one row must hold for every combination of facts.
    public let rows: [ClockRow]
    /// Shown to the parties?
    public let visibleToParties: Bool

    public init(code: ClockCode, title: String, bound: Bound, rows: [ClockRow], visibleToParties: Bool) {
        (self.code, self.title, self.bound, self.rows, self.visibleToParties) = (code, title, bound, rows, visibleToParties)
    }

    /// The rule for a case with these facts. Total for a checked pack.
    public func rule(for facts: Facts) -> ClockRule? {
        rows.first { row in row.when.allSatisfy { $0.holds(in: facts) } }?.rule
    }
}

extension ClockSpec {
    /// Clocks an act starts, by their names: how long an offer stands, and how long a further request for evidence runs.
    public static let startedByActs: Set<ClockCode> = Set(["offer", "evidence-window"].compactMap { ClockCode($0) })
}

public struct ClockRow: Hashable, Sendable {
    public let when: [Condition]
    public let rule: ClockRule
    public let provenance: Provenance
    public init(when: [Condition], rule: ClockRule, provenance: Provenance) { (self.when, self.rule, self.provenance) = (when, rule, provenance) }
}

/// A regulator's or a law's demand on complaint handling in one jurisdiction. A case may be under several at once.
public struct Regime: Hashable, Sendable {
    public let code: RegimeCode
    public let jurisdictions: [Jurisdiction]
    public let scope: String
    /// The text of the rule as the source table has it, for people.
    public let acknowledgementText: String
    public let finalText: String
    public let extensionText: String
    /// Machine form; `nil` where the rule names no number (“promptly”) or none was found. Then the pack's fallback regime supplies one.
    public let acknowledge: ClockRule?
    public let final: ClockRule?
    /// Longest the final answer may be put off with a reasoned holding letter.
    public let extended: ClockRule?
    public let escalationBody: String
    public let escalationWindow: String
    public let recordYears: Int?
    /// What the table says about keeping records, for people.
    public let recordText: String
    public let provenance: Provenance
    /// Applies to any complaint whose jurisdiction has no regime of its own.
    public let isFallback: Bool

    public init(
        code: RegimeCode, jurisdictions: [Jurisdiction], scope: String, acknowledgementText: String, finalText: String, extensionText: String,
        acknowledge: ClockRule?, final: ClockRule?, extended: ClockRule?, escalationBody: String, escalationWindow: String,
        recordYears: Int?, recordText: String = "", provenance: Provenance, isFallback: Bool
    ) {
        (self.code, self.jurisdictions, self.scope) = (code, jurisdictions, scope)
        (self.acknowledgementText, self.finalText, self.extensionText) = (acknowledgementText, finalText, extensionText)
        (self.acknowledge, self.final, self.extended) = (acknowledge, final, extended)
        (self.escalationBody, self.escalationWindow, self.recordYears) = (escalationBody, escalationWindow, recordYears)
        self.recordText = recordText
        (self.provenance, self.isFallback) = (provenance, isFallback)
    }
}

/// A card network's stages and how long each leaves us.
public struct CardScheme: Hashable, Sendable {
    public let code: SchemeCode
    public let title: String
    /// In order: chargeback, pre-arbitration, …
    public let stages: [Stage]

    public struct Stage: Hashable, Sendable {
        public let code: Code<SchemeStageKind>
        public let title: String
        /// Network due date: calendar days from the scheme's event.
        public let networkDays: Int
        /// Our own due date lies this many calendar days earlier.
        public let internalLeadDays: Int
        public let provenance: Provenance
        public init(code: Code<SchemeStageKind>, title: String, networkDays: Int, internalLeadDays: Int, provenance: Provenance) {
            (self.code, self.title, self.networkDays) = (code, title, networkDays)
            (self.internalLeadDays, self.provenance) = (internalLeadDays, provenance)
        }
    }

    public init(code: SchemeCode, title: String, stages: [Stage]) { (self.code, self.title, self.stages) = (code, title, stages) }
}

public enum SchemeStageKind: Coded { public static let noun = "scheme stage" }
