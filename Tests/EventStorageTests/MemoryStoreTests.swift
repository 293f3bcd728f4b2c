import EventStorage
import Synchronization
import TestKit
import Testing

@Suite("Memory engine")
struct MemoryStoreTests {
    @Test("The memory engine keeps every promise of the port", arguments: EventStoreConformance.cases)
    func keepsItsPromises(_ promise: ConformanceCase) async throws {
        try await promise.check(MemoryStoreTests.place())
    }

    /// Closing and opening again finds the same store: memory is kept as long as its place is.
    static func place() -> EnginePlace {
        let kept = Kept()
        return EnginePlace(open: { tables in try kept.store(tables) }, close: { _ in })
    }

    private final class Kept: Sendable {
        private let opened = Mutex<MemoryStore?>(nil)

        func store(_ tables: [RowTable]) throws -> MemoryStore {
            try opened.withLock { opened in
                if let store = opened { return store }
                let store = try MemoryStore(tables: tables)
                opened = store
                return store
            }
        }
    }
}
