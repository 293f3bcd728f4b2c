import Chronicle
import EventStorage
import GRDBSQLite

/// A prepared statement: parameters from 1, columns from 0.
final class Prepared {
    private let statement: OpaquePointer
    private let connection: OpaquePointer

    init(_ sql: String, on connection: OpaquePointer) throws(SQLiteFault) {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil) == SQLITE_OK, let statement else {
            throw SQLiteFault(connection)
        }
        self.statement = statement
        self.connection = connection
    }

    deinit { sqlite3_finalize(statement) }

    // MARK: Parameters

    func bind(_ number: Int64, at index: Int32) { sqlite3_bind_int64(statement, index, number) }

    func bind(_ number: Int64?, at index: Int32) {
        if let number { bind(number, at: index) } else { sqlite3_bind_null(statement, index) }
    }

    func bind(_ text: String, at index: Int32) {
        // As a C string for its address, with its own length: a text may hold a zero byte.
        sqlite3_bind_text(statement, index, text, Int32(clamping: text.utf8.count), copied)
    }

    func bind(_ bytes: [UInt8], at index: Int32) { bytes.withUnsafeBytes { bind($0, at: index) } }
    func bind(_ digest: Digest, at index: Int32) { digest.withBytes { bind($0, at: index) } }

    func bind(_ bytes: UnsafeRawBufferPointer, at index: Int32) {
        if let start = bytes.baseAddress, !bytes.isEmpty {
            sqlite3_bind_blob64(statement, index, start, UInt64(bytes.count), copied)
        } else {
            sqlite3_bind_zeroblob(statement, index, 0)
        }
    }

    func bind(_ value: RowValue, at index: Int32) {
        switch value {
        case .null: sqlite3_bind_null(statement, index)
        case .integer(let number): bind(number, at: index)
        case .text(let text): bind(text, at: index)
        case .blob(let bytes): bind(bytes, at: index)
        }
    }

    // MARK: Rows

    /// Goes to the next row; false when there is none.
    func step() throws(SQLiteFault) -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            let fault = SQLiteFault(connection)
            reset()
            throw fault
        }
    }

    /// Runs a statement to its end.
    func run() throws(SQLiteFault) {
        while try step() {}
        sqlite3_reset(statement)
    }

    func reset() { sqlite3_reset(statement) }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }
    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }
    func integerOrNil(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }

    func text(_ column: Int32) -> String {
        guard let start = sqlite3_column_text(statement, column) else { return "" }
        return String(decoding: UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))), as: UTF8.self)
    }

    /// The bytes of a blob, valid until the next step.
    func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(statement, column)
        return UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(statement, column)))
    }

    /// `nil` unless the blob is 32 bytes.
    func digest(_ column: Int32) -> Digest? {
        let bytes = bytes(column)
        guard bytes.count == 32 else { return nil }
        func word(_ index: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self) }
        return Digest(words: (word(0), word(1), word(2), word(3)))
    }

    func value(_ column: Int32) -> RowValue {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: .integer(integer(column))
        case SQLITE_TEXT: .text(text(column))
        case SQLITE_BLOB: .blob(Array(bytes(column)))
        default: .null
        }
    }
}

/// SQLite makes its own copy of what is bound (SQLITE_TRANSIENT).
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
