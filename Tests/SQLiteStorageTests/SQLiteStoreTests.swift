import EventStorage
import SQLiteStorage
import TestKit
import Testing

@Suite("SQLite engine")
struct SQLiteStoreTests {
    @Test("The SQLite engine keeps every promise of the port", arguments: EventStoreConformance.cases)
    func keepsItsPromises(_ promise: ConformanceCase) async throws {
        let folder = try Folder()
        try await promise.check(folder.place())
    }
}

extension Folder {
    /// A place for one store in this folder.
    func place() -> EnginePlace {
        let path = path("store.sqlite")
        return EnginePlace(
            open: { [self] tables in
                _ = self
                return try SQLiteStore(path: path, tables: tables)
            },
            close: { store in if let store = store as? SQLiteStore { try store.close() } })
    }
}
