import EventStorage
import GRDB

/// One connection with its own serial queue, so that a disk that takes its time never holds a thread of the cooperative pool.
final class Connection: Sendable {
    private let queue: DatabaseQueue
    private let session: Confined

    /// Opens the file; `prepare` sets the connection up.
    init(path: String, label: String, readonly: Bool, prepare: @escaping @Sendable (Session) throws -> Void) throws {
        var configuration = Configuration()
        configuration.label = label
        configuration.readonly = readonly
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(5)
        do { queue = try DatabaseQueue(path: path, configuration: configuration) } catch let error as DatabaseError {
            throw SQLiteFault(code: error.extendedResultCode.rawValue, message: error.message ?? "it could not be opened")
        }
        session = try queue.unsafeReentrantWrite { database in
            let session = try Session(database)
            try session.execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY")
            try prepare(session)
            return Confined(session)
        }
    }

    /// Calls `body` on the connection's queue, open or closed, and returns at once.
    func enter(_ body: @escaping @Sendable () -> Void) {
        queue.asyncWriteWithoutTransaction { _ in body() }
    }

    /// Calls `body` on the connection's queue and waits for its answer without holding a thread.
    func run<Answer: Sendable>(_ body: @escaping @Sendable (Session) throws -> Answer) async -> Result<Answer, any Error> {
        await withCheckedContinuation { continuation in
            queue.asyncWriteWithoutTransaction { [session] _ in
                continuation.resume(
                    returning: Result {
                        guard let session = session.value else {
                            throw StoreError.unavailable(reason: "the store is closed", retryAfter: .seconds(5))
                        }
                        return try body(session)
                    })
            }
        }
    }

    /// Calls `body` and blocks until it has answered; for opening and closing only.
    func runBlocking<Answer>(_ body: (Session) throws -> Answer) throws -> Answer {
        try queue.unsafeReentrantWrite { _ in
            guard let session = session.value else { throw StoreError.unavailable(reason: "the store is closed", retryAfter: .seconds(5)) }
            return try body(session)
        }
    }

    func close() throws {
        queue.unsafeReentrantWrite { _ in
            session.value?.forgetStatements()
            session.value = nil
        }
        try queue.close()
    }
}

/// The session, which belongs to the connection's queue.
///
/// Sendable by hand: `value` is read and set only inside blocks of the connection's serial queue (`Connection` shows it to nobody else), so no
/// two threads ever touch it at once.
private final class Confined: @unchecked Sendable {
    var value: Session?
    init(_ value: Session) { self.value = value }
}
