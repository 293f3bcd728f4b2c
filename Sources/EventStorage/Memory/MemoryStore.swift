import Chronicle

/// The whole port in memory: what tests and the twin run on, and the model every durable engine is compared with.
///
/// It forgets everything when it goes; in all else it keeps the port's promises.
public actor MemoryStore: EventStore {
    private let declared: [String: RowTable]
    private var events: [StoredEvent] = []
    private var leaves: [Digest] = []
    /// Indexes into `events` of each stream.
    private var streams: [StreamID: [Int]] = [:]
    private var frontier = MerkleFrontier()
    /// Hashes of complete subtrees, by level (1 first) and index.
    private var subtrees: [[Digest]] = []
    private var kept: [KeptCheckpoint] = []
    private var receipts: [[UInt8]: (receipt: Receipt, fingerprint: Digest)] = [:]
    private var tables: [String: MemoryTable] = [:]
    private var positions: [String: Int64] = [:]
    /// The projection that writes a table.
    private var owners: [String: String] = [:]
    private nonisolated let watch: HeadWatch

    public init(tables: [RowTable] = []) throws(StoreError) {
        declared = try RowTable.byName(tables)
        for table in tables { self.tables[table.name] = try MemoryTable(table) }
        watch = HeadWatch(LogHead(sequence: 0, root: MerkleTree.emptyRoot, recorded: .epoch))
    }

    // MARK: The log

    public func append(_ append: Append) async throws(StoreError) -> Receipt {
        try append.check(tables: declared)
        if let idempotency = append.idempotency, let earlier = receipts[Array(idempotency.key.text.utf8)] {
            guard earlier.fingerprint == idempotency.fingerprint else { throw .keyReused(idempotency.key) }
            throw .duplicate(original: earlier.receipt)
        }
        let version = streams[append.stream]?.count ?? 0
        guard append.fits(version: version) else { throw .conflict(stream: append.stream, actual: version) }

        var changed = tables
        for change in append.rows { try MemoryStore.apply(change, to: &changed) }
        tables = changed
        let before = watch.head
        var recorded = before.recorded
        for (index, proposed) in append.events.enumerated() {
            recorded = max(recorded, proposed.recorded)
            let commitment = Leaf.commitment(salt: proposed.salt, payload: proposed.payload)
            write(
                proposed.stored(
                    in: append.stream, version: version + index + 1, sequence: Int64(events.count) + 1, recorded: recorded,
                    commitment: commitment))
        }
        let receipt = Receipt(
            stream: append.stream, version: version + append.events.count, firstSequence: before.sequence + 1,
            lastSequence: before.sequence + Int64(append.events.count), recorded: recorded)
        if let idempotency = append.idempotency {
            receipts[Array(idempotency.key.text.utf8)] = (receipt, idempotency.fingerprint)
        }
        if !append.events.isEmpty {
            watch.advance(to: LogHead(sequence: receipt.lastSequence, root: frontier.root, recorded: recorded))
        }
        return receipt
    }

    private func write(_ event: StoredEvent) {
        let leaf = Leaf.hash(of: event)
        streams[event.envelope.stream, default: []].append(events.count)
        events.append(event)
        leaves.append(leaf)
        for subtree in frontier.append(leaf) {
            if subtrees.count < subtree.level { subtrees.append([]) }
            subtrees[subtree.level - 1].append(subtree.hash)
        }
    }

    public func read(_ stream: StreamID, after version: Int, limit: Int) async throws(StoreError) -> [StoredEvent] {
        (streams[stream] ?? []).dropFirst(max(0, version)).prefix(max(0, limit)).map { events[$0] }
    }

    public func read(after sequence: Int64, limit: Int) async throws(StoreError) -> [StoredEvent] {
        Array(events.dropFirst(Int(max(0, sequence))).prefix(max(0, limit)))
    }

    public func head() async throws(StoreError) -> LogHead { watch.head }

    public nonisolated func wait(after sequence: Int64, timeout: Span) async throws(StoreError) -> LogHead {
        await watch.wait(after: sequence, timeout: timeout)
    }

    public func receipt(of key: IdempotencyKey) async throws(StoreError) -> (receipt: Receipt, fingerprint: Digest)? {
        receipts[Array(key.text.utf8)]
    }

    public func redact(_ sequences: [Int64]) async throws(StoreError) {
        for sequence in sequences where !(1...Int64(max(1, events.count)) ~= sequence) || events.isEmpty {
            throw .malformed(reason: "there is no event \(sequence) to redact")
        }
        for sequence in sequences {
            events[Int(sequence) - 1].payload = []
            events[Int(sequence) - 1].salt = []
        }
    }

    // MARK: The tree

    public func leafHashes(_ sequences: ClosedRange<Int64>) async throws(StoreError) -> [Digest] {
        guard sequences.lowerBound >= 1, sequences.upperBound <= events.count else {
            throw .malformed(reason: "the log has the events 1 to \(events.count), not \(sequences.lowerBound) to \(sequences.upperBound)")
        }
        return Array(leaves[Int(sequences.lowerBound) - 1..<Int(sequences.upperBound)])
    }

    public func subtreeHash(level: Int, index: Int64) async throws(StoreError) -> Digest? {
        guard subtrees.indices.contains(level - 1), subtrees[level - 1].indices.contains(Int(index)) else { return nil }
        return subtrees[level - 1][Int(index)]
    }

    public func checkpoints() async throws(StoreError) -> [KeptCheckpoint] { kept }

    public func keep(_ checkpoint: KeptCheckpoint) async throws(StoreError) {
        try checkpoint.check(after: kept.last, head: watch.head.sequence)
        kept.append(checkpoint)
    }

    // MARK: Read models

    public func rows(_ query: RowQuery) async throws(StoreError) -> RowPage {
        try query.check(tables: declared)
        let page = try tables[query.table.name]?.page(query) ?? (rows: [], next: nil)
        return RowPage(rows: page.rows, next: page.next, asOf: asOf(query.table))
    }

    public func count(_ query: RowQuery) async throws(StoreError) -> RowCount {
        try query.check(tables: declared)
        return RowCount(count: Int64(try tables[query.table.name]?.count(query) ?? 0), asOf: asOf(query.table))
    }

    public func write(_ changes: [RowChange], position: ProjectionPosition?) async throws(StoreError) {
        for change in changes { try change.check(tables: declared) }
        if let position {
            try position.check(actual: positions[position.projection] ?? 0, head: watch.head.sequence)
        }
        var changed = tables
        for change in changes { try MemoryStore.apply(change, to: &changed) }
        tables = changed
        guard let position else { return }
        positions[position.projection] = position.sequence
        for change in changes { owners[change.table.name] = position.projection }
    }

    public func position(of projection: String) async throws(StoreError) -> Int64 { positions[projection] ?? 0 }

    public func outdatedTables() async throws(StoreError) -> [RowTable] { [] }

    public func rebuild(
        _ tables: [RowTable], of projection: String?,
        with changes: @escaping @Sendable ([StoredEvent], any EarlierEvents) throws -> [RowChange]
    ) async throws -> Int64 {
        let earlier = Earlier(events: events)
        var shadows: [String: MemoryTable] = [:]
        for table in tables {
            guard declared[table.name] == table else { throw StoreError.malformed(reason: "the store was not opened with the table \(table.name)") }
            shadows[table.name] = try MemoryTable(table)
        }
        for start in stride(from: 0, to: events.count, by: rebuildBatchEvents) {
            for change in try changes(Array(events[start..<min(start + rebuildBatchEvents, events.count)]), earlier) {
                try change.check(tables: declared)
                guard shadows[change.table.name] != nil else {
                    throw StoreError.malformed(reason: "the table \(change.table.name) is not one of those being made anew")
                }
                try MemoryStore.apply(change, to: &shadows)
            }
        }
        self.tables.merge(shadows) { _, new in new }
        if let projection {
            positions[projection] = watch.head.sequence
            for table in tables { owners[table.name] = projection }
        }
        return watch.head.sequence
    }

    private struct Earlier: EarlierEvents {
        let events: [StoredEvent]

        func events(of stream: StreamID, through version: Int) -> [StoredEvent] {
            events.filter { $0.envelope.stream == stream && $0.envelope.version <= version }
        }
    }

    private func asOf(_ table: RowTable) -> Int64 { owners[table.name].flatMap { positions[$0] } ?? watch.head.sequence }

    private static func apply(_ change: RowChange, to tables: inout [String: MemoryTable]) throws(StoreError) {
        try tables[change.table.name]?.apply(change)
    }
}

private let rebuildBatchEvents = 1_000
