import Chronicle
import EventStorage
import Synchronization

/// A store whose appends are committed, and seen by everybody else, a while before whoever appended hears of it.
final class LateToReturn: StandingBetween {
    let store: any EventStore
    private let between = Mutex<(@Sendable () async -> Void)?>(nil)

    init(_ store: any EventStore) { self.store = store }

    /// Runs once, between the next commit and its return.
    func next(_ body: @escaping @Sendable () async -> Void) { between.withLock { $0 = body } }

    func append(_ append: Append) async throws(StoreError) -> Receipt {
        let receipt = try await store.append(append)
        let body = between.withLock { body in
            defer { body = nil }
            return body
        }
        await body?()
        return receipt
    }
}
