/// A proof on paper that a log only grew: two heads the log signed, and the hashes that lead from the earlier to the later (RFC 9162 §2.1.4). In a file
/// that anyone can check without asking us.
///
/// One line of canonical JSON, read as strictly as a `ProofBundle`. Fields: `format` = `recourse-growth/1`; `old` and `new`, signed checkpoints (C2SP
/// tlog-checkpoint) with the log's signature and no other; `path`, hashes in base 64; `key`, the log's verifier key (C2SP signed-note). Whether `key` is
/// the log's is for the reader to know: compare it with the one the log publishes.
public struct GrowthProof: Hashable, Sendable {
    public static let format = "recourse-growth/1"

    /// The signed note of the earlier head.
    public var old: String
    /// The signed note of the later head.
    public var new: String
    public var path: [Digest]
    public var key: String

    public init(old: SignedNote, new: SignedNote, path: [Digest], key: VerifierKey) {
        (self.old, self.new, self.path, self.key) = (old.description, new.description, path, key.description)
    }

    /// Refuses the proof unless both signatures and the way between the roots hold. With `trusted`, also unless that is the key they were signed with.
    /// - Returns: the two heads.
    public func verify(trusting trusted: VerifierKey? = nil) throws(ProofError) -> (old: Checkpoint, new: Checkpoint, key: VerifierKey) {
        let (key, before, after): (VerifierKey, Checkpoint, Checkpoint)
        do {
            key = try VerifierKey(parsing: self.key)
            before = try GrowthProof.signed(old, by: key)
            after = try GrowthProof.signed(new, by: key)
        } catch { throw .note(error) }
        if let trusted, trusted != key { throw .otherKey(key.description) }
        try ConsistencyProof(oldSize: before.size, newSize: after.size, path: path).verify(oldRoot: before.root, newRoot: after.root)
        return (before, after, key)
    }

    private static func signed(_ note: String, by key: VerifierKey) throws(NoteError) -> Checkpoint {
        // Signatures nobody checks could be changed unseen.
        let count = try SignedNote(parsing: note).signatures.count
        guard count == 1 else { throw .tooManySignatures(count) }
        return try Checkpoint(verifying: note, by: [key])
    }
}

extension GrowthProof {
    /// The proof file.
    public func bytes() throws -> [UInt8] { try LedgerJSON.encode(Lines(self)) }

    /// Is this file one that says it is such a proof? An event's proof begins otherwise.
    public static func isFormat(of bytes: [UInt8]) -> Bool { bytes.starts(with: Array("{\"format\":\"\(format)\"".utf8)) }

    /// Reads a proof file. Says nothing about whether the proof holds: `verify` does.
    public init(parsing bytes: [UInt8]) throws(ProofError) {
        do {
            self = try LedgerJSON.decode(Lines.self, from: bytes).proof()
            guard try self.bytes() == bytes else { throw ProofError.unreadable("it is not written in the one way proof files are written") }
        } catch let error as ProofError {
            throw error
        } catch {
            throw .unreadable("\(error)")
        }
    }

    private init(old: String, new: String, path: [Digest], key: String) { (self.old, self.new, self.path, self.key) = (old, new, path, key) }

    /// The fields of the file, in their order.
    private struct Lines: Codable {
        var format: String
        var old: String
        var new: String
        var path: [String]
        var key: String

        init(_ proof: GrowthProof) {
            format = GrowthProof.format
            (old, new, path, key) = (proof.old, proof.new, proof.path.map { Base64.encode($0.bytes) }, proof.key)
        }

        func proof() throws(ProofError) -> GrowthProof {
            guard format == GrowthProof.format else { throw .unreadable("its format is “\(format)”") }
            var hashes: [Digest] = []
            for step in path {
                guard let hash = Base64.decode(step).flatMap({ Digest(bytes: $0) }) else { throw .unreadable("“\(step)” is not a hash") }
                hashes.append(hash)
            }
            return GrowthProof(old: old, new: new, path: hashes, key: key)
        }
    }
}
