import Chronicle
import EventStorage
import Synchronization

/// A store whose appends are committed, and seen by everybody else, a while before whoever appended hears of it.
final class LateToReturn: EventStore {
    private let store: any EventStore
    private let between = Mutex<(@Sendable () async -> Void)?>(nil)

    init(_ store: any EventStore) { self.store = store }

    /// Runs once, between the next commit and its return.
    func next(_ body: @escaping @Sendable () async -> Void) { between.withLock { $0 = body } }

    func append(_ append: Append) async throws(StoreError) -> Receipt {
        let receipt = try await store.append(append)
        let body = between.withLock { body in
            defer { body = nil }
            return body
        }
        await body?()
        return receipt
    }

    func read(_ stream: StreamID, after version: Int, limit: Int) async throws(StoreError) -> [StoredEvent] {
        try await store.read(stream, after: version, limit: limit)
    }
    func read(after sequence: Int64, limit: Int) async throws(StoreError) -> [StoredEvent] { try await store.read(after: sequence, limit: limit) }
    func head() async throws(StoreError) -> LogHead { try await store.head() }
    func wait(after sequence: Int64, timeout: Span) async throws(StoreError) -> LogHead { try await store.wait(after: sequence, timeout: timeout) }
    func leafHashes(_ sequences: ClosedRange<Int64>) async throws(StoreError) -> [Digest] { try await store.leafHashes(sequences) }
    func subtreeHash(level: Int, index: Int64) async throws(StoreError) -> Digest? { try await store.subtreeHash(level: level, index: index) }
    func checkpoints() async throws(StoreError) -> [KeptCheckpoint] { try await store.checkpoints() }
    func keep(_ checkpoint: KeptCheckpoint) async throws(StoreError) { try await store.keep(checkpoint) }
    func rows(_ query: RowQuery) async throws(StoreError) -> RowPage { try await store.rows(query) }
    func count(_ query: RowQuery) async throws(StoreError) -> RowCount { try await store.count(query) }
    func write(_ changes: [RowChange], position: ProjectionPosition?) async throws(StoreError) { try await store.write(changes, position: position) }
    func position(of projection: String) async throws(StoreError) -> Int64 { try await store.position(of: projection) }
    func outdatedTables() async throws(StoreError) -> [RowTable] { try await store.outdatedTables() }
    func rebuild(
        _ tables: [RowTable], of projection: String?, with changes: @escaping @Sendable ([StoredEvent], any EarlierEvents) throws -> [RowChange]
    ) async throws -> Int64 { try await store.rebuild(tables, of: projection, with: changes) }
    func redact(_ sequences: [Int64]) async throws(StoreError) { try await store.redact(sequences) }
    func receipt(of key: IdempotencyKey) async throws(StoreError) -> (receipt: Receipt, fingerprint: Digest)? { try await store.receipt(of: key) }
}
