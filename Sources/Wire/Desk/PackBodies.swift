import Chronicle
import Policies

/// A pack that was put in force.
public struct PackEdition: WireBody {
    public enum Standing: String, Codable, Hashable, Sendable {
        case past
        case inForce = "in-force"
        /// Approved; its day has not come.
        case coming
    }

    public let hash: PolicyHash
    public let title: String
    public let version: String
    public let effectiveFrom: CivilDate
    public let standing: Standing
    /// Who put it in force.
    public let by: Actor
    public let at: Instant
    /// The proposal that was approved; none where one alone put a first pack, or a rehearsal's, in force.
    public let proposal: Int?

    enum CodingKeys: String, CodingKey {
        case hash, title, version, standing, by, at, proposal
        case effectiveFrom = "effective_from"
    }

    public init(
        hash: PolicyHash, title: String, version: String, effectiveFrom: CivilDate, standing: Standing, by: Actor, at: Instant, proposal: Int?
    ) {
        (self.hash, self.title, self.version, self.effectiveFrom) = (hash, title, version, effectiveFrom)
        (self.standing, self.by, self.at, self.proposal) = (standing, by, at, proposal)
    }
}

/// Every pack that was put in force, the latest first.
public struct PackEditionList: WireBody {
    public let packs: [PackEdition]
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case packs
        case asOf = "as_of"
    }

    public init(packs: [PackEdition], asOf: Int64) { (self.packs, self.asOf) = (packs, asOf) }
}

/// A pack's files, as they lie in the log.
public struct PackView: WireBody {
    public let hash: PolicyHash
    public let files: [PackBody.File]
    public init(hash: PolicyHash, files: [PackBody.File]) { (self.hash, self.files) = (hash, files) }
}

/// One difference between two packs, in words.
public struct PackChange: WireBody {
    /// Which table of the pack it is in.
    public let table: String
    public let text: String
    public init(_ change: PolicyChange) { (table, text) = (change.table.rawValue, change.sentence) }
}

/// What changed from one pack to another.
public struct PackChangeList: WireBody {
    public let from: PolicyHash
    public let to: PolicyHash
    public let changes: [PackChange]
    public init(from: PolicyHash, to: PolicyHash, changes: [PackChange]) { (self.from, self.to, self.changes) = (from, to, changes) }
}

/// A complaint about a pack, and where.
public struct PackComplaint: WireBody {
    public let file: String
    /// From 1; 0 is the file as a whole.
    public let line: Int
    public let column: Int
    /// `error` or `warning`.
    public let severity: String
    /// The stable name of the kind of complaint.
    public let code: String
    public let message: String
    public let hint: String?

    public init(_ diagnostic: Diagnostic) {
        (file, line, column) = (diagnostic.place.file, diagnostic.place.line, diagnostic.place.column)
        (severity, code) = (diagnostic.severity.rawValue, diagnostic.code.rawValue)
        (message, hint) = (diagnostic.message, diagnostic.hint)
    }
}

/// What is to be said about a pack before anybody proposes it.
public struct PackVerdict: WireBody {
    /// `nil` where it has errors.
    public let hash: PolicyHash?
    public let complaints: [PackComplaint]
    /// What it would change of the pack in force now; none where it has errors.
    public let changes: [PackChange]?
    public init(hash: PolicyHash?, complaints: [PackComplaint], changes: [PackChange]?) {
        (self.hash, self.complaints, self.changes) = (hash, complaints, changes)
    }
}
