/// SQL as a value. What is interpolated becomes a parameter, never text; names are quoted.
///
/// ```swift
/// let statement: Statement = "SELECT \(name: "due") FROM \(name: table) WHERE \(name: "holder") = \(.text(holder))"
/// let (sql, values) = statement.rendered(in: .sqlite)   // … WHERE "holder" = ?
/// ```
public struct Statement: Sendable, ExpressibleByStringInterpolation {
    enum Part: Sendable {
        case sql(String)
        case value(RowValue)
        case direction(descending: Bool, nullable: Bool)
    }

    var parts: [Part]

    init(parts: [Part]) { self.parts = parts }

    public init(stringLiteral sql: String) { parts = [.sql(sql)] }
    public init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

    /// The text, with a placeholder for each value, and the values in their order.
    public func rendered(in dialect: Dialect) -> (sql: String, values: [RowValue]) {
        var sql = ""
        var values: [RowValue] = []
        for part in parts {
            switch part {
            case .sql(let text): sql += text
            case .direction(let descending, let nullable): sql += dialect.direction(descending: descending, nullable: nullable)
            case .value(let value):
                values.append(value)
                sql += dialect.placeholder(values.count)
            }
        }
        return (sql, values)
    }

    public static func + (a: Statement, b: Statement) -> Statement { Statement(parts: a.parts + b.parts) }

    public struct StringInterpolation: StringInterpolationProtocol {
        var parts: [Part] = []

        public init(literalCapacity: Int, interpolationCount: Int) { parts.reserveCapacity(interpolationCount * 2 + 1) }
        public mutating func appendLiteral(_ sql: String) { parts.append(.sql(sql)) }
        public mutating func appendInterpolation(_ value: RowValue) { parts.append(.value(value)) }
        public mutating func appendInterpolation(_ statement: Statement) { parts += statement.parts }
        public mutating func appendInterpolation(name: String) { parts.append(.sql(Statement.quoted(name))) }
        mutating func appendInterpolation(direction order: RowQuery.Order, of column: RowColumn) {
            parts.append(.direction(descending: order.descending, nullable: column.nullable))
        }
    }

    /// A name between double quotes; a double quote in it is doubled, so that no name can end early.
    static func quoted(_ name: String) -> String { "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"" }
}

extension [Statement] {
    func joined(separator: Statement) -> Statement {
        var joined = Statement(parts: [])
        for (index, statement) in enumerated() { joined = index == 0 ? statement : joined + separator + statement }
        return joined
    }
}
