import Chronicle
import EventStorage
import Glibc
import Runtime
import SQLiteStorage

/// Appends of one event of 400 bytes through the store's port, acknowledged after the fsync.
enum StoreFigures {
    static func appendsPerSecond(writers: Int, seconds: Double, in folder: String, run: Int) async throws -> Double {
        let path = folder + "/appends-\(writers)-\(run).sqlite"
        let store = try SQLiteStore(path: path)
        let end = Stopwatch.wallSeconds() + seconds
        let rate = try await Stopwatch.perWallSecond {
            try await withThrowingTaskGroup(of: Int.self) { group in
                for writer in 0..<writers {
                    group.addTask {
                        var written = 0
                        guard let stream = StreamID("stream-\(writer)") else { return 0 }
                        while Stopwatch.wallSeconds() < end {
                            _ = try await store.append(Append(to: stream, expecting: .any, [event(writer, written)]))
                            written += 1
                        }
                        return written
                    }
                }
                return try await group.reduce(0, +)
            }
        }
        try store.close()
        for suffix in ["", "-wal", "-shm", "-lock"] { unlink(path + suffix) }
        return rate
    }

    private static func event(_ writer: Int, _ number: Int) -> ProposedEvent {
        let now = RealSurroundings().now()
        return ProposedEvent(
            type: EventType("row-written"), payload: [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 400),
            salt: RealSurroundings().salt(), occurred: now, recorded: now, actor: .machine("bench"), policy: nil, causation: nil,
            correlation: CorrelationID(bits: UInt128(number)))
    }
}
