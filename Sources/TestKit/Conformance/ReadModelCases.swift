import Chronicle
import EventStorage
import Synchronization

extension EventStoreConformance {
    static let readModels = [
        ConformanceCase("A projection's rows and position move together, and only from where it stands", over: positions),
        ConformanceCase("A runner applies each event once, over restarts and while appends go on", over: runner),
        ConformanceCase("A new version of a projection is made from the whole log", over: newVersion),
        ConformanceCase("A rebuild replaces the rows by what the whole log says", over: rebuild),
        ConformanceCase("A rebuild that fails on the way leaves the old rows", over: failedRebuild),
        ConformanceCase("A rebuild can look back at what it was given before, to the last event of the batch", over: lookingBack),
        ConformanceCase("A rebuild under fire misses no append and counts none twice", over: rebuildUnderFire),
    ]

    /// Counts events by type and keeps the last version seen of each stream.
    struct Census: Projection {
        let name = "census"
        var version = 1
        let tables = [SampleTables.tally, SampleTables.queue]

        func changes(for events: [StoredEvent]) throws -> [RowChange] {
            events.flatMap { event in
                [
                    SampleTables.count(Int64(event.type.version), event.type.name),
                    SampleTables.put(event.envelope.stream.text, rank: Int64(event.envelope.version)),
                ]
            }
        }
    }

    private static func expectCensus(_ store: any EventStore, _ what: String) async throws {
        let events = try await store.read(after: 0, limit: 100_000)
        let expected = try MemoryStore(tables: tables)
        try await expected.write(Census().changes(for: events), position: nil)
        for table in tables {
            let query = RowQuery(table, limit: 10_000)
            try expectEqual(try await store.rows(query).rows, try await expected.rows(query).rows, "\(what): \(table.name)")
        }
    }

    private static func positions(_ store: any EventStore) async throws {
        var samples = SampleEvents()
        _ = try await store.append(Append(to: SampleEvents.stream(1), expecting: .none, samples.events(9)))
        try expectEqual(try await store.position(of: "p/1"), 0, "position before")
        try await store.write([SampleTables.put("a")], position: ProjectionPosition("p/1", from: 0, to: 4))
        try expectEqual(try await store.position(of: "p/1"), 4, "position")
        try expectEqual(try await store.rows(RowQuery(SampleTables.queue)).asOf, 4, "rows as of")
        for (start, end) in [(0, 4), (0, 9), (3, 9), (5, 9)] as [(Int64, Int64)] {
            let error = try await storeError("a step from \(start)") { () async throws(StoreError) in
                try await store.write([SampleTables.put("b")], position: ProjectionPosition("p/1", from: start, to: end))
            }
            guard case .overtaken("p/1", 4) = error else { throw ConformanceFailure(description: "expected overtaken, found \(error)") }
        }
        for end in [3, 10] as [Int64] {
            let error = try await storeError("a step to \(end)") { () async throws(StoreError) in
                try await store.write([], position: ProjectionPosition("p/1", from: 4, to: end))
            }
            guard case .malformed = error else { throw ConformanceFailure(description: "expected malformed, found \(error)") }
        }
        try expectEqual(try await store.count(RowQuery(SampleTables.queue)).count, 1, "rows")
        try await store.write([.delete(SampleTables.queue, key: [.text("a")])], position: ProjectionPosition("p/1", from: 4, to: 9))
        try expectEqual(try await store.position(of: "other/1"), 0, "position of another")
    }

    private static func runner(_ store: any EventStore) async throws {
        var samples = SampleEvents()
        for stream in 1...4 { _ = try await store.append(Append(to: SampleEvents.stream(stream), expecting: .none, samples.events(25))) }
        let runner = ProjectionRunner(Census(), on: store, batchEvents: 7)
        try expectEqual(try await runner.catchUp(), 100, "reached")
        try expectEqual(try await runner.catchUp(), 100, "reached again")
        try await expectCensus(store, "after catching up")

        let two = (0..<2).map { _ in Task { try? await ProjectionRunner(Census(), on: store, batchEvents: 5).run() } }
        for stream in 1...8 { _ = try await store.append(Append(to: SampleEvents.stream(stream), expecting: .any, samples.events(11))) }
        for _ in 0..<400 where try await store.position(of: "census/1") < 188 { try await Task.sleep(for: .milliseconds(10)) }
        for task in two { task.cancel() }
        for task in two { await task.value }
        _ = try await runner.catchUp()
        try expectEqual(try await store.position(of: "census/1"), 188, "position")
        try await expectCensus(store, "after two runners at once")
    }

    private static func newVersion(_ store: any EventStore) async throws {
        var samples = SampleEvents()
        _ = try await store.append(Append(to: SampleEvents.stream(1), expecting: .none, samples.events(30)))
        _ = try await ProjectionRunner(Census(), on: store).catchUp()
        try await write(store, [SampleTables.put("left over by version 1"), SampleTables.count(99, "wrong")])
        try expectEqual(try await ProjectionRunner(Census(version: 2), on: store).catchUp(), 30, "reached")
        try await expectCensus(store, "version 2")
    }

