import Chronicle
import EventStorage
import GRDBSQLite

/// The default engine: the whole desk in one file beside the process.
///
/// One connection writes and checkpoints, in WAL mode with `synchronous = FULL`: an append is answered after the fsync that makes it durable
/// (with NORMAL a power cut loses acknowledged work; measured, ten runs of ten). Four connections only read, each question in a snapshot
/// of its own, so long questions never hold up writing. A lock file keeps a second process out.
public final class SQLiteStore: EventStore {
    public let path: String
    let tables: [String: RowTable]
    let writer: Writer
    let readers: Readers
    let outdated: OutdatedTables
    private let watch: HeadWatch
    private let lock: StoreLock

    static let readersCount = 4

    /// Opens or creates the store at `path` with the tables of the inline and asynchronous read models. Blocks for a moment.
    /// Throws `OpeningRefusal`, or `StoreError.malformed` for a table that cannot be.
    public init(path: String, tables: [RowTable] = []) throws {
        self.path = path
        self.tables = try RowTable.byName(tables)
        lock = try StoreLock(besides: path)
        do {
            let connection = try Connection(path: path, label: "recourse.writer", readonly: false) { try SQLiteStore.prepareWriter($0, path) }
            let desk = try connection.runBlocking { session in
                let desk = try WriterDesk(session, path: path)
                let changed = desk.transaction { desk in
                    try RowTables(session: desk.session).bringUpToDate(tables, logIsEmpty: desk.log.head.sequence == 0)
                }
                return Opened(desk: desk, outdated: try changed.get())
            }
            watch = HeadWatch(desk.desk.log.head)
            outdated = OutdatedTables(desk.outdated)
            writer = Writer(connection, desk: desk.desk, watch: watch)
            readers = Readers(
                try (1...SQLiteStore.readersCount).map { number in
                    try Connection(path: path, label: "recourse.reader.\(number)", readonly: true) { session in
                        try session.execute("PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -8192")
                    }
                })
        } catch let refusal as OpeningRefusal {
            throw refusal
        } catch let error as StoreError {
            throw error
        } catch let fault as SQLiteFault where fault.primary == SQLITE_NOTADB {
            throw OpeningRefusal.notAStore(path: path)
        } catch {
            throw OpeningRefusal.unreadable(path: path, reason: "\(error)")
        }
    }

    /// Stops, carries the write-ahead log over and lets the lock go. What was not answered yet is answered `.unavailable`.
    public func close() throws {
        try readers.close()
        try writer.close()
        lock.release()
    }

    // MARK: The log

    public func append(_ append: Append) async throws(StoreError) -> Receipt {
        try append.check(tables: tables)
        return try await writer.append(PreparedAppend(append))
    }

    public func read(_ stream: StreamID, after version: Int, limit: Int) async throws(StoreError) -> [StoredEvent] {
        try await readers.read { try LogReading(session: $0).events(of: stream, after: version, limit: limit) }
    }

    public func read(after sequence: Int64, limit: Int) async throws(StoreError) -> [StoredEvent] {
        try await readers.read { try LogReading(session: $0).events(after: sequence, limit: limit) }
    }

    public func head() async throws(StoreError) -> LogHead { watch.head }

    public func wait(after sequence: Int64, timeout: Span) async throws(StoreError) -> LogHead {
        await watch.wait(after: sequence, timeout: timeout)
    }

    public func receipt(of key: IdempotencyKey) async throws(StoreError) -> (receipt: Receipt, fingerprint: Digest)? {
        try await readers.read { try LogReading(session: $0).receipt(of: key) }
    }

    /// The freed bytes are overwritten with zeros, in the store at once and in the write-ahead log as soon as no reader is in it.
    public func redact(_ sequences: [Int64]) async throws(StoreError) {
        try await write { desk in
            try desk.log.redact(sequences)
        }
        try await outsideTransaction { $0.checkpoint(SQLITE_CHECKPOINT_TRUNCATE) }
    }

    // MARK: The tree

    public func leafHashes(_ sequences: ClosedRange<Int64>) async throws(StoreError) -> [Digest] {
        try await readers.read { session in try session.snapshot { try LogReading(session: session).leafHashes(sequences) } }
    }

    public func subtreeHash(level: Int, index: Int64) async throws(StoreError) -> Digest? {
        try await readers.read { try LogReading(session: $0).subtreeHash(level: level, index: index) }
    }

    public func checkpoints() async throws(StoreError) -> [KeptCheckpoint] {
        try await readers.read { try LogReading(session: $0).checkpoints() }
    }

    public func keep(_ checkpoint: KeptCheckpoint) async throws(StoreError) {
        try await write { desk in
            try checkpoint.check(after: try LogReading(session: desk.session).lastCheckpoint(), head: desk.log.head.sequence)
            let insert = try desk.session.prepare("INSERT INTO checkpoint (sequence, note) VALUES (?, ?)")
            insert.bind(checkpoint.sequence, at: 1)
            insert.bind(checkpoint.note, at: 2)
            try insert.run()
        }
    }

    // MARK: Read models

    public func rows(_ query: RowQuery) async throws(StoreError) -> RowPage {
        try query.check(tables: tables)
        try outdated.refuse(query.table)
        return try await readers.read { session in try session.snapshot { try RowReading(session: session).page(query) } }
    }

    public func count(_ query: RowQuery) async throws(StoreError) -> RowCount {
        try query.check(tables: tables)
        try outdated.refuse(query.table)
        return try await readers.read { session in try session.snapshot { try RowReading(session: session).count(query) } }
    }

    public func write(_ changes: [RowChange], position: ProjectionPosition?) async throws(StoreError) {
        for change in changes { try change.check(tables: tables) }
        try await write { desk in
            if let position { try desk.step(to: position, writing: Set(changes.map(\.table))) }
            for change in changes { try desk.rows.apply(change) }
        }
    }

    public func position(of projection: String) async throws(StoreError) -> Int64 {
        try await readers.read { try LogReading(session: $0).position(of: projection) }
    }

    public func outdatedTables() async throws(StoreError) -> [RowTable] { outdated.names.sorted().compactMap { tables[$0] } }

    /// How SQLite would go about the query, one step a line; list queries pin it in tests.
    public func plan(_ query: RowQuery) async throws(StoreError) -> [String] {
        try query.check(tables: tables)
        return try await readers.read { try RowReading(session: $0).plan(query) }
    }

    // MARK: Underneath

    func write<Value: Sendable>(_ body: @escaping @Sendable (WriterDesk) throws -> Value) async throws(StoreError) -> Value {
        do { return try await writer.transaction(body) } catch { throw SQLiteStore.portError(error) }
    }

    func outsideTransaction<Value: Sendable>(_ body: @escaping @Sendable (WriterDesk) throws -> Value) async throws(StoreError) -> Value {
        do { return try await writer.outsideTransaction(body) } catch { throw SQLiteStore.portError(error) }
    }

    private static func portError(_ error: any Error) -> StoreError {
        switch error {
        case let error as StoreError: error
        case let fault as SQLiteFault: fault.whileWriting
        default: .fatal(reason: "\(error)")
        }
    }

    private static func prepareWriter(_ session: Session, _ path: String) throws {
        // Only a new file takes the page size.
        try session.execute("PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 67108864")
        // After WAL: what opens the file may set NORMAL on the way, and with NORMAL the last commits do not survive a power cut.
        try session.execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = FAST; PRAGMA cache_size = -32768")
        try Layout.bringUpToDate(session, path: path)
    }

    private struct Opened {
        let desk: WriterDesk
        let outdated: Set<String>
    }
}
