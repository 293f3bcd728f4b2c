import EventStorage
@testable import SQLiteStorage
import TestKit
import Testing

@Suite("Layouts")
struct LayoutTests {
    @Test("A store of a newer build is refused with a sentence, and left as it is")
    func newer() throws {
        let folder = try Folder()
        let path = folder.path("store.sqlite")
        try SQLiteStore(path: path).close()
        let raw = try RawStore(path)
        try raw.execute("PRAGMA user_version = 99")
        try raw.close()
        let refusal = #expect(throws: OpeningRefusal.self) { try SQLiteStore(path: path) }
        #expect(refusal == .newer(path: path, layout: 99, known: Layout.newest))
        #expect(refusal?.description == "\(path) has the layout 99, this build knows layouts up to 1: open it with the newer version that wrote it")
    }

    @Test("A database of something else is refused and left as it is")
    func foreign() throws {
        let folder = try Folder()
        let path = folder.path("store.sqlite")
        let raw = try RawStore(path)
        try raw.execute("CREATE TABLE theirs (id INTEGER)")
        try raw.close()
        #expect(throws: OpeningRefusal.notAStore(path: path)) { try SQLiteStore(path: path) }
        #expect(try RawStore(path).value(Int.self, "SELECT count(*) FROM sqlite_master") == 1)
    }

    @Test("An older layout is brought up to date step by step; a step that fails leaves the layout before it")
    func upgrade() throws {
        let folder = try Folder()
        let path = folder.path("store.sqlite")
        let steps = [
            Layout(number: 1, sql: "CREATE TABLE a (id INTEGER) STRICT"),
            Layout(number: 2, sql: "CREATE TABLE b (id INTEGER) STRICT; INSERT INTO a VALUES (1)"),
            Layout(number: 3, sql: "CREATE TABLE c (id INTEGER) STRICT; INSERT INTO missing VALUES (1)"),
        ]
        func answer(_ layouts: [Layout], _ question: String) throws -> String? {
            let connection = try Connection(path: path, label: "test", readonly: false) { try Layout.bringUpToDate($0, path: path, layouts: layouts) }
            defer { try? connection.close() }
            return try connection.runBlocking { try $0.answer(question) }
        }
        #expect(try answer(Array(steps[..<1]), "PRAGMA user_version") == "1")
        #expect(try answer(Array(steps[..<2]), "SELECT id FROM a") == "1")
        #expect(throws: SQLiteFault.self) { try answer(steps, "SELECT 1") }
        #expect(try answer(Array(steps[..<2]), "PRAGMA user_version") == "2")
        #expect(try answer(Array(steps[..<2]), "SELECT group_concat(name) FROM sqlite_master") == "a,b")
    }
}
