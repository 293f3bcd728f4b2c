import Chronicle

/// What a verification of the whole log found: this many events, and the root they lead to.
public struct LogVerification: Hashable, Sendable {
    public let events: Int64
    public let root: Digest
    /// Kept checkpoints whose root was derived again and found equal.
    public let checkpoints: Int
}

/// Derives the whole log again from its events and compares: each body with its commitment, each leaf, the tree with its subtrees, the head,
/// the kept checkpoints; versions without gaps in every stream and a clock that never went back.
///
/// Believes nothing stored but the events themselves. What was written after the call began is left for the next time.
/// Throws `.damaged` with the first bad sequence and what is wrong with it.
///
/// - Parameters:
///   - rootOf: Reads the root out of a checkpoint's signed note; throws when the note is not what it should be.
///   - progress: Called with the number of events verified so far, about once every 16,384 events.
public func verify(
    _ store: any EventStore, rootOf: (@Sendable (KeptCheckpoint) throws -> Digest)? = nil,
    progress: (@Sendable (Int64) -> Void)? = nil
) async throws(StoreError) -> LogVerification {
    // In this order: a checkpoint kept in between must not lie beyond the head.
    let checkpoints = try await store.checkpoints()
    let head = try await store.head()
    var tree = DerivedTree(checkpoints: checkpoints, head: head)
    do {
        // Chunks are read and hashed side by side and joined in order.
        try await withThrowingTaskGroup(of: (Int, Result<DerivedChunk, StoreError>).self) { group in
            let chunks = Int((head.sequence + verificationChunkEvents - 1) / verificationChunkEvents)
            var ready: [Int: Result<DerivedChunk, StoreError>] = [:]
            var begun = 0
            func begin() {
                guard begun < chunks else { return }
                let chunk = begun
                group.addTask { (chunk, await DerivedChunk.derive(chunk, of: store, upTo: head.sequence)) }
                begun += 1
            }
            for _ in 0..<verificationWidth { begin() }
            var joined = 0
            while joined < chunks, let (chunk, result) = try await group.next() {
                ready[chunk] = result
                while let next = ready.removeValue(forKey: joined) {
                    begin()
                    try await tree.join(next.get(), store, rootOf)
                    joined += 1
                    progress?(tree.size)
                }
            }
        }
        return try tree.finish(rootOf)
    } catch let error as StoreError {
        throw error
    } catch {
        throw .unavailable(reason: "the verification was interrupted (\(error))", retryAfter: .seconds(1))
    }
}

private let verificationChunkEvents: Int64 = 16_384
/// Chunks in work at once; more only takes memory.
private let verificationWidth = 4

/// A run of events as derived on its own: hashes and what must fit the run before.
private struct DerivedChunk: Sendable {
    var leaves: [Digest] = []
    var versions: [(stream: StreamID, version: Int)] = []
    var firstRecorded: Instant?
    var lastRecorded: Instant?
    /// The first event found bad by itself; those before it are sound.
    var damage: StoreError?

    static func derive(_ chunk: Int, of store: any EventStore, upTo head: Int64) async -> Result<DerivedChunk, StoreError> {
        let after = Int64(chunk) * verificationChunkEvents
        let count = min(verificationChunkEvents, head - after)
        do throws(StoreError) {
            return .success(try await derive(after: after, count: count, of: store))
        } catch {
            return .failure(error)
        }
    }

    private static func derive(after: Int64, count: Int64, of store: any EventStore) async throws(StoreError) -> DerivedChunk {
        var derived = DerivedChunk()
        guard count > 0 else { return derived }
        do throws(StoreError) {
            let events = try await store.read(after: after, limit: Int(count))
            let leaves = try await store.leafHashes(after + 1...after + count)
            derived.examine(events, leaves, after: after, count: count)
            return derived
        } catch {
            // An event that cannot even be read: those before it come first, for one of them may be bad too.
            guard case .damaged(let sequence, _) = error, after < sequence, sequence <= after + count else { throw error }
            var before = try await derive(after: after, count: sequence - after - 1, of: store)
            before.damage = before.damage ?? error
            return before
        }
    }

