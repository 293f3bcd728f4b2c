import Chronicle
import EventStorage

/// A store that answers otherwise than the one beneath it: what a forger, a broken disk or a careless engine would do.
struct AlteredStore: StandingBetween {
    let store: any EventStore
    var events: @Sendable ([StoredEvent]) -> [StoredEvent] = { $0 }
    var leaves: @Sendable ([Digest], Int64) -> [Digest] = { leaves, _ in leaves }
    var subtree: @Sendable (Digest?) -> Digest? = { $0 }
    var logHead: @Sendable (LogHead) -> LogHead = { $0 }
    var appending: @Sendable (Append) -> Append = { $0 }
    var page: @Sendable (RowPage) -> RowPage = { $0 }
    var waiting: @Sendable (Span) -> Span = { $0 }

    func append(_ append: Append) async throws(StoreError) -> Receipt { try await store.append(appending(append)) }
    func read(after sequence: Int64, limit: Int) async throws(StoreError) -> [StoredEvent] {
        events(try await store.read(after: sequence, limit: limit))
    }
    func head() async throws(StoreError) -> LogHead { logHead(try await store.head()) }
    func wait(after sequence: Int64, timeout: Span) async throws(StoreError) -> LogHead {
        try await store.wait(after: sequence, timeout: waiting(timeout))
    }
    func leafHashes(_ sequences: ClosedRange<Int64>) async throws(StoreError) -> [Digest] {
        leaves(try await store.leafHashes(sequences), sequences.lowerBound)
    }
    func subtreeHash(level: Int, index: Int64) async throws(StoreError) -> Digest? { subtree(try await store.subtreeHash(level: level, index: index)) }
    func rows(_ query: RowQuery) async throws(StoreError) -> RowPage { page(try await store.rows(query)) }
}
