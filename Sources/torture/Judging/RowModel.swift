import EventStorage

/// The read models folded again from the log, by the rule of `RowChange` and nothing else.
struct RowModel {
    private(set) var tables: [String: [[RowValue]: [RowValue]]] = [:]

    mutating func apply(_ change: RowChange) {
        switch change {
        case .put(let table, let values):
            let key = table.key.compactMap { name in table.columns.firstIndex { $0.name == name }.map { values[$0] } }
            tables[table.name, default: [:]][key] = values
        case .delete(let table, let key): tables[table.name]?[key] = nil
        case .add(let table, let key, let column, let by): add(table, key, column, by)
        }
    }

    private mutating func add(_ table: RowTable, _ key: [RowValue], _ column: String, _ by: Int64) {
        guard let place = table.columns.firstIndex(where: { $0.name == column }) else { return }
        var row =
            tables[table.name]?[key]
            ?? table.columns.map { column in
                table.key.firstIndex(of: column.name).map { key[$0] } ?? (column.kind == .integer ? .integer(0) : .null)
            }
        guard case .integer(let before) = row[place] else { return }
        row[place] = .integer(before + by)
        tables[table.name, default: [:]][key] = before + by == 0 ? nil : row
    }

    /// What a stored table has otherwise than it should; empty when it has not.
    func differences(_ table: RowTable, in store: any EventStore) async throws -> [String] {
        var expected = tables[table.name] ?? [:]
        var found: [String] = []
        var query = RowQuery(table, limit: 1_000)
        repeat {
            let page = try await store.rows(query)
            for row in page.rows {
                let key = table.key.compactMap { name in table.columns.firstIndex { $0.name == name }.map { row[$0] } }
                let wanted = expected.removeValue(forKey: key) ?? []
                if wanted != row { found.append("\(table.name) \(key): \(RowModel.difference(row, wanted, table))") }
            }
            query.after = page.next
        } while query.after != nil
        return found + expected.keys.map { "\(table.name) \($0): the row is missing" }
    }

    private static func difference(_ row: [RowValue], _ wanted: [RowValue], _ table: RowTable) -> String {
        guard wanted.count == row.count else { return "nothing in the log leads to this row" }
        return zip(table.columns, zip(row, wanted)).filter { $1.0 != $1.1 }
            .map { "\($0.name) is \($1.0), by the log \($1.1)" }.joined(separator: "; ")
    }
}