    private static func rebuild(_ store: any EventStore) async throws {
        var samples = SampleEvents()
        for stream in 1...3 {
            _ = try await store.append(
                Append(to: SampleEvents.stream(stream), expecting: .none, samples.events(40), rows: [SampleTables.count(7, "wrong")]))
        }
        let asOf = try await store.rebuild([SampleTables.tally], of: nil) { events in
            try Census().changes(for: events).filter { $0.table == SampleTables.tally }
        }
        try expectEqual(asOf, 120, "as of")
        let rows = try await store.rows(RowQuery(SampleTables.tally)).rows
        try expect(!rows.contains { $0[1] == .text("wrong") }, "a row from before is left")
        let counted = rows.reduce(into: Int64(0)) { sum, row in if case .integer(let count) = row[2] { sum += count } }
        try expectEqual(counted, 120, "events counted")
        try await write(store, [SampleTables.count(7, "after")])
        try expectEqual(try await store.rows(RowQuery(SampleTables.tally, where: [.compare("day", .equal, .integer(7))])).rows.count, 1, "row after")
    }

    private static func failedRebuild(_ store: any EventStore) async throws {
        struct Broken: Error {}
        var samples = SampleEvents()
        _ = try await store.append(
            Append(to: SampleEvents.stream(1), expecting: .none, samples.events(10), rows: [SampleTables.put("old"), SampleTables.count(1, "old")]))
        let attempts: [@Sendable ([StoredEvent]) throws -> [RowChange]] = [
            { _ in throw Broken() },
            { _ in [SampleTables.count(1, "new"), .put(SampleTables.tally, [.text("misfit")])] },
            { _ in [SampleTables.put("a table that is not made anew")] },
            { _ in [SampleTables.count(1, "full", by: .max), SampleTables.count(1, "full")] },
        ]
        for (number, attempt) in attempts.enumerated() {
            do {
                _ = try await store.rebuild([SampleTables.tally], of: "p/1", with: attempt)
            } catch { continue }
            throw ConformanceFailure(description: "attempt \(number) was accepted")
        }
        try expectEqual(
            try await store.rows(RowQuery(SampleTables.tally)).rows, [[.integer(1), .text("old"), .integer(1), .integer(0)]], "old rows")
        try expectEqual(try await store.position(of: "p/1"), 0, "position")
        _ = try await store.rebuild([SampleTables.tally], of: nil) { _ in [SampleTables.count(2, "new")] }
        try expectEqual(
            try await store.rows(RowQuery(SampleTables.tally)).rows, [[.integer(2), .text("new"), .integer(1), .integer(0)]], "new rows")
    }

    /// Once with a log that an engine may make anew in one transaction, once with one that it should not.
    private static func lookingBack(_ store: any EventStore) async throws {
        var samples = SampleEvents()
        for appends in [4, 10] {
            for number in 0..<appends {
                _ = try await store.append(Append(to: SampleEvents.stream(number % 2), expecting: .any, samples.events(500)))
            }
            let seen = Mutex((batches: 0, wrong: 0))
            _ = try await store.rebuild([SampleTables.tally], of: nil) { batch, earlier in
                guard let last = batch.last?.envelope else { return [] }
                let found = try earlier.events(of: last.stream, through: last.version)
                let isWhole = found.map(\.envelope.version) == Array(1...last.version) && found.last == batch.last
                seen.withLock { seen in
                    seen.batches += 1
                    if !isWhole { seen.wrong += 1 }
                }
                return []
            }
            let (batches, wrong) = seen.withLock { $0 }
            try expect(batches > 0, "nothing was asked")
            try expectEqual(wrong, 0, "batches from which the past was not whole")
        }
    }

    private static func rebuildUnderFire(_ store: any EventStore) async throws {
        let inline: @Sendable (ProposedEvent) -> RowChange = { SampleTables.count(Int64($0.type.version), $0.type.name) }
        let writing = Task {
            var samples = SampleEvents(seed: 3)
            for number in 0..<300 {
                let events = samples.events(3)
                _ = try await store.append(Append(to: SampleEvents.stream(number % 5), expecting: .any, events, rows: events.map(inline)))
            }
        }
        for _ in 0..<6 {
            _ = try await store.rebuild([SampleTables.tally], of: nil) { events in
                events.map { SampleTables.count(Int64($0.type.version), $0.type.name) }
            }
        }
        try await writing.value
        let found = try await store.rows(RowQuery(SampleTables.tally, limit: 1_000)).rows
        let expected = try MemoryStore(tables: tables)
        try await expected.write(
            try await store.read(after: 0, limit: 10_000).map { SampleTables.count(Int64($0.type.version), $0.type.name) }, position: nil)
        try expectEqual(found, try await expected.rows(RowQuery(SampleTables.tally, limit: 1_000)).rows, "tally")
    }
}
