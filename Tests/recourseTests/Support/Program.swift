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

    /// Starts it with its own output files and no input, in the package's root. Spawned directly: a test must not depend on run loops.
    static func start(_ arguments: [String], executable: URL = path, environment: [String: String] = [:]) throws -> RunningProgram {
        let folder = try TemporaryFolder()
        let (out, err) = (folder.file("out"), folder.file("err"))
        var surroundings = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("RECOURSE_") }
        surroundings.merge(environment) { $1 }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, out.path, O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, err.path, O_WRONLY | O_CREAT, 0o600)

        // The shell only changes the folder; the program takes its place and its process.
        let shell = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", root.path]
        let words = (shell + [executable.path] + arguments).map { strdup($0) } + [nil]
        let values = surroundings.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + values { free(text) } }
        var identifier = pid_t()
        let refused = posix_spawn(&identifier, shell[0], &actions, nil, words, values)
        guard refused == 0 else { throw NotStarted(sentence: "\(executable.path): \(String(cString: strerror(refused)))") }
        return RunningProgram(identifier: identifier, folder: folder, out: out, err: err)
    }

    struct NotStarted: Error { let sentence: String }

    static func run(_ arguments: [String], executable: URL = path, environment: [String: String] = [:]) throws -> Outcome {
        try start(arguments, executable: executable, environment: environment).wait()
    }
}

struct RunningProgram {
    let identifier: pid_t
    let folder: TemporaryFolder
    let out: URL
    let err: URL

    /// The exit code, or minus the signal that ended it.
    func wait() throws -> Program.Outcome {
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return Program.Outcome(
            code: signal == 0 ? status >> 8 & 0xFF : -signal, out: String(decoding: try Data(contentsOf: out), as: UTF8.self),
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
