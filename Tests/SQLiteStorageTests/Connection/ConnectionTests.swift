import EventStorage
@testable import SQLiteStorage
import Testing

@Suite("Connections")
struct ConnectionTests {
    @Test(
        "The writer is set to survive a power cut",
        arguments: [
            ("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1"), ("trusted_schema", "0"), ("cell_size_check", "1"),
            ("wal_autocheckpoint", "0"), ("mmap_size", "0"), ("application_id", "1380143699"), ("user_version", "1"), ("busy_timeout", "5000"),
        ])
    func writer(pragma: String, expected: String) async throws {
        let folder = try Folder()
        let store = try SQLiteStore(path: folder.path("store.sqlite"))
        let found = try await store.outsideTransaction { try $0.session.answer("PRAGMA \(pragma)") }
        #expect(found == expected)
        try store.close()
    }

    @Test(
        "Readers cannot write and never checkpoint",
        arguments: [("wal_autocheckpoint", "0"), ("trusted_schema", "0"), ("mmap_size", "0"), ("query_only", "0")])
    func reader(pragma: String, expected: String) async throws {
        let folder = try Folder()
        let store = try SQLiteStore(path: folder.path("store.sqlite"))
        #expect(try await store.readers.read { try $0.answer("PRAGMA \(pragma)") } == expected)
        await #expect(throws: StoreError.self) { try await store.readers.read { try $0.execute("DELETE FROM projection") } }
        try store.close()
    }

    @Test("More questions than readers are all answered")
    func manyQuestions() async throws {
        let folder = try Folder()
        let store = try SQLiteStore(path: folder.path("store.sqlite"))
        let answers = try await withThrowingTaskGroup(of: Int64.self) { group in
            for _ in 0..<200 { group.addTask { try await store.position(of: "nobody") } }
            return try await group.reduce(into: [Int64]()) { $0.append($1) }
        }
        #expect(answers == [Int64](repeating: 0, count: 200))
        try store.close()
    }
}
