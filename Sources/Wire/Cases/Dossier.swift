import Chronicle
import Disputes

/// One case as one of its parties may have it, on paper: what the desk shows them, every event of the case they may know of with its place in the log, and
/// the log's signatures; so that they can show it to anybody, years later, and nobody needs to ask the desk whether it is so.
///
/// One line of canonical JSON (`LedgerJSON`); a file that is not byte for byte what this type writes is refused. Three things are signed or proven:
///
/// - **The tree head** (`checkpoint`): the log's signature over its size and root (C2SP tlog-checkpoint).
/// - **Each event**: its twelve lines lead over `path` to that root (RFC 6962); where its body is given, body and salt are what the event committed to.
///   What is sealed in a body stays sealed: the words themselves stand in `sections`.
/// - **The statement**: a note in which the desk says, with the same key, of which case and party this is, when it was taken, and the SHA-256 of every
///   section and of the list of events. So a section cannot be changed, and an event neither added nor left out.
public struct Dossier: WireBody {
    public static let format = "recourse-case-file/1"

    /// Parts of what the desk shows, by name: `case`, `exhibits`, `messages`, `ruling`.
    public typealias Sections = [String: JSONValue]

    public let format: String
    public let dispute: CaseID
    public let party: PartyID
    public let taken: Instant
    public let sections: Sections
    public let events: [Happening]
    /// A signed note: what this file holds.
    public let statement: String
    /// A signed note: how the log stood.
    public let checkpoint: String
    /// The log's key, as it publishes it.
    public let key: String

    enum CodingKeys: String, CodingKey {
        case format, party, taken, sections, events, statement, checkpoint, key
        case dispute = "case"
    }

    /// An event of the case with its place in the log; its stream is the case's.
    public struct Happening: WireBody {
        public let sequence: Int64
        public let version: Int
        /// `case-opened/1`
        public let type: String
        public let occurred: Instant
        public let recorded: Instant
        public let actor: Actor
        public let policy: PolicyHash?
        public let causation: Int64?
        public let correlation: CorrelationID
        public let commitment: Digest
        /// Base 64; both or neither: a body that is not for this party is withheld, and the event is proven all the same.
        public let salt: String?
        public let payload: String?
        /// Hashes in base 64, from the leaf up.
        public let path: [String]
    }

    /// - Parameter proofs: of events of the case, in their order, under one checkpoint.
    public init(
        _ dispute: CaseID, of party: PartyID, taken: Instant, sections: Sections, proofs: [ProofBundle], checkpoint: SignedNote, signer: NoteSigner
    ) throws {
        (format, self.dispute, self.party, self.taken, self.sections) = (Dossier.format, dispute, party, taken, sections)
        events = proofs.map(Happening.init)
        (self.checkpoint, key) = (checkpoint.description, signer.verifier.description)
        let said = try Dossier.statement(dispute, party, taken, checkpoint: checkpoint.description, sections, events)
        statement = try SignedNote(text: said).signed(by: signer).description
    }

    /// What the desk signs, line by line. Its first line is no log's name, so that it can never be taken for a checkpoint.
    static func statement(
        _ dispute: CaseID, _ party: PartyID, _ taken: Instant, checkpoint: String, _ sections: Sections, _ events: [Happening]
    ) throws -> String {
        var lines = [format, "case \(dispute)", "party \(party)", "taken \(taken)", "checkpoint \(Digest(hashing: Array(checkpoint.utf8)))"]
        for (name, section) in sections.sorted(by: { $0.key < $1.key }) { lines.append("section \(name) \(Digest(hashing: try section.json()))") }
        lines.append("events \(events.count) \(Digest(hashing: try LedgerJSON.encode(events)))")
        return lines.map { $0 + "\n" }.joined()
    }
}

extension Dossier.Happening {
    init(_ proof: ProofBundle) {
        let envelope = proof.envelope
        (sequence, version, type, occurred, recorded) = (
            envelope.sequence, envelope.version, proof.type.description, envelope.occurred, envelope.recorded
        )
        (actor, policy, causation, correlation) = (envelope.actor, envelope.policy, envelope.causation, envelope.correlation)
        (commitment, path) = (proof.commitment, proof.path.map { Base64.encode($0.bytes) })
        (salt, payload) = (proof.body.map { Base64.encode($0.salt) }, proof.body.map { Base64.encode($0.payload) })
    }
}
