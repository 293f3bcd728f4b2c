import Chronicle
import EventStorage

extension EventStoreConformance {
    static let tree = [
        ConformanceCase("The root is that of RFC 6962 over the leaves, at every size", over: rootAtEverySize),
        ConformanceCase("Complete subtrees of 256 leaves are kept, incomplete ones are not there", over: subtrees),
        ConformanceCase("Leaf hashes of events that do not exist are refused", over: leafRange),
        ConformanceCase("Checkpoints come back in the order they were kept; one ahead of the log or behind the last is refused", over: checkpoints),
        ConformanceCase("Verification meets each checkpoint's root and refuses a wrong one", over: verifiedCheckpoints),
    ]

    /// RFC 6962 §2.1, written out as it stands there: the definition the incremental frontier is measured by.
    static func rootByDefinition(_ leaves: ArraySlice<Digest>) -> Digest {
        guard let first = leaves.first else { return Digest(hashing: EmptyCollection()) }
        guard leaves.count > 1 else { return first }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        let middle = leaves.startIndex + split
        return Digest(hashing: [1] + rootByDefinition(leaves[..<middle]).bytes + rootByDefinition(leaves[middle...]).bytes)
    }

    private static func rootAtEverySize(_ store: any EventStore) async throws {
        var samples = SampleEvents()
        try expectEqual(try await store.head().root, rootByDefinition([]), "root of nothing")
        for size in 1...40 {
            _ = try await store.append(Append(to: SampleEvents.stream(size % 3), expecting: .any, samples.events(1)))
            let leaves = try await store.leafHashes(1...Int64(size))
            try expectEqual(leaves, try await store.read(after: 0, limit: 100).map(Leaf.hash), "leaves of \(size)")
            try expectEqual(try await store.head().root, rootByDefinition(leaves[...]), "root of \(size)")
        }
    }

    private static func subtrees(_ store: any EventStore) async throws {
        var samples = SampleEvents()
        for count in [255, 1, 300, 100] { _ = try await store.append(Append(to: SampleEvents.stream(1), expecting: .any, samples.events(count))) }
        let leaves = try await store.leafHashes(1...656)
        for index in 0..<2 {
            let expected = rootByDefinition(leaves[index * 256..<index * 256 + 256])
            try expectEqual(try await store.subtreeHash(level: 1, index: Int64(index)), expected, "subtree \(index)")
        }
        try expectEqual(try await store.subtreeHash(level: 1, index: 2), nil, "incomplete subtree")
        try expectEqual(try await store.subtreeHash(level: 2, index: 0), nil, "incomplete subtree of level 2")
        try expectEqual(try await store.head().root, rootByDefinition(leaves[...]), "root")
        try expectEqual(try await verify(store).events, 656, "events verified")
    }

    private static func leafRange(_ store: any EventStore) async throws {
        var samples = SampleEvents()
        _ = try await store.append(Append(to: SampleEvents.stream(1), expecting: .none, samples.events(3)))
        for range in [0...1, 3...4, 4...4] as [ClosedRange<Int64>] {
            let error = try await storeError("leaves \(range)") { () async throws(StoreError) in try await store.leafHashes(range) }
            guard case .malformed = error else { throw ConformanceFailure(description: "expected malformed, found \(error)") }
        }
    }

    private static func checkpoints(_ store: any EventStore) async throws {
        var samples = SampleEvents()
        _ = try await store.append(Append(to: SampleEvents.stream(1), expecting: .none, samples.events(5)))
        let kept = [KeptCheckpoint(sequence: 0, note: "empty"), KeptCheckpoint(sequence: 3, note: "drei\n— sig é"), KeptCheckpoint(sequence: 3, note: "again")]
        for checkpoint in kept { try await store.keep(checkpoint) }
        for sequence in [6, 2] as [Int64] {
            let error = try await storeError("a checkpoint at \(sequence)") { () async throws(StoreError) in
                try await store.keep(KeptCheckpoint(sequence: sequence, note: "wrong"))
            }
            guard case .malformed = error else { throw ConformanceFailure(description: "expected malformed, found \(error)") }
        }
        try expectEqual(try await store.checkpoints(), kept, "checkpoints")
    }

    private static func verifiedCheckpoints(_ store: any EventStore) async throws {
        var samples = SampleEvents()
        for _ in 0..<3 {
            let head = try await store.head()
            try await store.keep(KeptCheckpoint(sequence: head.sequence, note: head.root.description))
            _ = try await store.append(Append(to: SampleEvents.stream(1), expecting: .any, samples.events(7)))
        }
        struct Unreadable: Error {}
        let read: @Sendable (KeptCheckpoint) throws -> Digest = { checkpoint in
            guard let root = Digest(checkpoint.note) else { throw Unreadable() }
            return root
        }
        try expectEqual(try await verify(store, rootOf: read).checkpoints, 3, "checkpoints met")
        try await store.keep(KeptCheckpoint(sequence: 21, note: Digest(hashing: [9]).description))
        let error = try await storeError("a checkpoint over another root") { () async throws(StoreError) in try await verify(store, rootOf: read) }
        guard case .damaged(21, _) = error else { throw ConformanceFailure(description: "expected damage at 21, found \(error)") }
    }
}
