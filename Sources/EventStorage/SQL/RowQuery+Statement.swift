extension RowTable {
    /// The table's name in the database: apart from the log's own tables whatever it is called.
    package var storedName: String { "row_" + name }
}

extension RowQuery {
    /// One page and one row more, which tells whether there is a next page. The query is `check`ed.
    package func selecting() throws(StoreError) -> Statement {
        let order = totalOrder
        var wanted = predicates
        if let after { wanted.append(try beyond(after, order)) }
        var sorted: [Statement] = []
        for part in order { sorted.append("\(name: part.column)\(direction: part, of: try table.column(part.column))") }
        let columns = table.columns.map { "\(name: $0.name)" as Statement }.joined(separator: ", ")
        return """
            SELECT \(columns) FROM \(name: table.storedName)\(RowQuery.filter(wanted)) \
            ORDER BY \(sorted.joined(separator: ", ")) LIMIT \(.integer(Int64(limit) + 1))
            """
    }

    /// How many rows there are on all pages, up to `countMax`.
    package func counting() -> Statement {
        guard let countMax else { return "SELECT count(*) FROM \(name: table.storedName)\(RowQuery.filter(predicates))" }
        return "SELECT count(*) FROM (SELECT 1 FROM \(name: table.storedName)\(RowQuery.filter(predicates)) LIMIT \(.integer(Int64(countMax))))"
    }

    private static func filter(_ predicates: [Statement]) -> Statement {
        predicates.isEmpty ? "" : " WHERE \(predicates.joined(separator: " AND "))"
    }

    private var predicates: [Statement] {
        conditions.map { condition in
            switch condition {
            case .isNull(let column): "\(name: column) IS NULL"
            case .isNotNull(let column): "\(name: column) IS NOT NULL"
            case .compare(let column, let comparison, let value): "\(name: column)\(comparison.sign)\(value)"
            case .anyOf(_, let values) where values.isEmpty: "1 = 0"
            case .anyOf(let column, let values): "\(name: column) IN (\(values.map { "\($0)" as Statement }.joined(separator: ", ")))"
            }
        }
    }

    /// Rows after the cursor. Where all columns run one way and none is null, a row value, which an index can seek to;
    /// elsewhere the alternatives written out, with the bound on the first column beside them for the index.
    private func beyond(_ after: [RowValue], _ order: [Order]) throws(StoreError) -> Statement {
        var columns: [RowColumn] = []
        for part in order { columns.append(try table.column(part.column)) }
        let descending = order.first?.descending ?? false
        if order.allSatisfy({ $0.descending == descending }), !columns.contains(where: \.nullable) {
            let names = order.map { "\(name: $0.column)" as Statement }.joined(separator: ", ")
            let values = after.map { "\($0)" as Statement }.joined(separator: ", ")
            return descending ? "(\(names)) < (\(values))" : "(\(names)) > (\(values))"
        }
        var alternatives: [Statement] = []
        var ties: [Statement] = []
        for (index, part) in order.enumerated() {
            if let further = further(part, after[index], nullable: columns[index].nullable) {
                alternatives.append("(\((ties + [further]).joined(separator: " AND ")))")
            }
            ties.append(after[index] == .null ? "\(name: part.column) IS NULL" : "\(name: part.column) = \(after[index])")
        }
        let either: Statement = alternatives.isEmpty ? "1 = 0" : "(\(alternatives.joined(separator: " OR ")))"
        guard let first = order.first, let value = after.first, value != .null, !(first.descending && columns[0].nullable) else { return either }
        return first.descending ? "\(name: first.column) <= \(value) AND \(either)" : "\(name: first.column) >= \(value) AND \(either)"
    }

    /// Strictly after `value` in this order; `nil` where nothing is (below null, descending).
    private func further(_ order: Order, _ value: RowValue, nullable: Bool) -> Statement? {
        switch (order.descending, value) {
        case (false, .null): "\(name: order.column) IS NOT NULL"
        case (false, _): "\(name: order.column) > \(value)"
        case (true, .null): nil
        case (true, _) where nullable: "(\(name: order.column) < \(value) OR \(name: order.column) IS NULL)"
        case (true, _): "\(name: order.column) < \(value)"
        }
    }
}

extension RowQuery.Comparison {
    fileprivate var sign: Statement {
        switch self {
        case .equal: " = "
        case .notEqual: " <> "
        case .less: " < "
        case .lessOrEqual: " <= "
        case .greater: " > "
        case .greaterOrEqual: " >= "
        }
    }
}
