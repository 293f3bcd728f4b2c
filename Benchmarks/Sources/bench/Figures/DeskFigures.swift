import Filling
import Policies
import Runtime
import SQLiteStorage

/// Case commands through the desk in process: loaded, decided, encoded, written with their rows, acknowledged after the fsync.
enum DeskFigures {
    struct Rates {
        var commandsPerSecond: Double
        /// Events and row changes.
        var rowsPerSecond: Double
    }

    static func rates(writers: Int, sealing: Bool, seconds: Double, pack: [PackFile], in parent: String, run: Int) async throws -> Rates {
        let folder = DeskFolder(parent + "/desk-\(writers)-\(sealing ? "sealed" : "plain")-\(run)")
        try folder.make()
        let file = try folder.openStore()
        let store = CountingStore(file)
        let desk = try await folder.openDesk(over: store)
        let set = try StageSet(try await desk.publish(pack, by: .machine("bench")).policy)
        let rowsBefore = store.rowsWritten
        let began = Stopwatch.wallSeconds()
        let end = began + seconds
        let commands = try await withThrowingTaskGroup(of: Int.self) { group in
            for writer in 0..<writers {
                group.addTask {
                    var (commands, number) = (0, writer)
                    while Stopwatch.wallSeconds() < end {
                        var order = LiveOrder(number, on: desk, set, sealing: sealing, seed: 7)
                        try await order.work()
                        commands += LiveOrder.commands
                        number += writers
                    }
                    return commands
                }
            }
            return try await group.reduce(0, +)
        }
        let took = Stopwatch.wallSeconds() - began
        let rows = store.rowsWritten - rowsBefore
        await desk.keys.close()
        try file.close()
        return Rates(commandsPerSecond: Double(commands) / took, rowsPerSecond: Double(rows) / took)
    }
}
