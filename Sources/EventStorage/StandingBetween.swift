import Chronicle

/// A store that stands before another one and passes on what it does not do otherwise: to count, to witness, to delay, to alter.
public protocol StandingBetween: EventStore {
    var store: any EventStore { get }
}

extension StandingBetween {
    public func append(_ append: Append) async throws(StoreError) -> Receipt { try await store.append(append) }
    public func read(_ stream: StreamID, after version: Int, limit: Int) async throws(StoreError) -> [StoredEvent] {
        try await store.read(stream, after: version, limit: limit)
    }
    public func read(after sequence: Int64, limit: Int) async throws(StoreError) -> [StoredEvent] { try await store.read(after: sequence, limit: limit) }
    public func head() async throws(StoreError) -> LogHead { try await store.head() }
    public func wait(after sequence: Int64, timeout: Span) async throws(StoreError) -> LogHead { try await store.wait(after: sequence, timeout: timeout) }
    public func leafHashes(_ sequences: ClosedRange<Int64>) async throws(StoreError) -> [Digest] { try await store.leafHashes(sequences) }
    public func subtreeHash(level: Int, index: Int64) async throws(StoreError) -> Digest? { try await store.subtreeHash(level: level, index: index) }
    public func checkpoints() async throws(StoreError) -> [KeptCheckpoint] { try await store.checkpoints() }
    public func keep(_ checkpoint: KeptCheckpoint) async throws(StoreError) { try await store.keep(checkpoint) }
    public func rows(_ query: RowQuery) async throws(StoreError) -> RowPage { try await store.rows(query) }
    public func count(_ query: RowQuery) async throws(StoreError) -> RowCount { try await store.count(query) }
    public func write(_ changes: [RowChange], position: ProjectionPosition?) async throws(StoreError) { try await store.write(changes, position: position) }
    public func position(of projection: String) async throws(StoreError) -> Int64 { try await store.position(of: projection) }
    public func outdatedTables() async throws(StoreError) -> [RowTable] { try await store.outdatedTables() }
    public func rebuild(
        _ tables: [RowTable], of projection: String?, with changes: @escaping @Sendable ([StoredEvent], any EarlierEvents) throws -> [RowChange]
    ) async throws -> Int64 { try await store.rebuild(tables, of: projection, with: changes) }
    public func redact(_ sequences: [Int64]) async throws(StoreError) { try await store.redact(sequences) }
    public func receipt(of key: IdempotencyKey) async throws(StoreError) -> (receipt: Receipt, fingerprint: Digest)? { try await store.receipt(of: key) }
}
