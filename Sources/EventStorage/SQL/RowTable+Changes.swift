extension RowTable {
    /// Inserts or replaces a row; parameters in the order of the columns. `stored` is the table's name in the database.
    package func putting(into stored: String, in dialect: Dialect) -> String {
        let set = columns.map(\.name).filter { !key.contains($0) }.map { "\(quoted($0)) = excluded.\(quoted($0))" }
        return """
            INSERT INTO \(quoted(stored)) (\(list(columns.map(\.name)))) VALUES (\(placeholders(columns.count, dialect))) \
            ON CONFLICT (\(list(key))) DO \(set.isEmpty ? "NOTHING" : "UPDATE SET " + set.joined(separator: ", "))
            """
    }

    /// Removes a row; parameters in the order of the key.
    package func deleting(from stored: String, in dialect: Dialect) -> String {
        let match = key.enumerated().map { "\(quoted($1)) = \(dialect.placeholder($0 + 1))" }
        return "DELETE FROM \(quoted(stored)) WHERE " + match.joined(separator: " AND ")
    }

    /// Adds to `counted`; parameters: the key, then how much. `removingZero` follows.
    package func adding(to stored: String, counting counted: String, in dialect: Dialect) -> String {
        let zeros = columns.filter { $0.kind == .integer && $0.name != counted && !key.contains($0.name) }.map(\.name)
        let values = [placeholders(key.count + 1, dialect)] + zeros.map { _ in "0" }
        return """
            INSERT INTO \(quoted(stored)) (\(list(key + [counted] + zeros))) VALUES (\(values.joined(separator: ", "))) \
            ON CONFLICT (\(list(key))) DO UPDATE SET \(quoted(counted)) = coalesce(\(quoted(stored)).\(quoted(counted)), 0) \
            + excluded.\(quoted(counted))
            """
    }

    /// Removes the row whose count has come to 0; parameters: the key. A second look is cheaper than `RETURNING`, which makes a table of its own.
    package func removingZero(from stored: String, counting counted: String, in dialect: Dialect) -> String {
        deleting(from: stored, in: dialect) + " AND \(quoted(counted)) = 0"
    }

    private func quoted(_ name: String) -> String { Statement.quoted(name) }
    private func list(_ names: [String]) -> String { names.map(quoted).joined(separator: ", ") }
    private func placeholders(_ count: Int, _ dialect: Dialect) -> String {
        (1...max(1, count)).map(dialect.placeholder).joined(separator: ", ")
    }
}
