import EventStorage
import Foundation
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

    @Test("A store whose keys are not back yet is not written to, and gets no new ones in their place")
    func keysMissing() throws {
        let store = try TryStore()
        try store.openDispute("P2P-1")
        let places = ["master.key", "keys/persons", "log.key"].map { store.path + "/" + $0 }
        for place in places { try FileManager.default.moveItem(atPath: place, toPath: place + ".away") }
        let refused = try store.run("case", "message", "P2P-1", "Hello.", as: "account:maria")
        #expect(refused.code == 1 && refused.err.contains("put back the keys"), "\(refused.err)")
        // It can be read, and verified but for the signatures; nothing is signed.
        try store.done("case", "show", "P2P-1")
        let verified = try store.run("log", "verify")
        #expect(verified.code == 0 && verified.err.contains("signatures of checkpoints are not checked"), "\(verified.err)")
        let unsigned = try store.run("log", "checkpoint")
        #expect(unsigned.code == 1 && unsigned.err.contains("put back the key this log signs with"), "\(unsigned.err)")
        for place in places { #expect(!FileManager.default.fileExists(atPath: place)) }
        for place in places { try FileManager.default.moveItem(atPath: place + ".away", toPath: place) }
        try store.done("case", "message", "P2P-1", "Hello.", as: "account:maria")
        try store.done("log", "verify")
    }
}
