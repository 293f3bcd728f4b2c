import Chronicle
import EventStorage
import GRDBSQLite
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The one connection that writes and checkpoints, and the queue before it.
///
/// Group commit: whatever waits when the writer becomes free goes into one transaction, so that one fsync is shared by many. Each append stays
/// all or nothing: it is examined before anything of it is written, and should SQLite still refuse a row, the group is undone and its appends
/// go in one by one. Nobody is answered before COMMIT has returned.
final class Writer: Sendable {
    /// Appends in one transaction.
    static let groupMax = 256
    /// Pages of the write-ahead log after which it is carried over into the store (16 MiB at 4 KiB).
    static let checkpointPages: Int32 = 4_096

    private typealias Answer = CheckedContinuation<Result<Receipt, StoreError>, Never>

    private enum Work: Sendable {
        case append(PreparedAppend, Answer)
        /// Something else that writes; answers by itself, also when there is no desk any more.
        case task(@Sendable (WriterDesk?) -> Void)
    }

    private struct State {
        var pending: [Work] = []
        var isBusy = false
    }

    /// How long the writer waits for the callers it has just answered to come back with their next append, where others wait already.
    /// Without it, groups stay small on few cores: the first one back would be written alone.
    static let companyMicrosecondsMax: UInt32 = 400

    private let connection: Connection
    private let desk: ConfinedDesk
    private let state = Mutex(State())
    private let watch: HeadWatch

    init(_ connection: Connection, desk: WriterDesk, watch: HeadWatch) {
        self.connection = connection
        self.desk = ConfinedDesk(desk)
        self.watch = watch
    }

    func append(_ append: PreparedAppend) async throws(StoreError) -> Receipt {
        try await withCheckedContinuation { continuation in submit(.append(append, continuation)) }.get()
    }

    /// Runs `body` in a transaction of its own.
    func transaction<Value: Sendable>(_ body: @escaping @Sendable (WriterDesk) throws -> Value) async throws -> Value {
        try await withCheckedContinuation { (continuation: CheckedContinuation<Result<Value, any Error>, Never>) in
            submit(.task { desk in continuation.resume(returning: desk?.transaction(body) ?? .failure(WriterDesk.closed)) })
        }.get()
    }

    /// Runs `body` on the writer between transactions.
    func outsideTransaction<Value: Sendable>(_ body: @escaping @Sendable (WriterDesk) throws -> Value) async throws -> Value {
        try await withCheckedContinuation { (continuation: CheckedContinuation<Result<Value, any Error>, Never>) in
            submit(
                .task { desk in
                    continuation.resume(
                        returning: Result {
                            guard let desk else { throw WriterDesk.closed }
                            return try body(desk)
                        })
                })
        }.get()
    }

    func close() throws {
        try connection.runBlocking { _ in desk.value = nil }
        try connection.close()
    }

    private func submit(_ work: Work) {
        let wasIdle = state.withLock { state in
            state.pending.append(work)
            defer { state.isBusy = true }
            return !state.isBusy
        }
        if wasIdle { connection.enter { [self] in drain() } }
    }

    /// On the writer's queue: works until nothing waits.
    private func drain() {
        var answered = 0
        while let batch = nextBatch(after: answered) {
            answered = 0
            if case .task(let body)? = batch.first {
                body(desk.value)
            } else {
                let appends = batch.compactMap { work in if case .append(let append, let answer) = work { (append, answer) } else { nil } }
                let results = desk.value?.commit(appends.map(\.0)) ?? appends.map { _ in .failure(WriterDesk.closed) }
                if let desk = desk.value { watch.advance(to: desk.log.head) }
                for ((_, answer), result) in zip(appends, results) { answer.resume(returning: result) }
                answered = appends.count
            }
            desk.value?.checkpointIfLong()
        }
    }

    private func waitForCompany(_ answered: Int) {
        var waitedMicroseconds: UInt32 = 0
        while waitedMicroseconds < Writer.companyMicrosecondsMax, state.withLock({ $0.pending.count }) < answered {
            usleep(50)
            waitedMicroseconds += 50
        }
    }

    /// The appends that wait, or one task; `nil` when there is nothing, and then the writer is idle.
    private func nextBatch(after answered: Int) -> [Work]? {
        if answered > 1 { waitForCompany(answered) }
        return state.withLock { state in
            guard let first = state.pending.first else {
                state.isBusy = false
                return nil
            }
            var count = 1
            if case .append = first {
                while count < min(state.pending.count, Writer.groupMax), case .append = state.pending[count] { count += 1 }
            }
            let batch = Array(state.pending.prefix(count))
            state.pending.removeFirst(count)
            return batch
        }
    }
}

/// The desk, which belongs to the writer's queue.
///
/// Sendable by hand: `value` is used only in `drain` and `close`, both inside blocks of the connection's serial queue.
private final class ConfinedDesk: @unchecked Sendable {
    var value: WriterDesk?
    init(_ value: WriterDesk) { self.value = value }
}
