import Chronicle
import EventStorage
import Filling
import Glibc
import Runtime

/// `bench fill`: a store filled through the real decider.
struct FillStore {
    let options: Options

    func run() async throws {
        let folder = DeskFolder(options.store)
        try folder.make()
        let store = try folder.openStore()
        let desk = try await folder.openDesk(over: store)
        try await desk.publish(try PackFolder.files(in: options.pack), by: .machine("bench"))
        let end = Instant("2026-11-01T00:00:00Z") ?? .epoch
        let began = Stopwatch.wallSeconds()
        let filling = Filling(cases: options.cases, seed: options.seed, until: end)
        let filled = try await filling.fill(desk) { number in
            say("\(number) cases, \(text(Double(number) / (Stopwatch.wallSeconds() - began))) cases/s, \(Machine.line)")
        }
        await desk.keys.close()
        try store.close()
        let took = Stopwatch.wallSeconds() - began
        show("seed \(options.seed): \(filled.cases) cases (\(filled.open) open), \(filled.commands) commands, \(filled.events) events in \(text(took)) s")
        show(Figure(name: "fill: events decided and written", value: Double(filled.events) / took, unit: "events/s").line)
        show(Figure(name: "fill: events a case", value: Double(filled.events) / Double(max(1, filled.cases)), unit: "events").line)
        show(Figure(name: "fill: file", value: Machine.bytes(of: folder.database) / 1e6, unit: "MB").line)
        show(Figure(name: "fill: bytes an event, rows included", value: Machine.bytes(of: folder.database) / Double(max(1, filled.events)), unit: "bytes").line)
    }
}
