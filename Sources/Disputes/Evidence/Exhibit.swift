import Chronicle
import Policies

/// A piece of evidence: what it claims to be, whose, and the hash that fixes its bytes for ever.
public struct Exhibit: Hashable, Sendable, Codable {
    public let id: ExhibitID
    public let type: EvidenceCode
    /// The side it speaks for; `nil` for system-made evidence.
    public let side: Side?
    public let by: Actor
    /// SHA-256 of the original bytes, computed on the way in.
    public let sha256: Digest
    public let bytes: Int64
    /// As the uploader declared it, and as its first bytes say; they agree or the file was refused.
    public let mediaType: String
    /// The request it answers.
    public let request: RequestID?
    /// How it came: `upload`, `system`, `e-mail`, `import`.
    public let method: String
    /// Original file name, sealed (names carry names).
    public let fileName: Sealed?

    public init(
        id: ExhibitID, type: EvidenceCode, side: Side?, by: Actor, sha256: Digest, bytes: Int64, mediaType: String, request: RequestID?,
        method: String, fileName: Sealed?
    ) {
        (self.id, self.type, self.side, self.by, self.sha256) = (id, type, side, by, sha256)
        (self.bytes, self.mediaType, self.request, self.method, self.fileName) = (bytes, mediaType, request, method, fileName)
    }
}

/// A concrete question to one party, with a deadline: the only thing that may pause a net clock.
public struct EvidenceRequest: Hashable, Sendable, Codable {
    public enum Ending: String, Hashable, Sendable, Codable { case answered, waived, lapsed }

    public let id: RequestID
    public let of: PartyID
    public let side: Side
    public let types: [EvidenceCode]
    public let asked: Instant
    public internal(set) var due: Instant
    public var ending: Ending?
    public var ended: Instant?
    /// What whoever was asked said in place of what was asked for.
    public internal(set) var statement: Sealed?

    public init(id: RequestID, of: PartyID, side: Side, types: [EvidenceCode], asked: Instant, due: Instant) {
        (self.id, self.of, self.side, self.types, self.asked, self.due) = (id, of, side, types, asked, due)
    }

    public var isOpen: Bool { ending == nil }
}
