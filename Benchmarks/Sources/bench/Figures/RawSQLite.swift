import GRDBSQLite

/// The limit: SQLite through its own interface and nothing else, WAL and `synchronous = FULL`, rows of 400 bytes.
struct RawSQLite {
    let path: String

    /// Rows a second, `group` in one transaction.
    func rowsPerSecond(group: Int, transactions: Int) throws(RawFault) -> Double {
        var handle: OpaquePointer?
        guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil) == SQLITE_OK else { throw RawFault(handle) }
        defer { sqlite3_close_v2(handle) }
        func run(_ sql: String) throws(RawFault) {
            guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw RawFault(handle) }
        }
        try run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE IF NOT EXISTS row (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT")
        var insert: OpaquePointer?
        guard sqlite3_prepare_v2(handle, "INSERT INTO row (body) VALUES (?)", -1, &insert, nil) == SQLITE_OK else { throw RawFault(handle) }
        defer { sqlite3_finalize(insert) }
        let body = [UInt8](repeating: 7, count: 400)
        let began = Stopwatch.wallSeconds()
        for _ in 0..<transactions {
            try run("BEGIN IMMEDIATE")
            for _ in 0..<group {
                sqlite3_bind_blob(insert, 1, body, 400, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
                guard sqlite3_step(insert) == SQLITE_DONE else { throw RawFault(handle) }
                sqlite3_reset(insert)
            }
            try run("COMMIT")
        }
        return Double(group * transactions) / (Stopwatch.wallSeconds() - began)
    }
}

struct RawFault: Error, CustomStringConvertible {
    let description: String
    init(_ handle: OpaquePointer?) { description = handle.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) } ?? "SQLite did not open" }
}
