import Filling
import Runtime

/// Writers that work on a desk, dispute after dispute, until they are stopped.
struct Working {
    private let tasks: [Task<Int, any Error>]
    private let began = Stopwatch.wallSeconds()

    /// - Parameter after: numbers of their disputes begin here, so that none is named like one in the store.
    init(_ desk: Desk, _ set: StageSet, writers: Int, after: Int) {
        tasks = (0..<writers).map { writer in
            Task {
                var (commands, number) = (0, after + writer)
                while !Task.isCancelled {
                    var order = LiveOrder(number, on: desk, set, sealing: false, seed: 7)
                    try await order.work()
                    commands += LiveOrder.commands
                    number += writers
                }
                return commands
            }
        }
    }

    /// Commands a second they came to; throws what stopped one of them earlier.
    func stop() async throws -> Double {
        let took = Stopwatch.wallSeconds() - began
        for task in tasks { task.cancel() }
        var commands = 0
        for task in tasks { commands += try await task.value }
        return Double(commands) / took
    }
}
