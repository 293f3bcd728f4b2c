import Chronicle
import EventStorage
import TestKit
import Testing

@Suite("Verification of the log")
struct LogVerificationTests {
    /// 700 events of five streams.
    static func store() async throws -> MemoryStore {
        let store = try MemoryStore()
        var samples = SampleEvents(seed: 5)
        for number in 0..<70 {
            _ = try await store.append(Append(to: SampleEvents.stream(number % 5), expecting: .any, samples.events(10)))
        }
        return store
    }

    /// Changes the event with this sequence, as a forger would who can write to the events but not to the leaves.
    static func changing(_ sequence: Int64, _ change: @escaping @Sendable (inout StoredEvent) -> Void) -> @Sendable ([StoredEvent]) -> [StoredEvent] {
        { events in
            var events = events
            for index in events.indices where events[index].envelope.sequence == sequence { change(&events[index]) }
            return events
        }
    }

    struct Forgery: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let change: @Sendable (inout StoredEvent) -> Void
    }

    static let forgeries = [
        Forgery(testDescription: "payload") { $0.payload[3] ^= 1 },
        Forgery(testDescription: "salt") { $0.salt[15] ^= 128 },
        Forgery(testDescription: "payload emptied alone") { $0.payload = [] },
        Forgery(testDescription: "salt emptied alone") { $0.salt = [] },
        Forgery(testDescription: "payload and commitment together") {
            $0.payload[0] ^= 1
            $0.commitment = Leaf.commitment(salt: $0.salt, payload: $0.payload)
        },
        Forgery(testDescription: "stream") { $0.envelope.stream = SampleEvents.stream(99) },
        Forgery(testDescription: "version") { $0.envelope.version += 1 },
        Forgery(testDescription: "type") { $0.type = EventType("offer-made") },
        Forgery(testDescription: "version of the type") { $0.type = EventType($0.type.name, version: 9) },
        Forgery(testDescription: "occurred") { $0.envelope.occurred = $0.envelope.occurred + Span(milliseconds: 1) },
        Forgery(testDescription: "recorded") { $0.envelope.recorded = $0.envelope.recorded + Span(milliseconds: 1) },
        Forgery(testDescription: "actor") { $0.envelope.actor = .machine("nobody") },
        Forgery(testDescription: "policy") { $0.envelope.policy = PolicyHash(Digest(hashing: [77])) },
        Forgery(testDescription: "causation") { $0.envelope.causation = 77_777 },
        Forgery(testDescription: "correlation") { $0.envelope.correlation = CorrelationID(bits: 1) },
    ]

    @Test("A sound log verifies, with its root and size", arguments: [0, 1, 255, 256, 700])
    func soundLog(size: Int) async throws {
        let store = try MemoryStore()
        var samples = SampleEvents(seed: UInt64(size))
        if size > 0 { _ = try await store.append(Append(to: SampleEvents.stream(1), expecting: .none, samples.events(size))) }
        let verification = try await verify(store)
        #expect(verification.events == Int64(size))
        #expect(verification.root == (try await store.head().root))
    }

    @Test("A forged event is found and named", arguments: forgeries, [1, 256, 333, 700] as [Int64])
    func forgedEvent(_ forgery: Forgery, at sequence: Int64) async throws {
        let altered = AlteredStore(
            store: try await LogVerificationTests.store(), events: LogVerificationTests.changing(sequence, forgery.change))
        await expectDamage(at: sequence, altered)
    }

    @Test("Of two forged events the first is named")
    func twoForgeries() async throws {
        let (first, second) = (
            LogVerificationTests.changing(300) { $0.payload[0] ^= 1 }, LogVerificationTests.changing(120) { $0.envelope.causation = 5_555 }
        )
        await expectDamage(at: 120, AlteredStore(store: try await LogVerificationTests.store(), events: { first(second($0)) }))
    }

    @Test("A forger who also mends the leaf is found by the subtree or the root", arguments: [100, 699] as [Int64])
    func mendedLeaf(sequence: Int64) async throws {
        let store = try await LogVerificationTests.store()
        let change = LogVerificationTests.changing(sequence) { $0.envelope.causation = 5_555 }
        let mended = try #require(change(try await store.read(after: sequence - 1, limit: 1)).first.map(Leaf.hash))
        let altered = AlteredStore(
            store: store, events: change,
            leaves: { leaves, first in
                var leaves = leaves
                let index = Int(sequence - first)
                if leaves.indices.contains(index) { leaves[index] = mended }
                return leaves
            })
        await expectDamage(at: sequence == 100 ? 256 : 700, altered)
    }

    @Test("A missing event is found and named", arguments: [1, 256, 400, 700] as [Int64])
    func missingEvent(sequence: Int64) async throws {
        let altered = AlteredStore(store: try await LogVerificationTests.store(), events: { $0.filter { $0.envelope.sequence != sequence } })
        await expectDamage(at: sequence, altered)
    }

    @Test("Two events that changed places are found")
    func swappedEvents() async throws {
        let altered = AlteredStore(
            store: try await LogVerificationTests.store(),
            events: { events in
                var events = events
                if events.count > 11 { events.swapAt(10, 11) }
                return events
            })
        await expectDamage(at: 11, altered)
    }

    @Test("Another leaf, subtree, root or clock in the head is found")
    func alteredTree() async throws {
        let store = try await LogVerificationTests.store()
        await expectDamage(
            at: 42,
            AlteredStore(
                store: store,
                leaves: { leaves, first in
                    var leaves = leaves
                    leaves[Int(42 - first)] = Digest(hashing: [1])
                    return leaves
                }))
        await expectDamage(at: 256, AlteredStore(store: store, subtree: { _ in Digest(hashing: [1]) }))
        await expectDamage(at: 256, AlteredStore(store: store, subtree: { _ in nil }))
        await expectDamage(at: 700, AlteredStore(store: store, logHead: { LogHead(sequence: $0.sequence, root: Digest(hashing: [1]), recorded: $0.recorded) }))
        await expectDamage(at: 700, AlteredStore(store: store, logHead: { LogHead(sequence: $0.sequence, root: $0.root, recorded: .epoch) }))
    }

    @Test("A log cut short behind a checkpoint is found")
    func cutShort() async throws {
        let store = try await LogVerificationTests.store()
        let short = try MemoryStore()
        var samples = SampleEvents(seed: 5)
        for number in 0..<30 { _ = try await short.append(Append(to: SampleEvents.stream(number % 5), expecting: .any, samples.events(10))) }
        let head = try await short.head()
        try await store.keep(KeptCheckpoint(sequence: 700, note: "note"))
        await expectDamage(at: 301, AlteredStore(store: store, events: { $0.filter { $0.envelope.sequence <= 300 } }, logHead: { _ in head }))
    }

    @Test("Progress is told in order up to the end")
    func progress() async throws {
        let store = try await LogVerificationTests.store()
        await confirmation { told in
            _ = try? await verify(store, progress: { if $0 == 700 { told() } })
        }
    }
}

/// Verification must fail with damage at this sequence.
func expectDamage(at sequence: Int64, _ store: any EventStore, sourceLocation: SourceLocation = #_sourceLocation) async {
    do throws(StoreError) {
        _ = try await verify(store)
        Issue.record("the log verified", sourceLocation: sourceLocation)
    } catch .damaged(let found, let reason) {
        #expect(found == sequence, "\(reason)", sourceLocation: sourceLocation)
    } catch {
        Issue.record("\(error)", sourceLocation: sourceLocation)
    }
}
