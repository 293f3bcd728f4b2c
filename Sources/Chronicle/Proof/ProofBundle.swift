/// A proof on paper: one event, its place in the log, and the log's signature, in a file that anyone can check without asking us.
///
/// One line of canonical JSON (`LedgerJSON`); a file that is not byte for byte what this type writes is refused. Fields, in this order:
///
/// | field | value |
/// |---|---|
/// | `format` | `recourse-proof/1` |
/// | `sequence` | place in the log, from 1 |
/// | `stream`, `version`, `type`, `occurred`, `recorded`, `actor`, `policy`?, `causation`?, `correlation`, `commitment` | the lines of the `Leaf` |
/// | `salt`?, `payload`? | base 64; both or neither: the body may be withheld and the event is still proven |
/// | `path` | hashes of the inclusion proof in base 64, from the leaf up (RFC 6962) |
/// | `checkpoint` | a signed checkpoint (C2SP tlog-checkpoint) with the log's signature and no other |
/// | `key` | the log's verifier key (C2SP signed-note) |
///
/// To check one by hand: SHA-256(`salt` ‖ `payload`) is `commitment`; the twelve lines of the leaf, hashed as SHA-256(0x00 ‖ lines), lead over
/// `path` from leaf `sequence` − 1 to the root in `checkpoint`; the signature is `key`'s. Whether `key` is the log's is for the reader to
/// know: compare it with the one the log publishes.
public struct ProofBundle: Hashable, Sendable {
    public static let format = "recourse-proof/1"

    public var envelope: Envelope
    public var type: EventType
    public var commitment: Digest
    /// `nil` when the body is withheld.
    public var body: Body?
    public var path: [Digest]
    public var checkpoint: String
    public var key: String

    public struct Body: Hashable, Sendable {
        public var salt: [UInt8]
        public var payload: [UInt8]
        public init(salt: [UInt8], payload: [UInt8]) { (self.salt, self.payload) = (salt, payload) }
    }

    /// The proof of `event` under a signed checkpoint. A redacted event, or `disclosingBody: false`, gives a proof without the body.
    public init(of event: StoredEvent, disclosingBody: Bool, path: [Digest], checkpoint: SignedNote, key: VerifierKey) {
        (envelope, type, commitment) = (event.envelope, event.type, event.commitment)
        body = disclosingBody && !event.salt.isEmpty ? Body(salt: event.salt, payload: event.payload) : nil
        (self.path, self.checkpoint, self.key) = (path, checkpoint.description, key.description)
    }

    /// Refuses the proof unless every part of it holds. With `trusted`, also unless that is the key it was signed with.
    public func verify(trusting trusted: VerifierKey? = nil) throws(ProofError) -> VerifiedEvent {
        let (key, checkpoint) = try verifiedCheckpoint()
        if let trusted, trusted != key { throw .otherKey(key.description) }
        return try verified(at: checkpoint, by: key)
    }

    /// The same under a checkpoint whose signature was checked already: of many events under one, it is checked once.
    public func verify(at checkpoint: Checkpoint) throws(ProofError) -> VerifiedEvent {
        let key: VerifierKey
        do { key = try VerifierKey(parsing: self.key) } catch { throw .note(error) }
        return try verified(at: checkpoint, by: key)
    }

    private func verified(at checkpoint: Checkpoint, by key: VerifierKey) throws(ProofError) -> VerifiedEvent {
        if let body, Leaf.commitment(salt: body.salt, payload: body.payload) != commitment { throw .payloadDiffers }
        guard envelope.sequence > 0 else { throw .leafOutside(index: envelope.sequence, size: checkpoint.size) }
        let leaf = MerkleTree.leafHash(Leaf.bytes(of: envelope, type: type, commitment: commitment))
        let proof = InclusionProof(leafIndex: envelope.sequence - 1, treeSize: checkpoint.size, path: path)
        try proof.verify(leaf: leaf, root: checkpoint.root)
        return VerifiedEvent(envelope: envelope, type: type, payload: body?.payload, checkpoint: checkpoint, key: key)
    }

    private func verifiedCheckpoint() throws(ProofError) -> (VerifierKey, Checkpoint) {
        do {
            let key = try VerifierKey(parsing: self.key)
            let note = try SignedNote(parsing: checkpoint)
            // Signatures nobody checks could be changed unseen.
            guard note.signatures.count == 1 else { throw NoteError.tooManySignatures(note.signatures.count) }
            try note.verify(by: [key])
            let checkpoint = try Checkpoint(parsing: note.text)
            guard checkpoint.origin == key.name else { throw ProofError.otherLog(origin: checkpoint.origin, key: key.name) }
            return (key, checkpoint)
        } catch let error as NoteError {
            throw .note(error)
        } catch let error as ProofError {
            throw error
        } catch {
            throw .unreadable("\(error)")
        }
    }
}

/// An event whose place in the log was proven.
public struct VerifiedEvent: Hashable, Sendable {
    public let envelope: Envelope
    public let type: EventType
    /// Canonical JSON of the body, `nil` when it was withheld.
    public let payload: [UInt8]?
    /// What the log signed.
    public let checkpoint: Checkpoint
    /// The key it was signed with.
    public let key: VerifierKey
}
