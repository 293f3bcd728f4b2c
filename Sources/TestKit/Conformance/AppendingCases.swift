import Chronicle
import EventStorage

extension EventStoreConformance {
    static let appending = [
        ConformanceCase("Sequences run 1, 2, … over all streams and versions 1, 2, … in each", over: denseOrder),
        ConformanceCase("What is read is what was written", over: faithful),
        ConformanceCase("An append at the wrong version is a conflict that names the actual one, and writes nothing", over: conflict),
        ConformanceCase("The same request twice is done once and answered with the first receipt", over: duplicate),
        ConformanceCase("A key that was used for another request is refused", over: keyReused),
        ConformanceCase("An append of which one row is refused writes nothing at all", over: allOrNothing),
        ConformanceCase("An event without a body, a salt of the wrong length, a year beyond 9999 are refused", over: malformedEvents),
        ConformanceCase("A clock that goes back does not take the log back", over: clockGoesBack),
        ConformanceCase("An append without events moves no sequence but keeps its rows and its key", over: withoutEvents),
        ConformanceCase("Pages of a stream and of the log begin after the cursor and end at the limit", over: reading),
        ConformanceCase("Redaction empties the body; leaf, root and verification stand", over: redaction),
    ]

    private static func denseOrder(_ store: any EventStore) async throws {
        var samples = SampleEvents()
        var versions: [Int: Int] = [:]
        var sequence: Int64 = 0
        for (stream, count) in [(1, 2), (2, 1), (1, 3), (3, 1), (2, 5)] {
            let version = versions[stream, default: 0]
            let receipt = try await store.append(
                Append(to: SampleEvents.stream(stream), expecting: version == 0 ? .none : .exactly(version), samples.events(count)))
            try expectEqual(receipt.firstSequence, sequence + 1, "first sequence")
            try expectEqual(receipt.lastSequence, sequence + Int64(count), "last sequence")
            try expectEqual(receipt.version, version + count, "version")
            versions[stream] = receipt.version
            sequence = receipt.lastSequence
        }
        let log = try await store.read(after: 0, limit: 100)
        try expectEqual(log.map(\.envelope.sequence), Array(1...sequence), "sequences")
        for (stream, version) in versions {
            let events = try await store.read(SampleEvents.stream(stream), after: 0, limit: 100)
            try expectEqual(events.map(\.envelope.version), Array(1...version), "versions of stream \(stream)")
        }
        try expectEqual(try await store.head().sequence, sequence, "head")
    }

    private static func faithful(_ store: any EventStore) async throws {
        var samples = SampleEvents(seed: 7)
        let proposed = samples.events(60) + [samples.event(payload: [0]), samples.event(payload: Array(repeating: 200, count: 70_000))]
        _ = try await store.append(Append(to: SampleEvents.stream(1), expecting: .any, proposed))
        let events = try await store.read(after: 0, limit: 100)
        try expectEqual(events.count, proposed.count, "events")
        for (event, proposed) in zip(events, proposed) {
            let expected = StoredEvent(
                envelope: Envelope(
                    stream: SampleEvents.stream(1), version: event.envelope.version, sequence: event.envelope.sequence,
                    occurred: proposed.occurred, recorded: proposed.recorded, actor: proposed.actor, policy: proposed.policy,
                    causation: proposed.causation, correlation: proposed.correlation),
                type: proposed.type, payload: proposed.payload, salt: proposed.salt,
                commitment: Leaf.commitment(salt: proposed.salt, payload: proposed.payload))
            try expectEqual(event, expected, "event \(event.envelope.sequence)")
        }
    }

    private static func conflict(_ store: any EventStore) async throws {
        var samples = SampleEvents()
        let stream = SampleEvents.stream(1)
        _ = try await store.append(Append(to: stream, expecting: .none, samples.events(2)))
        for expecting in [ExpectedVersion.none, .exactly(0), .exactly(1), .exactly(3)] {
            let append = Append(to: stream, expecting: expecting, samples.events(1), rows: [SampleTables.put("x")], idempotency: SampleEvents.key("k"))
            let error = try await storeError("an append expecting \(expecting)") { () async throws(StoreError) in try await store.append(append) }
            guard case .conflict(let found, let actual) = error else { throw ConformanceFailure(description: "expected a conflict, found \(error)") }
            try expectEqual(found, stream, "stream of the conflict")
            try expectEqual(actual, 2, "actual version")
        }
        try expectEqual(try await store.head().sequence, 2, "head after conflicts")
        try expectEqual(try await store.count(RowQuery(SampleTables.queue)).count, 0, "rows after conflicts")
        _ = try await store.append(Append(to: stream, expecting: .exactly(2), samples.events(1), idempotency: SampleEvents.key("k")))
        _ = try await store.append(Append(to: stream, expecting: .any, samples.events(1)))
        try expectEqual(try await store.head().sequence, 4, "head")
    }

