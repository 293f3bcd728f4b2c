import Chronicle

/// The declaration of one table of a read model: an engine-neutral keyed table with typed columns and named indexes.
public struct RowTable: Hashable, Sendable {
    public let name: String
    public let columns: [RowColumn]
    /// Names of the columns that identify a row.
    public let key: [String]
    public let indexes: [RowIndex]
    /// Does it hold what the log does not say (what was sent, how far another system was read)? Such rows are carried over when the
    /// declaration changes; all others are made anew from the log.
    public let holdsItsOwn: Bool

    public init(_ name: String, columns: [RowColumn], key: [String], indexes: [RowIndex] = [], holdsItsOwn: Bool = false) {
        (self.name, self.columns, self.key, self.indexes, self.holdsItsOwn) = (name, columns, key, indexes, holdsItsOwn)
    }
}

public struct RowColumn: Hashable, Sendable {
    public enum Kind: Hashable, Sendable { case integer, text, blob }
    public let name: String
    public let kind: Kind
    public let nullable: Bool
    public init(_ name: String, _ kind: Kind, nullable: Bool = false) { (self.name, self.kind, self.nullable) = (name, kind, nullable) }
}

public struct RowIndex: Hashable, Sendable {
    public let name: String
    public let columns: [String]
    /// Only rows where this integer column is not null are in the index (a partial index).
    public let whereNotNull: String?
    public init(_ name: String, on columns: [String], whereNotNull: String? = nil) {
        (self.name, self.columns, self.whereNotNull) = (name, columns, whereNotNull)
    }
}

public enum RowValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])
}

/// One change to a read model.
public enum RowChange: Hashable, Sendable {
    /// Inserts or replaces the row with this key; values in the order of the table's columns.
    case put(RowTable, [RowValue])
    /// Removes the row with this key (values in the order of `key`); no row, no matter.
    case delete(RowTable, key: [RowValue])
    /// Adds `by` to an integer column of the row with this key, making the row with 0 in its other integer columns if there is none;
    /// a row whose counted column comes to 0 is removed. Commutes, so concurrent appends may tally.
    case add(RowTable, key: [RowValue], column: String, by: Int64)
}

/// A question to one table: equality and range conditions (all must hold), an order, a page.
///
/// As in SQL, a comparison with null holds for no row; ask `isNull`.
public struct RowQuery: Hashable, Sendable {
    public enum Comparison: Hashable, Sendable { case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual }
    public enum Condition: Hashable, Sendable {
        case compare(String, Comparison, RowValue)
        case anyOf(String, [RowValue])
        case isNull(String)
        case isNotNull(String)
    }
    public struct Order: Hashable, Sendable {
        public let column: String
        public let descending: Bool
        public init(_ column: String, descending: Bool = false) { (self.column, self.descending) = (column, descending) }
    }

    public var table: RowTable
    public var conditions: [Condition]
    /// The key of the table is always appended, in the direction of the last order, so that paging is total and one walk along one index.
    /// Nulls come first ascending and last descending. Text is ordered by its UTF-8 bytes, on every engine.
    public var order: [Order]
    /// Keyset cursor: the order columns' values of the last row seen, as given in `RowPage.next`.
    public var after: [RowValue]?
    public var limit: Int
    /// Counting ends at so many; `nil` counts them all. A number nobody reads is not worth a walk over a million rows.
    public var countMax: Int?

    public init(_ table: RowTable, where conditions: [Condition] = [], order: [Order] = [], after: [RowValue]? = nil, limit: Int = 50) {
        (self.table, self.conditions, self.order, self.after, self.limit) = (table, conditions, order, after, limit)
    }
}

/// Rows, each in the order of the table's columns.
public struct RowPage: Hashable, Sendable {
    public var rows: [[RowValue]]
    /// Pass as `after` for the next page; `nil` on the last.
    public var next: [RowValue]?
    /// The log sequence this answer is as of; for a table of an asynchronous projection, where that projection stands.
    public var asOf: Int64
    public init(rows: [[RowValue]], next: [RowValue]?, asOf: Int64) { (self.rows, self.next, self.asOf) = (rows, next, asOf) }
}

public struct RowCount: Hashable, Sendable {
    public var count: Int64
    public var asOf: Int64
    public init(count: Int64, asOf: Int64) { (self.count, self.asOf) = (count, asOf) }
}
