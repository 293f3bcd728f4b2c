import Chronicle
import EventStorage

extension EventStore {
    /// That the log grew from a head handed out before to the one of now and lost nothing, checked before anybody gets it.
    /// - Parameter size: of a checkpoint that was kept; `nil` comes back where none of that size was, or the log's key is another now.
    public func growth(from size: Int64, by signer: NoteSigner) async throws -> (proof: GrowthProof, checkpoint: Checkpoint)? {
        guard let kept = try await checkpoints().last(where: { $0.sequence == size }),
            (try? Checkpoint(verifying: kept.note, by: [signer.verifier])) != nil
        else { return nil }
        let (checkpoint, note) = try await signedCheckpoint(by: signer)
        let plan = try ConsistencyProof.plan(oldSize: size, newSize: checkpoint.size)
        let proof = GrowthProof(old: try SignedNote(parsing: kept.note), new: note, path: try await hashes(of: plan), key: signer.verifier)
        _ = try proof.verify(trusting: signer.verifier)
        return (proof, checkpoint)
    }
}
