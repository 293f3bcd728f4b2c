import EventStorage
import Synchronization

/// The read-only connections. Each question has one for itself; when all are out, questions wait their turn without holding a thread.
final class Readers: Sendable {
    private struct State {
        var idle: [Connection]
        var waiting: [CheckedContinuation<Connection, Never>] = []
    }

    private let all: [Connection]
    private let state: Mutex<State>

    init(_ connections: [Connection]) {
        all = connections
        state = Mutex(State(idle: connections))
    }

    /// Answers from one reader. Faults of SQLite come back as errors of the port.
    func read<Answer: Sendable>(_ body: @escaping @Sendable (Session) throws -> Answer) async throws(StoreError) -> Answer {
        let connection = await take()
        let result = await connection.run(body)
        give(back: connection)
        switch result {
        case .success(let answer): return answer
        case .failure(let error as StoreError): throw error
        case .failure(let fault as SQLiteFault): throw fault.whileReading
        case .failure(let error): throw .fatal(reason: "\(error)")
        }
    }

    func close() throws {
        for connection in all { try connection.close() }
    }

    private func take() async -> Connection {
        await withCheckedContinuation { continuation in
            let connection = state.withLock { state in
                let idle = state.idle.popLast()
                if idle == nil { state.waiting.append(continuation) }
                return idle
            }
            if let connection { continuation.resume(returning: connection) }
        }
    }

    private func give(back connection: Connection) {
        let next = state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.idle.append(connection)
                return nil as CheckedContinuation<Connection, Never>?
            }
            return state.waiting.removeFirst()
        }
        next?.resume(returning: connection)
    }
}