    private static func duplicate(_ store: any EventStore) async throws {
        var samples = SampleEvents()
        let append = Append(to: SampleEvents.stream(1), expecting: .none, samples.events(2), idempotency: SampleEvents.key("once"))
        let receipt = try await store.append(append)
        _ = try await store.append(Append(to: SampleEvents.stream(1), expecting: .exactly(2), samples.events(1)))
        let error = try await storeError("the second time") { () async throws(StoreError) in try await store.append(append) }
        guard case .duplicate(let original) = error else { throw ConformanceFailure(description: "expected a duplicate, found \(error)") }
        try expectEqual(original, receipt, "original receipt")
        try expectEqual(try await store.head().sequence, 3, "head")
        guard let key = append.idempotency else { throw ConformanceFailure(description: "no key") }
        let kept = try await store.receipt(of: key.key)
        try expectEqual(kept?.receipt, receipt, "kept receipt")
        try expectEqual(kept?.fingerprint, key.fingerprint, "kept fingerprint")
        guard let unknown = IdempotencyKey("never") else { throw ConformanceFailure(description: "no key") }
        try expect(try await store.receipt(of: unknown) == nil, "a key never used has a receipt")
    }

    private static func keyReused(_ store: any EventStore) async throws {
        var samples = SampleEvents()
        guard let key = IdempotencyKey("mine") else { throw ConformanceFailure(description: "no key") }
        let first = Append(to: SampleEvents.stream(1), expecting: .any, samples.events(1), idempotency: (key, Digest(hashing: [1])))
        let second = Append(to: SampleEvents.stream(2), expecting: .any, samples.events(1), idempotency: (key, Digest(hashing: [2])))
        _ = try await store.append(first)
        let error = try await storeError("the key's second request") { () async throws(StoreError) in try await store.append(second) }
        guard case .keyReused(key) = error else { throw ConformanceFailure(description: "expected a reused key, found \(error)") }
        try expectEqual(try await store.head().sequence, 1, "head")
    }

    private static func allOrNothing(_ store: any EventStore) async throws {
        var samples = SampleEvents()
        _ = try await store.append(
            Append(to: SampleEvents.stream(1), expecting: .none, samples.events(1), rows: [SampleTables.count(1, "full", by: .max)]))
        let before = try await store.head()
        let append = Append(
            to: SampleEvents.stream(2), expecting: .none, samples.events(3),
            rows: [SampleTables.put("a"), SampleTables.count(1, "full"), SampleTables.put("b")], idempotency: SampleEvents.key("k"))
        let error = try await storeError("a count beyond 64 bits") { () async throws(StoreError) in try await store.append(append) }
        guard case .malformed = error else { throw ConformanceFailure(description: "expected malformed, found \(error)") }
        try expectEqual(try await store.head(), before, "head")
        try expectEqual(try await store.read(SampleEvents.stream(2), after: 0, limit: 9).count, 0, "events")
        try expectEqual(try await store.count(RowQuery(SampleTables.queue)).count, 0, "rows")
        _ = try await store.append(
            Append(to: SampleEvents.stream(2), expecting: .none, samples.events(1), idempotency: SampleEvents.key("k")))
        _ = try await verify(store)
    }

    private static func malformedEvents(_ store: any EventStore) async throws {
        var samples = SampleEvents()
        var shortSalt = samples.event()
        shortSalt.salt.removeLast()
        var late = samples.event()
        late.occurred = Instant(milliseconds: 253_402_300_800_000)
        var nameless = samples.event()
        nameless.type = EventType("")
        for event in [shortSalt, late, nameless, samples.event(payload: [])] {
            let append = Append(to: SampleEvents.stream(1), expecting: .any, [samples.event(), event])
            let error = try await storeError("\(event.type)") { () async throws(StoreError) in try await store.append(append) }
            guard case .malformed = error else { throw ConformanceFailure(description: "expected malformed, found \(error)") }
        }
        try expectEqual(try await store.head().sequence, 0, "head")
    }

