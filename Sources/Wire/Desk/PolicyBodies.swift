import Chronicle
import Policies

/// A policy pack.
public struct PolicyView: WireBody {
    public let hash: PolicyHash
    public let title: String
    public let version: String
    public let effectiveFrom: CivilDate
    /// How many kinds of case it knows, and how many of each other row.
    public let caseTypes: Int
    public let reasons: Int
    public let clocks: Int
    public let regimes: Int
    public let letters: Int
    /// It was in force before this was asked.
    public let unchanged: Bool
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case hash, title, version, reasons, clocks, regimes, letters, unchanged
        case effectiveFrom = "effective_from"
        case caseTypes = "case_types"
        case asOf = "as_of"
    }

    public init(_ policy: Policy, unchanged: Bool, asOf: Int64) {
        (hash, title, version, effectiveFrom) = (policy.hash, policy.title, policy.version, policy.effectiveFrom)
        (caseTypes, reasons, clocks) = (policy.caseTypes.count, policy.reasons.count, policy.clocks.count)
        (regimes, letters, self.unchanged, self.asOf) = (policy.regimes.count, policy.letters.count, unchanged, asOf)
    }
}

/// A pack as its files.
public struct PackBody: WireBody {
    public struct File: WireBody {
        public var path: String
        public var text: String
        public init(path: String, text: String) { (self.path, self.text) = (path, text) }
    }
    public var files: [File]
    public init(files: [File]) { self.files = files }
}

/// A row of the pack, or the whole procedure, in words.
public struct PolicyWords: WireBody {
    public let code: String?
    public let text: String

    public init(code: String?, text: String) { (self.code, self.text) = (code, text) }
}

/// A pack somebody wants in force, and why.
public struct ProposalBody: WireBody {
    public var files: [PackBody.File]
    public var because: String
    public init(files: [PackBody.File], because: String) { (self.files, self.because) = (files, because) }
}

/// A proposed pack, and what became of it.
public struct ProposalView: WireBody {
    public enum State: String, Codable, Hashable, Sendable { case waiting, approved, declined }

    /// How it is named.
    public let number: Int
    public let hash: PolicyHash
    public let title: String
    public let version: String
    public let effectiveFrom: CivilDate
    public let by: Actor
    public let at: Instant
    public let because: String
    public let state: State
    /// Who approved or declined it, and when.
    public let settledBy: Actor?
    public let settledAt: Instant?
    public let declinedBecause: String?
    /// What it would change of the pack in force now, a sentence each; not in lists.
    public let changes: [String]?

    enum CodingKeys: String, CodingKey {
        case number, hash, title, version, by, at, because, state, changes
        case effectiveFrom = "effective_from"
        case settledBy = "settled_by"
        case settledAt = "settled_at"
        case declinedBecause = "declined_because"
    }

    public init(
        number: Int, hash: PolicyHash, title: String, version: String, effectiveFrom: CivilDate, by: Actor, at: Instant, because: String, state: State,
        settledBy: Actor?, settledAt: Instant?, declinedBecause: String?, changes: [String]?
    ) {
        (self.number, self.hash, self.title, self.version, self.effectiveFrom) = (number, hash, title, version, effectiveFrom)
        (self.by, self.at, self.because, self.state) = (by, at, because, state)
        (self.settledBy, self.settledAt, self.declinedBecause, self.changes) = (settledBy, settledAt, declinedBecause, changes)
    }
}

public struct ProposalList: WireBody {
    public let proposals: [ProposalView]
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case proposals
        case asOf = "as_of"
    }

    public init(proposals: [ProposalView], asOf: Int64) { (self.proposals, self.asOf) = (proposals, asOf) }
}
