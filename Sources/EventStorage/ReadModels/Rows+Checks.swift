extension RowTable {
    /// Refuses a declaration no engine could make: odd names, a key that is empty, nullable or not a column, an index over no column.
    public func check() throws(StoreError) {
        for identifier in [name] + columns.map(\.name) + indexes.map(\.name) where !RowTable.isIdentifier(identifier) {
            throw .malformed(reason: "“\(identifier)” cannot name a table, a column or an index: use a–z, 0–9 and _, at most 48")
        }
        guard Set(columns.map(\.name)).count == columns.count else { throw .malformed(reason: "the table \(name) has a column twice") }
        guard !key.isEmpty else { throw .malformed(reason: "the table \(name) has no key") }
        for part in key where try column(part).nullable { throw .malformed(reason: "the key column \(part) of \(name) may not be null") }
        for index in indexes {
            guard !index.columns.isEmpty else { throw .malformed(reason: "the index \(index.name) of \(name) is over no column") }
            for part in index.columns { _ = try column(part) }
            if let part = index.whereNotNull { _ = try column(part) }
        }
    }

    package func column(_ name: String) throws(StoreError) -> RowColumn { columns[try position(of: name)] }

    package func position(of column: String) throws(StoreError) -> Int {
        guard let position = columns.firstIndex(where: { $0.name == column }) else {
            throw .malformed(reason: "the table \(name) has no column \(column)")
        }
        return position
    }

    /// Where the key columns stand in a row.
    package func keyPositions() throws(StoreError) -> [Int] {
        var positions: [Int] = []
        for part in key { positions.append(try position(of: part)) }
        return positions
    }

    /// The declaration in one line, the same for the same declaration: what an engine keeps to see that it changed.
    package var declaration: String {
        let columns = columns.map { "\($0.name) \($0.kind)\($0.nullable ? "?" : "")" }.joined(separator: ", ")
        let indexes = indexes.map { index in
            "\(index.name)(\(index.columns.joined(separator: ", ")))\(index.whereNotNull.map { " where \($0)" } ?? "")"
        }
        return "\(name)(\(columns)) key(\(key.joined(separator: ", "))) \(indexes.joined(separator: " "))"
    }

    private static func isIdentifier(_ name: String) -> Bool {
        guard 1...48 ~= name.utf8.count, let first = name.utf8.first, 97...122 ~= first else { return false }
        return name.utf8.allSatisfy { 97...122 ~= $0 || 48...57 ~= $0 || $0 == 95 }
    }
}

extension RowColumn {
    /// Whether a value may stand in this column.
    package func holds(_ value: RowValue) -> Bool {
        switch (value, kind) {
        case (.null, _): nullable
        case (.integer, .integer), (.text, .text), (.blob, .blob): true
        default: false
        }
    }
}

extension RowChange {
    public var table: RowTable {
        switch self {
        case .put(let table, _), .delete(let table, key: _), .add(let table, key: _, column: _, by: _): table
        }
    }

    /// Refuses a change whose table the store does not have or whose values do not fit it.
    package func check(tables: [String: RowTable]) throws(StoreError) {
        guard tables[table.name] == table else {
            throw .malformed(reason: "the store was not opened with the table \(table.name) as it is declared here")
        }
        switch self {
        case .put(let table, let values):
            guard values.count == table.columns.count else {
                throw .malformed(reason: "a row of \(table.name) has \(table.columns.count) values, not \(values.count)")
            }
            for (column, value) in zip(table.columns, values) where !column.holds(value) {
                throw .malformed(reason: "\(table.name).\(column.name) is \(column.kind) and cannot hold \(value)")
            }
        case .delete(let table, let key):
            try table.check(key: key)
        case .add(let table, let key, let counted, _):
            try table.check(key: key)
            guard try table.column(counted).kind == .integer, !table.key.contains(counted) else {
                throw .malformed(reason: "\(table.name).\(counted) is not a column that can be counted in")
            }
            for column in table.columns where column.kind != .integer && !column.nullable && !table.key.contains(column.name) {
                throw .malformed(reason: "a row of \(table.name) cannot be made by counting: \(column.name) has no value")
            }
        }
    }
}

extension RowTable {
    fileprivate func check(key values: [RowValue]) throws(StoreError) {
        guard values.count == key.count else { throw .malformed(reason: "the key of \(name) has \(key.count) values, not \(values.count)") }
        for (part, value) in zip(key, values) where try !column(part).holds(value) {
            throw .malformed(reason: "\(name).\(part) cannot hold \(value)")
        }
    }
}

extension RowQuery {
    /// The order with the key appended.
    package var totalOrder: [Order] {
        let descending = order.last?.descending ?? false
        return order + table.key.filter { part in !order.contains { $0.column == part } }.map { Order($0, descending: descending) }
    }

    /// Refuses a question about a table or columns the store does not have, or a cursor of another question.
    package func check(tables: [String: RowTable]) throws(StoreError) {
        guard tables[table.name] == table else {
            throw .malformed(reason: "the store was not opened with the table \(table.name) as it is declared here")
        }
        guard limit > 0 else { throw .malformed(reason: "a page has at least one row, not \(limit)") }
        for condition in conditions {
            switch condition {
            case .isNull(let name), .isNotNull(let name): _ = try table.column(name)
            case .compare(let name, _, let value): try table.check(name, against: [value])
            case .anyOf(let name, let values): try table.check(name, against: values)
            }
        }
        guard Set(order.map(\.column)).count == order.count else { throw .malformed(reason: "a column orders \(table.name) twice") }
        for order in order { _ = try table.column(order.column) }
        guard let after else { return }
        let order = totalOrder
        guard after.count == order.count else { throw .malformed(reason: "the cursor is not one of this question") }
        for (order, value) in zip(order, after) { try table.check(order.column, against: [value]) }
    }
}

extension RowTable {
    fileprivate func check(_ name: String, against values: [RowValue]) throws(StoreError) {
        let column = try column(name)
        for value in values where value != .null && !column.holds(value) {
            throw .malformed(reason: "\(self.name).\(name) is \(column.kind) and cannot be compared with \(value)")
        }
    }
}
