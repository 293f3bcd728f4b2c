import Chronicle
import EventStorage
import GRDBSQLite
import Synchronization

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
        /// Something else that writes, in its own transaction; answers by itself.
        case task(@Sendable (WriterDesk) -> Void)
    }

    private struct State {
        var pending: [Work] = []
        var isBusy = false
    }

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
            submit(.task { desk in continuation.resume(returning: desk.transaction(body)) })
        }.get()
    }

    /// Runs `body` on the writer between transactions.
    func outsideTransaction<Value: Sendable>(_ body: @escaping @Sendable (WriterDesk) throws -> Value) async throws -> Value {
        try await withCheckedContinuation { (continuation: CheckedContinuation<Result<Value, any Error>, Never>) in
            submit(.task { desk in continuation.resume(returning: Result { try body(desk) }) })
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
        if wasIdle { connection.enter { [self] _ in drain() } }
    }

    /// On the writer's queue: works until nothing waits.
    private func drain() {
        while let batch = nextBatch() {
            guard let desk = desk.value else {
                for case .append(_, let answer) in batch { answer.resume(returning: .failure(WriterDesk.closed)) }
                continue
            }
            if case .task(let body)? = batch.first {
                body(desk)
            } else {
                let appends = batch.compactMap { work in if case .append(let append, let answer) = work { (append, answer) } else { nil } }
                let results = desk.commit(appends.map(\.0))
                watch.advance(to: desk.log.head)
                for ((_, answer), result) in zip(appends, results) { answer.resume(returning: result) }
            }
            desk.checkpointIfLong()
        }
    }

    /// The appends that wait, or one task; `nil` when there is nothing, and then the writer is idle.
    private func nextBatch() -> [Work]? {
        state.withLock { state in
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
