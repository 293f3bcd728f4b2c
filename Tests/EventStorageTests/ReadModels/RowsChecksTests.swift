import EventStorage
import Testing

@Suite("Declarations of tables")
struct RowsChecksTests {
    static let id = RowColumn("id", .text)
    static let due = RowColumn("due", .integer, nullable: true)

    @Test(
        "A declaration no engine could make is refused, with what is wrong",
        arguments: [
            (RowTable("Queue", columns: [id], key: ["id"]), "“Queue” cannot name a table, a column or an index: use a–z, 0–9 and _, at most 48"),
            (RowTable("q\"", columns: [id], key: ["id"]), "“q\"” cannot name a table, a column or an index: use a–z, 0–9 and _, at most 48"),
            (RowTable("q", columns: [id, id], key: ["id"]), "the table q has a column twice"),
            (RowTable("q", columns: [id], key: []), "the table q has no key"),
            (RowTable("q", columns: [id], key: ["no"]), "the table q has no column no"),
            (RowTable("q", columns: [id, due], key: ["id", "due"]), "the key column due of q may not be null"),
            (RowTable("q", columns: [id], key: ["id"], indexes: [RowIndex("i", on: [])]), "the index i of q is over no column"),
            (RowTable("q", columns: [id], key: ["id"], indexes: [RowIndex("i", on: ["no"])]), "the table q has no column no"),
            (RowTable("q", columns: [id], key: ["id"], indexes: [RowIndex("i", on: ["id"], whereNotNull: "no")]), "the table q has no column no"),
        ])
    func refused(table: RowTable, sentence: String) {
        let error = #expect(throws: StoreError.self) { try table.check() }
        #expect(error.map { "\($0)" } == sentence)
        #expect(throws: StoreError.self) { try MemoryStore(tables: [table]) }
    }

    @Test("A table declared twice is refused")
    func twice() {
        let table = RowTable("q", columns: [RowsChecksTests.id], key: ["id"])
        #expect(throws: StoreError.self) { try MemoryStore(tables: [table, table]) }
    }

    @Test("Any change of a declaration changes its line")
    func declaration() {
        let (id, due) = (RowsChecksTests.id, RowsChecksTests.due)
        let tables = [
            RowTable("q", columns: [id, due], key: ["id"]),
            RowTable("r", columns: [id, due], key: ["id"]),
            RowTable("q", columns: [id], key: ["id"]),
            RowTable("q", columns: [due, id], key: ["id"]),
            RowTable("q", columns: [id, RowColumn("due", .integer)], key: ["id"]),
            RowTable("q", columns: [id, RowColumn("due", .text, nullable: true)], key: ["id"]),
            RowTable("q", columns: [id, due], key: ["id"], indexes: [RowIndex("i", on: ["due"])]),
            RowTable("q", columns: [id, due], key: ["id"], indexes: [RowIndex("i", on: ["due"], whereNotNull: "due")]),
            RowTable("q", columns: [id, due], key: ["id"], indexes: [RowIndex("i", on: ["id"])]),
        ]
        #expect(Set(tables.map(\.declaration)).count == tables.count)
        #expect(tables[0].declaration == "q(id text, due integer?) key(id) ")
    }
}
