import EventStorage
import Runtime
import SQLiteStorage
import Testing

@Suite("A store of an earlier version")
struct UpgradeTests {
    @Test("Read models of another shape are made anew from the log at the first command, and say the same")
    func renewed() throws {
        let store = try TryStore()
        try store.openDispute("P2P-1")
        let before = try store.done("case", "list", "--all", "--json").out
        #expect(before.contains("P2P-1"))
        // given a store as a version would leave it whose queue had no indexes and which knew no penalties
        let earlier = CaseTables.all.filter { $0 != CaseTables.penalties }.map { table in
            table == CaseTables.cases ? RowTable(table.name, columns: table.columns, key: table.key) : table
        }
        try SQLiteStore(path: store.path + "/desk.sqlite", tables: earlier).close()
        // then the next command says what it does, does it, and answers as before
        let first = try store.run("case", "list", "--all", "--json")
        #expect(first.code == 0)
        #expect(first.err.contains("making its read models anew"))
        #expect(first.out == before)
        #expect(try store.run("case", "list", "--all", "--json").err.isEmpty, "once is enough")
    }
}
