@testable import EventStorage
import Testing

@Suite("SQL as a value")
struct StatementTests {
    @Test("What is interpolated becomes a parameter, however it is spelt", arguments: ["x", "'; DROP TABLE event; --", "?", "$1", "\"", ""])
    func valuesNeverBecomeText(text: String) {
        let statement: Statement = "SELECT \(name: "due") FROM queue WHERE a = \(.text(text)) AND b = \(.integer(7))"
        let sqlite = statement.rendered(in: .sqlite)
        #expect(sqlite.sql == #"SELECT "due" FROM queue WHERE a = ? AND b = ?"#)
        #expect(sqlite.values == [.text(text), .integer(7)])
        #expect(statement.rendered(in: .postgres).sql == #"SELECT "due" FROM queue WHERE a = $1 AND b = $2"#)
    }

    @Test("Statements within statements keep their parameters in order")
    func nested() {
        let inner: Statement = "b = \(.integer(2))"
        let statement: Statement = "a = \(.integer(1)) AND \(inner) AND c = \(.integer(3))"
        let (sql, values) = statement.rendered(in: .postgres)
        #expect(sql == "a = $1 AND b = $2 AND c = $3")
        #expect(values == [.integer(1), .integer(2), .integer(3)])
    }

    @Test("A double quote in a name cannot end it", arguments: [("due", #""due""#), (#"a"b"#, #""a""b""#), (#"""#, #""""""#), ("", #""""#)])
    func quoting(name: String, expected: String) {
        #expect(Statement.quoted(name) == expected)
    }
}
