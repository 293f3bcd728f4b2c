import EventStorage

/// Writing row changes on the writer's connection. Changes are checked before they come here.
final class RowWriting {
    private let session: Session
    private var statements: [String: TableStatements] = [:]

    init(_ session: Session) { self.session = session }

    /// Applies a change to the live table or, when rebuilding, to its shadow.
    func apply(_ change: RowChange, toShadow: Bool = false) throws {
        let table = change.table
        let stored = toShadow ? RowTables.shadow(of: table) : table.storedName
        switch change {
        case .put(_, let values):
            try run(statements(for: table, stored).put, values)
        case .delete(_, let key):
            try run(statements(for: table, stored).delete, key)
        case .add(_, let key, let column, let by):
            guard let sql = try statements(for: table, stored).add[column] else { return }
            let add = try session.prepare(sql)
            for (index, value) in key.enumerated() { add.bind(value, at: Int32(index + 1)) }
            add.bind(by, at: Int32(key.count + 1))
            let isZero = try add.step() && add.integer(0) == 0
            try add.run()
            if isZero { try run(statements(for: table, stored).delete, key) }
        }
    }

    private func run(_ sql: String, _ values: [RowValue]) throws {
        let statement = try session.prepare(sql)
        for (index, value) in values.enumerated() { statement.bind(value, at: Int32(index + 1)) }
        try statement.run()
    }

    private func statements(for table: RowTable, _ stored: String) throws -> TableStatements {
        if let known = statements[stored] { return known }
        let new = TableStatements(table, stored)
        statements[stored] = new
        return new
    }
}

/// The texts of a table's statements, written once.
private struct TableStatements {
    let put: String
    let delete: String
    /// By the counted column.
    let add: [String: String]

    init(_ table: RowTable, _ stored: String) {
        put = table.putting(into: stored, in: .sqlite)
        delete = table.deleting(from: stored, in: .sqlite)
        let counted = table.columns.filter { $0.kind == .integer && !table.key.contains($0.name) }.map(\.name)
        add = Dictionary(uniqueKeysWithValues: counted.map { ($0, table.adding(to: stored, counting: $0, in: .sqlite)) })
    }
}
