import Chronicle
import EventStorage
import GRDBSQLite

/// What SQLite answered when it did not do it.
struct SQLiteFault: Error {
    /// Extended result code.
    let code: Int32
    let message: String

    init(code: Int32, message: String) { (self.code, self.message) = (code, message) }

    /// The fault a connection has just reported.
    init(_ connection: OpaquePointer) {
        code = sqlite3_extended_errcode(connection)
        message = String(cString: sqlite3_errmsg(connection))
    }

    static let corrupt = SQLITE_CORRUPT
    /// A statement that must answer did not.
    static let wrongAnswer = SQLiteFault(code: SQLITE_INTERNAL, message: "a statement that always answers did not")

    var primary: Int32 { code & 0xff }

    /// A CHECK, a type, a key or a trigger refused a row: the request's fault, not the store's.
    var isConstraint: Bool { primary == SQLITE_CONSTRAINT }

    /// After a failed write or fsync nobody knows what is on the disk: the kernel may have dropped the pages and forgotten the error.
    var endsWriting: Bool { [SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_CORRUPT, SQLITE_NOTADB].contains(primary) }

    /// For those who write.
    var whileWriting: StoreError {
        switch primary {
        case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_READONLY: .fatal(reason: sentence)
        default: whileReading
        }
    }

    /// For those who read.
    var whileReading: StoreError {
        switch primary {
        case SQLITE_FULL: .unavailable(reason: "the disk is full", retryAfter: .minutes(1))
        case SQLITE_BUSY, SQLITE_LOCKED: .unavailable(reason: "the store is busy", retryAfter: .seconds(1))
        case SQLITE_NOMEM: .unavailable(reason: "the machine is out of memory", retryAfter: .seconds(10))
        case SQLITE_IOERR, SQLITE_CANTOPEN: .unavailable(reason: "the store could not be read (\(message))", retryAfter: .seconds(10))
        case SQLITE_CORRUPT, SQLITE_NOTADB: .damaged(sequence: 0, reason: sentence)
        case SQLITE_CONSTRAINT: .malformed(reason: message)
        default: .fatal(reason: sentence)
        }
    }

    private var sentence: String { "SQLite says “\(message)” (code \(code))" }
}
