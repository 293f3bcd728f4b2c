import Chronicle

/// The port between the desk and whatever keeps its log: the narrowest set of promises the rest of the house stands on.
///
/// One dense total order: sequences are 1, 2, … in commit order, without gaps, on every engine. An append is acknowledged only after it is
/// durable (fsync). Engines may coalesce concurrent appends into one transaction (group commit); each append stays atomic by itself.
public protocol EventStore: Sendable {
    /// Writes the events, the row changes and the outbox of each append, all or nothing; returns when they are durable.
    /// Throws `.conflict` when the stream is not at the expected version, `.duplicate` when the key was used before for the same
    /// request, `.keyReused` when it was used for another.
    func append(_ append: Append) async throws(StoreError) -> Receipt

    /// Events of one stream with `version > after`, oldest first.
    func read(_ stream: StreamID, after version: Int, limit: Int) async throws(StoreError) -> [StoredEvent]
    /// Events of the whole log with `sequence > after`, oldest first.
    func read(after sequence: Int64, limit: Int) async throws(StoreError) -> [StoredEvent]
    func head() async throws(StoreError) -> LogHead
    /// Returns when the head is beyond `sequence`, or after `timeout`; never later than a commit by more than a few milliseconds.
    func wait(after sequence: Int64, timeout: Span) async throws(StoreError) -> LogHead

    /// Leaf hashes of the events `first...last` (sequences), for proofs and verification.
    func leafHashes(_ sequences: ClosedRange<Int64>) async throws(StoreError) -> [Digest]
    /// Root hashes of complete subtrees of 256^level leaves; level 1 and up, index from 0. `nil` where a subtree is not complete.
    func subtreeHash(level: Int, index: Int64) async throws(StoreError) -> Digest?
    /// Signed checkpoints handed out, oldest first; appended by `keep`.
    func checkpoints() async throws(StoreError) -> [KeptCheckpoint]
    func keep(_ checkpoint: KeptCheckpoint) async throws(StoreError)

    /// Rows of a read model. Every answer is as of one sequence.
    func rows(_ query: RowQuery) async throws(StoreError) -> RowPage
    func count(_ query: RowQuery) async throws(StoreError) -> RowCount
    /// Row changes outside any append: asynchronous read models, with the position they have reached, in one transaction.
    /// Throws `.overtaken` when the projection is not where `position` says it started from: someone else applied those events.
    func write(_ changes: [RowChange], position: ProjectionPosition?) async throws(StoreError)
    /// The last event a projection has applied; 0 when it never ran.
    func position(of projection: String) async throws(StoreError) -> Int64
    /// Tables declared differently from how their rows were written, or added to a log that already had events. Reading one is
    /// `.unavailable` until `rebuild` has made it anew.
    func outdatedTables() async throws(StoreError) -> [RowTable]
    /// Makes tables anew from the whole log beside the live ones, which go on serving and being written, and swaps them in at once.
    /// A fault or a crash on the way leaves the old ones. `changes` is given the log in order, in batches, and may look back at what it has
    /// let go of; what it throws is thrown here. With a `projection`, its position moves in the same transaction. Returns the sequence the
    /// new rows are as of.
    func rebuild(
        _ tables: [RowTable], of projection: String?,
        with changes: @escaping @Sendable (_ batch: [StoredEvent], _ earlier: any EarlierEvents) throws -> [RowChange]
    ) async throws -> Int64

    /// Empties the payload and the salt of these events. Their commitments and leaves stand, so the log still verifies; what they said is gone.
    func redact(_ sequences: [Int64]) async throws(StoreError)

    /// The receipt of an earlier append with this key, if there was one.
    func receipt(of key: IdempotencyKey) async throws(StoreError) -> (receipt: Receipt, fingerprint: Digest)?
}

extension EventStore {
    /// A rebuild that never looks back.
    public func rebuild(
        _ tables: [RowTable], of projection: String?, with changes: @escaping @Sendable ([StoredEvent]) throws -> [RowChange]
    ) async throws -> Int64 {
        try await rebuild(tables, of: projection) { batch, _ in try changes(batch) }
    }
}

/// What the log said before, for a fold that cannot keep all of it in memory. Only good for the batch it came with.
public protocol EarlierEvents {
    /// The events of a stream up to and including `version`, oldest first.
    func events(of stream: StreamID, through version: Int) throws -> [StoredEvent]
}

/// One atomic write: events of one stream (with what must be true of it) and the row changes that go with them.
public struct Append: Sendable {
    public var stream: StreamID
    public var expecting: ExpectedVersion
    public var events: [ProposedEvent]
    public var rows: [RowChange]
    public var idempotency: (key: IdempotencyKey, fingerprint: Digest)?

