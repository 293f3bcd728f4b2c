import Foundation

/// The built executable, run as people run it: a process with arguments, an exit code, and what it printed.
struct Program {
    struct Outcome {
        let code: Int32
        let out: String
        let err: String
        var lines: [String] { out.split(separator: "\n").map(String.init) }
        var lastLine: String { lines.last ?? "" }
    }

    /// The root of the package.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Beside the test bundle, which is what runs now.
    static let path: URL = {
        let own = URL(fileURLWithPath: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0])
        let beside = own.deletingLastPathComponent().appendingPathComponent("recourse")
        if FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
        return root.appendingPathComponent(".build/debug/recourse")
    }()

    static func start(_ arguments: [String], executable: URL = path, environment: [String: String] = [:]) throws -> RunningProgram {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = root
        var surroundings = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("RECOURSE_") }
        surroundings.merge(environment) { $1 }
        process.environment = surroundings
        process.standardInput = FileHandle.nullDevice
        let folder = try TemporaryFolder()
        let (out, err) = (folder.file("out"), folder.file("err"))
        for file in [out, err] { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardError = try FileHandle(forWritingTo: err)
        try process.run()
        return RunningProgram(process: process, folder: folder, out: out, err: err)
    }

    static func run(_ arguments: [String], executable: URL = path, environment: [String: String] = [:]) throws -> Outcome {
        try start(arguments, executable: executable, environment: environment).wait()
    }
}

struct RunningProgram {
    let process: Process
    let folder: TemporaryFolder
    let out: URL
    let err: URL

    func wait() throws -> Program.Outcome {
        process.waitUntilExit()
        return Program.Outcome(
            code: process.terminationStatus, out: String(decoding: try Data(contentsOf: out), as: UTF8.self),
            err: String(decoding: try Data(contentsOf: err), as: UTF8.self))
    }
}

/// A folder of a test's own, gone with it.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("recourse-test-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    func file(_ name: String) -> URL { url.appendingPathComponent(name) }

    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: file(name))
        return file(name).path
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}
