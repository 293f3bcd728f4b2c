import ArgumentParser
import Rostering

/// `recourse roster …`: who works when.
struct RosterCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roster",
        abstract: "Make rosters, and check them against their rules.",
        discussion: "Example: recourse roster solve Instance1.txt --seconds 10",
        subcommands: [SolveRoster.self, CheckRoster.self, SolveSite.self])
}

/// The forms of a rostering problem that can be read.
enum RosterFormat: String, ExpressibleByArgument, CaseIterable {
    /// The Shift Scheduling Benchmark's text form.
    case ssb

    /// The instance in a file; faults are told with file and line.
    func read(_ path: String) throws(Failure) -> ShiftBenchmark {
        let bytes = try WholeFile.read(path, bytesMax: ShiftBenchmark.bytesMax)
        do {
            return try ShiftBenchmark(reading: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw Failure("\(path) is no instance of the benchmark:\n\(error)")
        }
    }
}
