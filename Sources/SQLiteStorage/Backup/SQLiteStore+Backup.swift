import Chronicle
import EventStorage
import GRDBSQLite

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension SQLiteStore {
    /// Copies the open store to `path` while the desk goes on working, and proves the copy: SQLite's integrity check, then the whole log
    /// derived again up to its root. Only a proven copy gets its name; a backup nobody has read is a hope.
    ///
    /// The copy is one snapshot of the store, read page by page (SQLite's backup interface) over a connection of its own. Refuses to overwrite.
    /// Throws `OpeningRefusal`, or `StoreError` where the copy fails its proof.
    @discardableResult
    public func backUp(to path: String) async throws -> LogVerification {
        try await SQLiteStore.copy(from: self.path, to: path)
    }

    /// The same of a store another process has open: read over a connection that never writes, so that the other one is not disturbed.
    @discardableResult
    public static func backUp(storeAt source: String, to path: String) async throws -> LogVerification {
        guard access(source, R_OK) == 0 else { throw OpeningRefusal.unreadable(path: source, reason: String(cString: strerror(errno))) }
        return try await copy(from: source, to: path)
    }

    /// Puts a backup in the place of a store that is gone, with the same proof. Refuses to overwrite a store that is there.
    @discardableResult
    public static func restore(from backup: String, to path: String) async throws -> LogVerification {
        guard access(backup, R_OK) == 0 else {
            throw OpeningRefusal.unreadable(path: backup, reason: String(cString: strerror(errno)))
        }
        return try await copy(from: backup, to: path)
    }

    private static func copy(from source: String, to path: String) async throws -> LogVerification {
        // A write-ahead log that was left behind would be played into the copy at its first opening, after its proof.
        for suffix in ["", "-wal", "-shm", "-journal"] where access(path + suffix, F_OK) == 0 { throw OpeningRefusal.exists(path: path + suffix) }
        let unproven = path + ".unproven"
        removeStore(at: unproven)
        defer { removeStore(at: unproven) }
        do {
            try await copyPages(from: source, to: unproven)
            let proof = try await prove(unproven)
            try settle(unproven, as: path)
            return proof
        } catch let fault as SQLiteFault {
            throw refusal(of: fault, copying: source, to: path)
        }
    }

    /// A copy that fails says nothing of the store it was to be a copy of: that one goes on.
    private static func refusal(of fault: SQLiteFault, copying source: String, to path: String) -> any Error {
        switch fault.primary {
        case SQLITE_NOTADB: OpeningRefusal.notAStore(path: source)
        case SQLITE_FULL: OpeningRefusal.unreadable(path: path, reason: "the disk is full; no copy was made")
        case SQLITE_CANTOPEN, SQLITE_IOERR, SQLITE_READONLY: OpeningRefusal.unreadable(path: path, reason: "\(fault.message); no copy was made")
        default: fault.whileReading
        }
    }

    private static func copyPages(from source: String, to path: String) async throws {
        let from = try Connection(path: source, label: "recourse.backup", readonly: true) { try $0.execute("PRAGMA wal_autocheckpoint = 0") }
        defer { try? from.close() }
        let done = await from.run { source in
            var target: OpaquePointer?
            defer { sqlite3_close_v2(target) }
            guard sqlite3_open_v2(path, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil) == SQLITE_OK, let target else {
                throw SQLiteFault(code: SQLITE_CANTOPEN, message: "it could not be made there")
            }
            // A store written to meanwhile would make the copy begin again and again; in a snapshot it stands still.
            try source.snapshot {
                guard let backup = sqlite3_backup_init(target, "main", source.handle, "main") else { throw SQLiteFault(target) }
                let outcome = sqlite3_backup_step(backup, -1)
                guard sqlite3_backup_finish(backup) == SQLITE_OK, outcome == SQLITE_DONE else { throw SQLiteFault(target) }
            }
        }
        try done.get()
    }

    /// Opens the copy as a store and derives its log again. Its rows are checked by SQLite only: they follow from the log.
    private static func prove(_ path: String) async throws -> LogVerification {
        let copy = try SQLiteStore(path: path)
        do {
            let complaint = try await copy.readers.read { try $0.answer("PRAGMA integrity_check(1)") }
            guard complaint == "ok" else { throw StoreError.damaged(sequence: 0, reason: complaint ?? "the integrity check gave no answer") }
            let proof = try await verify(copy)
            try copy.close()
            return proof
        } catch {
            try? copy.close()
            throw error
        }
    }

    /// To the disk, then to its name, then the name to the disk; never onto a file that came into being meanwhile.
    private static func settle(_ unproven: String, as path: String) throws {
        try flush(unproven)
        guard link(unproven, path) == 0 else {
            throw errno == EEXIST
                ? OpeningRefusal.exists(path: path) : OpeningRefusal.unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        try flush(directory(of: path))
    }

    private static func flush(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { if descriptor >= 0 { closeFile(descriptor) } }
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw OpeningRefusal.unreadable(path: path, reason: String(cString: strerror(errno)))
        }
    }

    private static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func removeStore(at path: String) {
        for suffix in ["", "-wal", "-shm", "-lock", "-journal"] { unlink(path + suffix) }
    }
}

/// `close(2)`, which inside the store's own extension would mean closing the store.
private func closeFile(_ descriptor: Int32) { _ = close(descriptor) }
