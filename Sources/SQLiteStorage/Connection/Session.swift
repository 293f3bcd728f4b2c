import GRDB
import GRDBSQLite

/// One SQLite connection in the hands of whoever is on its queue: statements prepared once, transactions, nothing else.
///
/// Statements are stepped through SQLite's own interface and not as GRDB rows: reading a log back is the hot path of verification
/// and of every rebuild, and a row that allocates for each column halves it.
final class Session {
    let database: Database
    let handle: OpaquePointer
    /// Types and policies this connection has met.
    let names = Names()
    private var prepared: [String: Prepared] = [:]

    /// Statements kept prepared; beyond that (questions with lists of many lengths) all are prepared anew.
    private static let preparedMax = 256

    init(_ database: Database) throws {
        guard let handle = database.sqliteConnection else { throw SQLiteFault(code: SQLITE_MISUSE, message: "the connection is closed") }
        self.database = database
        self.handle = handle
    }

    /// The prepared statement for `sql`, reset and without parameters.
    func prepare(_ sql: String) throws(SQLiteFault) -> Prepared {
        if let known = prepared[sql] {
            known.reset()
            return known
        }
        if prepared.count >= Session.preparedMax { prepared.removeAll() }
        let new = try Prepared(sql, on: handle)
        prepared[sql] = new
        return new
    }

    /// Runs statements that answer nothing.
    func execute(_ sql: String) throws(SQLiteFault) {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw SQLiteFault(handle) }
    }

    /// The text of the first column of the first row; how a pragma answers.
    func answer(_ sql: String) throws(SQLiteFault) -> String? {
        let statement = try prepare(sql)
        defer { statement.reset() }
        return try statement.step() ? statement.text(0) : nil
    }

    /// Reads in one snapshot of the database.
    func snapshot<Answer>(_ body: () throws -> Answer) throws -> Answer {
        try execute("BEGIN")
        defer { _ = sqlite3_exec(handle, "COMMIT", nil, nil, nil) }
        return try body()
    }

    /// Ends a transaction that failed; SQLite may have ended it already.
    func rollBack() {
        for statement in prepared.values { statement.reset() }
        if sqlite3_get_autocommit(handle) == 0 { _ = sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
    }

    func forgetStatements() { prepared.removeAll() }
}