    private mutating func examine(_ events: [StoredEvent], _ stored: [Digest], after: Int64, count: Int64) {
        leaves.reserveCapacity(Int(count))
        versions.reserveCapacity(Int(count))
        for index in 0..<Int(count) {
            let sequence = after + Int64(index) + 1
            guard index < events.count, events[index].envelope.sequence == sequence else {
                damage = .damaged(sequence: sequence, reason: "it is missing")
                return
            }
            let event = events[index]
            let leaf = Leaf.hash(of: event)
            if let complaint = DerivedChunk.complaint(about: event, leaf, stored: stored[index], lastRecorded) {
                damage = .damaged(sequence: sequence, reason: complaint)
                return
            }
            leaves.append(leaf)
            versions.append((event.envelope.stream, event.envelope.version))
            firstRecorded = firstRecorded ?? event.envelope.recorded
            lastRecorded = event.envelope.recorded
        }
    }

    private static func complaint(about event: StoredEvent, _ leaf: Digest, stored: Digest, _ before: Instant?) -> String? {
        let isRedacted = event.payload.isEmpty && event.salt.isEmpty
        if !isRedacted, Leaf.commitment(salt: event.salt, payload: event.payload) != event.commitment {
            return "its body is not the one that was committed to"
        }
        if leaf != stored { return "its envelope is not the one that was written, or its leaf hash was changed" }
        if let before, event.envelope.recorded < before { return "it was recorded before the event before it" }
        if !Append.writable(event.envelope.occurred) || !Append.writable(event.envelope.recorded) { return "its time is out of range" }
        return nil
    }
}

/// The tree grown again, chunk by chunk.
private struct DerivedTree {
    private let head: LogHead
    private var frontier = MerkleFrontier()
    private var versions: [StreamID: Int] = [:]
    private var recorded: Instant?
    /// Those not reached yet, oldest first.
    private var checkpoints: ArraySlice<KeptCheckpoint>
    private var checkpointsFound = 0

    var size: Int64 { frontier.size }

    init(checkpoints: [KeptCheckpoint], head: LogHead) {
        self.checkpoints = checkpoints.sorted { $0.sequence < $1.sequence }[...]
        self.head = head
    }

    mutating func join(
        _ chunk: DerivedChunk, _ store: any EventStore, _ rootOf: (@Sendable (KeptCheckpoint) throws -> Digest)?
    ) async throws(StoreError) {
        try meetCheckpoints(rootOf)
        if let recorded, let first = chunk.firstRecorded, first < recorded {
            throw .damaged(sequence: size + 1, reason: "it was recorded before the event before it")
        }
        for (leaf, place) in zip(chunk.leaves, chunk.versions) {
            let sequence = size + 1
            let expected = versions[place.stream, default: 0] + 1
            guard place.version == expected else {
                throw .damaged(sequence: sequence, reason: "it is version \(place.version) of \(place.stream), where \(expected) is due")
            }
            versions[place.stream] = place.version
            for subtree in frontier.append(leaf) where try await store.subtreeHash(level: subtree.level, index: subtree.index) != subtree.hash {
                throw .damaged(sequence: sequence, reason: "the stored hash of the subtree that ends with it is another")
            }
            try meetCheckpoints(rootOf)
        }
        recorded = chunk.lastRecorded ?? recorded
        if let damage = chunk.damage { throw damage }
    }

    mutating func finish(_ rootOf: (@Sendable (KeptCheckpoint) throws -> Digest)?) throws(StoreError) -> LogVerification {
        try meetCheckpoints(rootOf)
        guard frontier.root == head.root else { throw .damaged(sequence: size, reason: "the root of the tree is not the one in the head") }
        guard size == 0 || recorded == head.recorded else {
            throw .damaged(sequence: size, reason: "the head was recorded at \(head.recorded), the last event at another time")
        }
        if let beyond = checkpoints.first {
            throw .damaged(sequence: size + 1, reason: "it is missing: a checkpoint of \(beyond.sequence) events was handed out")
        }
        return LogVerification(events: size, root: head.root, checkpoints: checkpointsFound)
    }

    private mutating func meetCheckpoints(_ rootOf: (@Sendable (KeptCheckpoint) throws -> Digest)?) throws(StoreError) {
        while let checkpoint = checkpoints.first, checkpoint.sequence == size {
            checkpoints.removeFirst()
            guard let rootOf else { continue }
            let root: Digest
            do { root = try rootOf(checkpoint) } catch {
                throw .damaged(sequence: size, reason: "the checkpoint at it cannot be read: \(error)")
            }
            guard root == frontier.root else { throw .damaged(sequence: size, reason: "the checkpoint at it was signed over another root") }
            checkpointsFound += 1
        }
    }
}
