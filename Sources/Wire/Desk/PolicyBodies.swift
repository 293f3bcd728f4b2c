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
