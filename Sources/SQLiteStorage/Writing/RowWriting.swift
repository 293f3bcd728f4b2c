import EventStorage

/// Writing row changes on the writer's connection. Changes are checked before they come here.
final class RowWriting {
    private let session: Session
    private var statements: [String: TableStatements] = [:]

    init(_ session: Session) { self.session = session }

    /// Applies a change to the live table or, when rebuilding, to its shadow.
    func apply(_ change: RowChange, toShadow: Bool = false) throws {
        let table = change.table
        let statements = try statements(for: table, toShadow ? RowTables.shadow(of: table) : table.storedName)
        switch change {
        case .put(_, let values): try run(statements.put, values)
        case .delete(_, let key): try run(statements.delete, key)
        case .add(_, let key, let column, let by):
            guard let count = statements.counts[column] else { return }
            count.add.bind(by, at: Int32(key.count + 1))
            try run(count.add, key)
            try run(count.removeZero, key)
        }
    }

    /// Lets prepared statements of a table go, which is about to be replaced.
    func forget(_ table: RowTable) {
        statements[table.storedName] = nil
        statements[RowTables.shadow(of: table)] = nil
    }

    private func run(_ statement: Prepared, _ values: [RowValue]) throws {
        for (index, value) in values.enumerated() { statement.bind(value, at: Int32(index + 1)) }
        try statement.run()
    }

    private func statements(for table: RowTable, _ stored: String) throws -> TableStatements {
        if let known = statements[stored] { return known }
        let new = try TableStatements(table, stored, session)
        statements[stored] = new
        return new
    }
}

/// A table's statements, prepared once: a rebuild runs them millions of times.
private struct TableStatements {
    let put: Prepared
    let delete: Prepared
    /// By the counted column.
    let counts: [String: (add: Prepared, removeZero: Prepared)]

    init(_ table: RowTable, _ stored: String, _ session: Session) throws {
        func prepare(_ sql: String) throws -> Prepared { try Prepared(sql, on: session.handle) }
        put = try prepare(table.putting(into: stored, in: .sqlite))
        delete = try prepare(table.deleting(from: stored, in: .sqlite))
        var counts: [String: (add: Prepared, removeZero: Prepared)] = [:]
        for column in table.columns where column.kind == .integer && !table.key.contains(column.name) {
            counts[column.name] = (
                try prepare(table.adding(to: stored, counting: column.name, in: .sqlite)),
                try prepare(table.removingZero(from: stored, counting: column.name, in: .sqlite))
            )
        }
        self.counts = counts
    }
}
