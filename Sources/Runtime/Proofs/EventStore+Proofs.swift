import Chronicle
import EventStorage

extension EventStore {
    /// The checkpoint of the log as it stands: the one kept, or a new one, which is kept before anyone sees it.
    public func signedCheckpoint(by signer: NoteSigner) async throws -> (Checkpoint, SignedNote) {
        let head = try await head()
        if let kept = try await checkpoints().last, kept.sequence == head.sequence,
            let checkpoint = try? Checkpoint(verifying: kept.note, by: [signer.verifier]), checkpoint.root == head.root
        {
            return (checkpoint, try SignedNote(parsing: kept.note))
        }
        let checkpoint = try Checkpoint(origin: signer.verifier.name, size: head.sequence, root: head.root)
        let note = try checkpoint.signed(by: signer)
        try await keep(KeptCheckpoint(sequence: head.sequence, note: note.description))
        return (checkpoint, note)
    }

    /// One event, its place in the log and the log's signature, checked before anybody gets it.
    public func proof(
        of event: StoredEvent, disclosingBody: Bool, by signer: NoteSigner
    ) async throws -> (bundle: ProofBundle, checkpoint: Checkpoint) {
        let (checkpoint, note) = try await signedCheckpoint(by: signer)
        let bundle = ProofBundle(
            of: event, disclosingBody: disclosingBody, path: try await path(of: event.envelope.sequence, in: checkpoint.size), checkpoint: note,
            key: signer.verifier)
        _ = try bundle.verify(trusting: signer.verifier)
        return (bundle, checkpoint)
    }

    /// Several events under one checkpoint, each checked before anybody gets it.
    public func proofs(
        of events: [(event: StoredEvent, disclosingBody: Bool)], by signer: NoteSigner
    ) async throws -> (bundles: [ProofBundle], checkpoint: Checkpoint, note: SignedNote) {
        let (checkpoint, note) = try await signedCheckpoint(by: signer)
        var bundles: [ProofBundle] = []
        for (event, disclosingBody) in events {
            let path = try await path(of: event.envelope.sequence, in: checkpoint.size)
            let bundle = ProofBundle(of: event, disclosingBody: disclosingBody, path: path, checkpoint: note, key: signer.verifier)
            _ = try bundle.verify(at: checkpoint)
            bundles.append(bundle)
        }
        return (bundles, checkpoint, note)
    }

    /// The inclusion path of an event, from the hashes the store keeps.
    private func path(of sequence: Int64, in size: Int64) async throws -> [Digest] {
        try await hashes(of: try InclusionProof.plan(leafIndex: sequence - 1, treeSize: size))
    }

    /// The hashes a proof is made of.
    func hashes(of plan: ProofPlan) async throws -> [Digest] {
        var fetched: [StoredHashes: [Digest]] = [:]
        for stored in plan.storedHashes {
            if stored.level == 0 {
                fetched[stored] = try await leafHashes((stored.first + 1)...(stored.first + Int64(stored.count)))
            } else {
                var hashes: [Digest] = []
                for index in 0..<Int64(stored.count) {
                    if let hash = try await subtreeHash(level: stored.level, index: stored.first + index) { hashes.append(hash) }
                }
                fetched[stored] = hashes
            }
        }
        return try plan.assemble(from: fetched)
    }
}