    private static func clockGoesBack(_ store: any EventStore) async throws {
        var samples = SampleEvents()
        let noon = Instant(seconds: 1_800_000_000)
        for (stream, clock) in [(1, noon), (2, noon - .hours(1)), (3, noon + .seconds(1)), (4, noon - .days(400))] {
            var event = samples.event()
            event.recorded = clock
            let receipt = try await store.append(Append(to: SampleEvents.stream(stream), expecting: .none, [event]))
            try expect(receipt.recorded >= clock, "recorded before the writer's clock")
            try expectEqual(try await store.head().recorded, receipt.recorded, "recorded in the head")
        }
        let recorded = try await store.read(after: 0, limit: 10).map(\.envelope.recorded)
        try expectEqual(recorded, [noon, noon, noon + .seconds(1), noon + .seconds(1)], "recorded")
    }

    private static func withoutEvents(_ store: any EventStore) async throws {
        var samples = SampleEvents()
        _ = try await store.append(Append(to: SampleEvents.stream(1), expecting: .none, samples.events(2)))
        let append = Append(
            to: SampleEvents.stream(1), expecting: .exactly(2), [], rows: [SampleTables.put("a")], idempotency: SampleEvents.key("k"))
        let receipt = try await store.append(append)
        try expectEqual(receipt.version, 2, "version")
        try expectEqual(receipt.firstSequence, 3, "first sequence")
        try expectEqual(receipt.lastSequence, 2, "last sequence")
        try expectEqual(try await store.count(RowQuery(SampleTables.queue)).count, 1, "rows")
        guard case .duplicate(receipt) = try await storeError("the second time", { () async throws(StoreError) in try await store.append(append) })
        else { throw ConformanceFailure(description: "the key was not kept") }
        try expectEqual(try await store.read(SampleEvents.stream(9), after: 0, limit: 5), [], "a stream that does not exist")
    }

    private static func reading(_ store: any EventStore) async throws {
        var samples = SampleEvents()
        for stream in 1...3 { _ = try await store.append(Append(to: SampleEvents.stream(stream), expecting: .none, samples.events(5))) }
        for (after, limit, expected) in [(0, 4, 1...4), (4, 4, 5...8), (13, 9, 14...15)] as [(Int64, Int, ClosedRange<Int64>)] {
            try expectEqual(try await store.read(after: after, limit: limit).map(\.envelope.sequence), Array(expected), "log after \(after)")
        }
        try expectEqual(try await store.read(after: 15, limit: 4), [], "log after its end")
        try expectEqual(try await store.read(after: 0, limit: 0), [], "no events")
        let stream = SampleEvents.stream(2)
        try expectEqual(try await store.read(stream, after: 1, limit: 2).map(\.envelope.version), [2, 3], "stream after 1")
        try expectEqual(try await store.read(stream, after: 4, limit: 9).map(\.envelope.sequence), [10], "stream after 4")
    }

    private static func redaction(_ store: any EventStore) async throws {
        var samples = SampleEvents()
        _ = try await store.append(Append(to: SampleEvents.stream(1), expecting: .none, samples.events(5)))
        let (before, leaves) = (try await store.head(), try await store.leafHashes(1...5))
        try await store.redact([2, 5])
        try await store.redact([5])
        let events = try await store.read(after: 0, limit: 9)
        try expectEqual(events.map(\.payload.isEmpty), [false, true, false, false, true], "empty payloads")
        try expectEqual(events.map(\.salt.isEmpty), [false, true, false, false, true], "empty salts")
        try expectEqual(try await store.leafHashes(1...5), leaves, "leaves")
        try expectEqual(try await verify(store).root, before.root, "root")
        for sequence in [0, 6, -1] as [Int64] {
            let error = try await storeError("redaction of event \(sequence)") { () async throws(StoreError) in try await store.redact([sequence]) }
            guard case .malformed = error else { throw ConformanceFailure(description: "expected malformed, found \(error)") }
        }
    }
}
