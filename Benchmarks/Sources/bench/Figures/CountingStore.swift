import Chronicle
import EventStorage
import Synchronization

/// Any store, counting what goes in: events and row changes, so that commands are compared with raw rows by the rows they write.
final class CountingStore: StandingBetween {
    let store: any EventStore
    private let rows = Atomic<Int>(0)

    init(_ store: any EventStore) { self.store = store }

    /// Events and row changes written.
    var rowsWritten: Int { rows.load(ordering: .relaxed) }

    func append(_ append: Append) async throws(StoreError) -> Receipt {
        let receipt = try await store.append(append)
        rows.add(append.events.count + append.rows.count, ordering: .relaxed)
        return receipt
    }
}