    public init(
        to stream: StreamID, expecting: ExpectedVersion, _ events: [ProposedEvent], rows: [RowChange] = [],
        idempotency: (key: IdempotencyKey, fingerprint: Digest)? = nil
    ) {
        (self.stream, self.expecting, self.events, self.rows, self.idempotency) = (stream, expecting, events, rows, idempotency)
    }
}

/// An event on its way into the log: everything but its position.
public struct ProposedEvent: Hashable, Sendable {
    public var type: EventType
    public var payload: [UInt8]
    public var salt: [UInt8]
    public var occurred: Instant
    /// The writer's clock; the engine never lets it go backwards in the log.
    public var recorded: Instant
    public var actor: Actor
    public var policy: PolicyHash?
    public var causation: Int64?
    public var correlation: CorrelationID

    public init(
        type: EventType, payload: [UInt8], salt: [UInt8], occurred: Instant, recorded: Instant, actor: Actor,
        policy: PolicyHash?, causation: Int64?, correlation: CorrelationID
    ) {
        (self.type, self.payload, self.salt, self.occurred, self.recorded) = (type, payload, salt, occurred, recorded)
        (self.actor, self.policy, self.causation, self.correlation) = (actor, policy, causation, correlation)
    }
}

public enum ExpectedVersion: Hashable, Sendable {
    /// The stream must not exist yet.
    case none
    /// The stream must be at exactly this version.
    case exactly(Int)
    /// Whatever it is.
    case any
}

/// What an append became.
public struct Receipt: Hashable, Sendable {
    public var stream: StreamID
    /// Version of the stream after the append.
    public var version: Int
    /// Sequences given to the events; empty range (`first > last`) when there were none.
    public var firstSequence: Int64
    public var lastSequence: Int64
    /// The recorded instant the events got.
    public var recorded: Instant

    public init(stream: StreamID, version: Int, firstSequence: Int64, lastSequence: Int64, recorded: Instant) {
        (self.stream, self.version, self.firstSequence, self.lastSequence, self.recorded) = (stream, version, firstSequence, lastSequence, recorded)
    }
}

/// Where the log stands: its size and Merkle root.
public struct LogHead: Hashable, Sendable {
    public var sequence: Int64
    public var root: Digest
    public var recorded: Instant

    public init(sequence: Int64, root: Digest, recorded: Instant) {
        (self.sequence, self.root, self.recorded) = (sequence, root, recorded)
    }
}

/// A checkpoint as signed text (C2SP tlog-checkpoint), with the size it commits to.
public struct KeptCheckpoint: Hashable, Sendable {
    public var sequence: Int64
    public var note: String
    public init(sequence: Int64, note: String) { (self.sequence, self.note) = (sequence, note) }
}

/// A caller's name for one request, so that sending it twice does it once. 1…128 characters, scoped by the caller.
public struct IdempotencyKey: Hashable, Sendable {
    public let text: String
    public init?(_ text: String) {
        guard 1...128 ~= text.utf8.count else { return nil }
        self.text = text
    }
}

/// A step of an asynchronous read model: it had applied the log up to `start`, and with these changes up to `sequence`.
public struct ProjectionPosition: Hashable, Sendable {
    public var projection: String
    /// Where it stood before. The engine compares: of two runners that read the same events only one may write.
    public var start: Int64
    public var sequence: Int64
    public init(_ projection: String, from start: Int64, to sequence: Int64) {
        (self.projection, self.start, self.sequence) = (projection, start, sequence)
    }
}

/// Why the store did not do it.
public enum StoreError: Error, Sendable {
    /// The stream is at another version: someone was faster.
    case conflict(stream: StreamID, actual: Int)
    /// The same request was done before; this is what came of it.
    case duplicate(original: Receipt)
    /// The key was used for a different request.
    case keyReused(IdempotencyKey)
    /// The projection has moved on: another runner applied these events.
    case overtaken(projection: String, actual: Int64)
    /// The request itself is wrong (a salt of the wrong length, a table the store was not opened with): it will never succeed.
    case malformed(reason: String)
    /// Try again later: busy, shutting down, disk full. Nothing was written.
    case unavailable(reason: String, retryAfter: Span)
    /// What is stored is not what was written. `sequence` is the first bad event, 0 when the damage is not in an event.
    case damaged(sequence: Int64, reason: String)
    /// An fsync failed, or another fault after which nothing more may be acknowledged. The store serves no further writes.
    case fatal(reason: String)
}
