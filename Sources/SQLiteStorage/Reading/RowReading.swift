import EventStorage

/// Reading the tables of the read models on one connection; the caller's snapshot makes rows and `asOf` belong together.
struct RowReading {
    let session: Session

    func page(_ query: RowQuery) throws -> RowPage {
        let asOf = try asOf(query.table)
        let select = try prepare(try query.selecting())
        defer { select.reset() }
        var rows: [[RowValue]] = []
        while try select.step() { rows.append((0..<query.table.columns.count).map { select.value(Int32($0)) }) }
        guard rows.count > query.limit else { return RowPage(rows: rows, next: nil, asOf: asOf) }
        rows.removeLast()
        var next: [RowValue] = []
        for order in query.totalOrder { next.append(rows[rows.count - 1][try query.table.position(of: order.column)]) }
        return RowPage(rows: rows, next: next, asOf: asOf)
    }

    func count(_ query: RowQuery) throws -> RowCount {
        let asOf = try asOf(query.table)
        let select = try prepare(query.counting())
        defer { select.reset() }
        return RowCount(count: try select.step() ? select.integer(0) : 0, asOf: asOf)
    }

    /// How SQLite would go about the query, one step a line.
    func plan(_ query: RowQuery) throws -> [String] {
        let (sql, values) = try query.selecting().rendered(in: .sqlite)
        let explain = try session.prepare("EXPLAIN QUERY PLAN " + sql)
        defer { explain.reset() }
        for (index, value) in values.enumerated() { explain.bind(value, at: Int32(index + 1)) }
        var steps: [String] = []
        while try explain.step() { steps.append(explain.text(3)) }
        return steps
    }

    private func prepare(_ statement: Statement) throws -> Prepared {
        let (sql, values) = statement.rendered(in: .sqlite)
        let prepared = try session.prepare(sql)
        for (index, value) in values.enumerated() { prepared.bind(value, at: Int32(index + 1)) }
        return prepared
    }

    /// The position of the projection that writes the table, else the head of the log.
    private func asOf(_ table: RowTable) throws -> Int64 {
        let select = try session.prepare(
            """
            SELECT coalesce((SELECT p.sequence FROM row_table t JOIN projection p ON p.name = t.projection WHERE t.name = ?), \
            (SELECT sequence FROM log_head))
            """)
        defer { select.reset() }
        select.bind(table.name, at: 1)
        return try select.step() ? select.integer(0) : 0
    }
}
