import GRDB
@testable import SQLiteStorage

/// A store's file opened beside the product, as someone with a shell would.
struct RawStore {
    private let queue: DatabaseQueue

    /// With `unguarded`, the schema's own defences are taken down first: what an attacker with the file would do.
    init(_ path: String, unguarded: Bool = false) throws {
        queue = try DatabaseQueue(path: path)
        guard unguarded else { return }
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
            for trigger in try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'") {
                try database.execute(sql: "DROP TRIGGER \"\(trigger)\"")
            }
        }
    }

    func execute(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
        try queue.writeWithoutTransaction { try $0.execute(sql: sql, arguments: arguments) }
    }

    func value<Value: DatabaseValueConvertible>(_ type: Value.Type, _ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> Value? {
        try queue.writeWithoutTransaction { try Value.fetchOne($0, sql: sql, arguments: arguments) }
    }

    func close() throws { try queue.close() }
}
