import Chronicle
import EventStorage

extension EventStoreConformance {
    static let lasting = [
        ConformanceCase("Opened again, everything is as it was and goes on from there") { place in try await reopening(place) }
    ]

    private static func reopening(_ place: EnginePlace) async throws {
        var samples = SampleEvents()
        let first = try await place.open(tables)
        let append = Append(
            to: SampleEvents.stream(1), expecting: .none, samples.events(300), rows: [SampleTables.put("a", due: 5), SampleTables.count(1, "x")],
            idempotency: SampleEvents.key("once"))
        let receipt = try await first.append(append)
        try await first.keep(KeptCheckpoint(sequence: 300, note: "note"))
        try await first.write([SampleTables.put("b")], position: ProjectionPosition("p/1", from: 0, to: 12))
        let (head, log) = (try await first.head(), try await first.read(after: 0, limit: 1_000))
        let queue = try await first.rows(RowQuery(SampleTables.queue))
        let subtree = try await first.subtreeHash(level: 1, index: 0)
        try await place.close(first)

        let second = try await place.open(tables)
        try expectEqual(try await second.head(), head, "head")
        try expectEqual(try await second.read(after: 0, limit: 1_000), log, "log")
        try expectEqual(try await second.rows(RowQuery(SampleTables.queue)), queue, "queue")
        try expectEqual(try await second.subtreeHash(level: 1, index: 0), subtree, "subtree")
        try expectEqual(try await second.checkpoints(), [KeptCheckpoint(sequence: 300, note: "note")], "checkpoints")
        try expectEqual(try await second.position(of: "p/1"), 12, "position")
        try expectEqual(try await second.outdatedTables(), [], "outdated tables")
        guard case .duplicate(receipt) = try await storeError("the request of before", { () async throws(StoreError) in try await second.append(append) })
        else { throw ConformanceFailure(description: "the key was forgotten") }
        let next = try await second.append(Append(to: SampleEvents.stream(1), expecting: .exactly(300), samples.events(2)))
        try expectEqual(next.lastSequence, 302, "next sequence")
        try expectEqual(try await verify(second).events, 302, "events verified")
        try await place.close(second)
    }
}
