import Chronicle
import EventStorage

extension EventStoreConformance {
    static let concurrency = [
        ConformanceCase("Of writers who race for a version exactly one wins; the log stays dense and a follower sees each event once", over: racing),
        ConformanceCase("The same request sent at once by many is done once", over: racingDuplicates),
        ConformanceCase("One bad append does not fail those beside it", over: badNeighbour),
        ConformanceCase("A wait ends soon after the commit it waits for", over: waitWakes),
        ConformanceCase("A wait ends at once when the log is already further, and at its time when nothing comes", over: waitEnds),
        ConformanceCase("A cancelled wait ends", over: waitCancelled),
    ]

    private static func racing(_ store: any EventStore) async throws {
        let (writers, appends, streams) = (32, 50, 8)
        let follower = Task {
            var seen: [Int64] = []
            while seen.count < writers * appends, !Task.isCancelled {
                let page = try await store.read(after: seen.last ?? 0, limit: 37)
                seen += page.map(\.envelope.sequence)
                if page.isEmpty { _ = try await store.wait(after: seen.last ?? 0, timeout: .seconds(20)) }
            }
            return seen
        }
        defer { follower.cancel() }
        let receipts = try await withThrowingTaskGroup(of: [Receipt].self) { group in
            for writer in 0..<writers {
                group.addTask {
                    var samples = SampleEvents(seed: UInt64(writer))
                    var won: [Receipt] = []
                    var versions = [Int](repeating: 0, count: streams)
                    while won.count < appends {
                        let stream = (writer + won.count) % streams
                        do throws(StoreError) {
                            let append = Append(to: SampleEvents.stream(stream), expecting: .exactly(versions[stream]), samples.events(1))
                            won.append(try await store.append(append))
                            versions[stream] = won[won.count - 1].version
                        } catch .conflict(_, let actual) {
                            versions[stream] = actual
                        }
                    }
                    return won
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let places = receipts.map { "\($0.stream) \($0.version)" }
        try expectEqual(Set(places).count, writers * appends, "distinct versions won")
        try expectEqual(receipts.map(\.firstSequence).sorted(), Array(1...Int64(writers * appends)), "sequences won")
        try expectEqual(try await follower.value, Array(1...Int64(writers * appends)), "sequences followed")
        let verification = try await verify(store)
        try expectEqual(verification.events, Int64(writers * appends), "events verified")
        for receipt in receipts.prefix(50) {
            let event = try await store.read(after: receipt.firstSequence - 1, limit: 1).first
            try expectEqual(event?.envelope.version, receipt.version, "version at sequence \(receipt.firstSequence)")
            try expectEqual(event?.envelope.stream, receipt.stream, "stream at sequence \(receipt.firstSequence)")
        }
    }

    private static func racingDuplicates(_ store: any EventStore) async throws {
        var samples = SampleEvents()
        let append = Append(to: SampleEvents.stream(1), expecting: .none, samples.events(2), idempotency: SampleEvents.key("once"))
        let outcomes = await withTaskGroup(of: Receipt?.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    do throws(StoreError) { return try await store.append(append) } catch .duplicate(let original) { return original } catch { return nil }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        try expectEqual(Set(outcomes.map { $0?.lastSequence }), [2], "answers")
        try expectEqual(try await store.head().sequence, 2, "head")
    }

    private static func badNeighbour(_ store: any EventStore) async throws {
        var samples = SampleEvents()
        _ = try await store.append(
            Append(to: SampleEvents.stream(0), expecting: .none, samples.events(1), rows: [SampleTables.count(1, "full", by: .max)]))
        let appends = (1...40).map { number in
            Append(
                to: SampleEvents.stream(number), expecting: .none, samples.events(1),
                rows: number % 4 == 0 ? [SampleTables.count(1, "full")] : [SampleTables.count(2, "good")])
        }
        let failed = await withTaskGroup(of: Bool.self) { group in
            for append in appends {
                group.addTask {
                    do throws(StoreError) {
                        _ = try await store.append(append)
                        return false
                    } catch { return true }
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        try expectEqual(failed, 10, "failed appends")
        try expectEqual(try await store.head().sequence, 31, "head")
        let tally = try await store.rows(RowQuery(SampleTables.tally, where: [.compare("reason", .equal, .text("good"))])).rows
        try expectEqual(tally, [[.integer(2), .text("good"), .integer(30), .integer(0)]], "tally")
        _ = try await verify(store)
    }

    private static func waitWakes(_ store: any EventStore) async throws {
        var samples = SampleEvents()
        let clock = ContinuousClock()
        let waits = (0..<5).map { _ in
            Task {
                let head = try await store.wait(after: 0, timeout: .seconds(30))
                return (head.sequence, clock.now)
            }
        }
        try await Task.sleep(for: .milliseconds(50))
        _ = try await store.append(Append(to: SampleEvents.stream(1), expecting: .none, samples.events(1)))
        let committed = clock.now
        for wait in waits {
            let (sequence, woken) = try await wait.value
            try expectEqual(sequence, 1, "head the wait ended with")
            try expect(woken - committed < .seconds(2), "a wait ended \(woken - committed) after the commit")
        }
    }

    private static func waitEnds(_ store: any EventStore) async throws {
        var samples = SampleEvents()
        _ = try await store.append(Append(to: SampleEvents.stream(1), expecting: .none, samples.events(3)))
        let clock = ContinuousClock()
        let start = clock.now
        try expectEqual(try await store.wait(after: 2, timeout: .seconds(30)).sequence, 3, "head")
        try expect(clock.now - start < .seconds(5), "a wait for what is there took \(clock.now - start)")
        try expectEqual(try await store.wait(after: 3, timeout: Span(milliseconds: 60)).sequence, 3, "head after the time")
        try expectEqual(try await store.wait(after: 3, timeout: .zero).sequence, 3, "head without time")
        try expect(clock.now - start < .seconds(10), "a wait of 60 ms took \(clock.now - start)")
    }

    private static func waitCancelled(_ store: any EventStore) async throws {
        let wait = Task { try await store.wait(after: 0, timeout: .minutes(10)).sequence }
        try await Task.sleep(for: .milliseconds(20))
        wait.cancel()
        try expectEqual(try await wait.value, 0, "head")
    }
}
