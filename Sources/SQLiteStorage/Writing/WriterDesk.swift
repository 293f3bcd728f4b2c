import EventStorage
import GRDBSQLite

/// What the writer works with, on its queue: the log, the rows, transactions, and the memory of a fault that ended all writing.
final class WriterDesk {
    let session: Session
    let log: LogWriting
    let rows: RowWriting
    /// Set by the first fault after which nothing may be acknowledged any more.
    private(set) var fault: StoreError?
    /// Pages in the write-ahead log, told by SQLite after each commit.
    private let walPages: UnsafeMutablePointer<Int32>

    static let closed = StoreError.unavailable(reason: "the store is closed", retryAfter: .seconds(5))

    init(_ session: Session, path: String) throws {
        self.session = session
        rows = RowWriting(session)
        log = try LogWriting(session, rows: rows, path: path)
        walPages = .allocate(capacity: 1)
        walPages.initialize(to: 0)
        // Takes the place of automatic checkpoints, whose faults SQLite keeps to itself.
        sqlite3_wal_hook(
            session.handle,
            { pages, _, _, count in
                pages?.assumingMemoryBound(to: Int32.self).pointee = count
                return SQLITE_OK
            }, walPages)
    }

    deinit {
        sqlite3_wal_hook(session.handle, nil, nil)
        walPages.deallocate()
    }

    /// One transaction for all of them; a result for each.
    func commit(_ appends: [PreparedAppend]) -> [Result<Receipt, StoreError>] {
        if let fault { return appends.map { _ in .failure(fault) } }
        do {
            let before = log.head.sequence
            try session.execute("BEGIN IMMEDIATE")
            var results: [Result<Receipt, StoreError>] = []
            results.reserveCapacity(appends.count)
            for append in appends { results.append(try log.write(append)) }
            if log.head.sequence > before { try log.writeHead() }
            try session.execute("COMMIT")
            return results
        } catch {
            let reason = undo(error)
            guard appends.count > 1, (error as? SQLiteFault)?.isConstraint == true, fault == nil else {
                return appends.map { _ in .failure(reason) }
            }
            return appends.flatMap { commit([$0]) }
        }
    }

    func transaction<Value>(_ body: (WriterDesk) throws -> Value) -> Result<Value, any Error> {
        if let fault { return .failure(fault) }
        do {
            try session.execute("BEGIN IMMEDIATE")
            let value = try body(self)
            try session.execute("COMMIT")
            return .success(value)
        } catch {
            let reason = undo(error)
            return .failure(error is SQLiteFault ? reason : error)
        }
    }

    /// Carries the write-ahead log over into the store when it has grown long. Only here: readers never do it.
    func checkpointIfLong() {
        guard walPages.pointee >= Writer.checkpointPages, fault == nil else { return }
        checkpoint(SQLITE_CHECKPOINT_PASSIVE)
    }

    /// With `SQLITE_CHECKPOINT_TRUNCATE`, also empties the write-ahead log, if no reader is in it.
    func checkpoint(_ mode: Int32) {
        var pages: Int32 = 0
        var carried: Int32 = 0
        switch sqlite3_wal_checkpoint_v2(session.handle, nil, mode, &pages, &carried) {
        case SQLITE_OK where pages == carried: walPages.pointee = 0
        // Readers hold it back; it goes on with the next commit.
        case SQLITE_OK, SQLITE_BUSY, SQLITE_LOCKED: break
        default: stopIfFatal(SQLiteFault(session.handle))
        }
    }

    private func undo(_ error: any Error) -> StoreError {
        session.rollBack()
        guard let sqlite = error as? SQLiteFault else {
            reloadOrStop()
            return error as? StoreError ?? .fatal(reason: "\(error)")
        }
        stopIfFatal(sqlite)
        if fault == nil { reloadOrStop() }
        return fault ?? sqlite.whileWriting
    }

    private func stopIfFatal(_ sqlite: SQLiteFault) {
        if sqlite.endsWriting, fault == nil { fault = sqlite.whileWriting }
    }

    private func reloadOrStop() {
        do { try log.reload() } catch { fault = .fatal(reason: "\(error)") }
    }
}
