import ArgumentParser
import GRDBSQLite
import Glibc
import PowerLoss

/// The control: rows into SQLite itself, one commit each, until the power goes. What it tells is what SQLite acknowledged.
struct RowsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "rows", abstract: "Writes rows with a given “synchronous” until the power goes.")

    @Option var database: String
    @Option(help: "OFF, NORMAL or FULL.") var synchronous: String
    @Option var mode = PowerMode.all
    @Option var seed: UInt64 = 1
    @Option var crashAt: Int64

    func run() throws {
        try mode.arm(seed: seed, crashAt: crashAt, trash: database + "-lost")
        var connection: OpaquePointer?
        guard sqlite3_open(database, &connection) == SQLITE_OK else { throw Broken("\(database) cannot be opened") }
        func execute(_ sql: String) throws {
            guard sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK else { throw Broken(String(cString: sqlite3_errmsg(connection))) }
        }
        try execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = \(synchronous); PRAGMA wal_autocheckpoint = 200")
        try execute("CREATE TABLE IF NOT EXISTS line (number INTEGER PRIMARY KEY, text TEXT)")
        var number = 0
        while true {
            number += 1
            try execute("INSERT INTO line VALUES (\(number), '\(String(repeating: "x", count: 100 + number % 900))')")
            let told = Array("\(number)\n".utf8)
            _ = told.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
        }
    }
}

/// How many rows there are after all, and whether SQLite finds the file whole.
struct CountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "count", abstract: "Counts the rows that are there.")

    @Option var database: String

    func run() throws {
        var connection: OpaquePointer?
        defer { sqlite3_close_v2(connection) }
        guard sqlite3_open(database, &connection) == SQLITE_OK else { throw Broken("\(database) cannot be opened") }
        func answer(_ sql: String) -> String {
            var statement: OpaquePointer?
            defer { sqlite3_finalize(statement) }
            guard sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK, sqlite3_step(statement) == SQLITE_ROW,
                let text = sqlite3_column_text(statement, 0)
            else { return "0" }
            return String(cString: text)
        }
        print(answer("SELECT count(*) FROM line"), answer("PRAGMA integrity_check(1)"))
    }
}
