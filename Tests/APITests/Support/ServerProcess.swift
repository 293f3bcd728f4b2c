import Foundation
import Synchronization
import Testing

/// One of the built programs, serving on a port, as a process that can be killed and started again on the same port.
final class ServerProcess: Sendable {
    private let program: String
    private let arguments: [String]
    private let environment: [String]
    private let out: URL
    private let running = Mutex<(process: Int32, port: Int)>((0, 0))

    var port: Int { running.withLock(\.port) }

    /// - Parameters:
    ///   - program: one of the built ones, or a path.
    ///   - arguments: without the port, which is added.
    init(_ program: String, _ arguments: [String], environment: [String: String], in folder: URL) async throws {
        let own = URL(fileURLWithPath: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0])
        self.program = program.hasPrefix("/") ? program : own.deletingLastPathComponent().appendingPathComponent(program).path
        (self.arguments, self.environment) = (arguments, environment.map { "\($0.key)=\($0.value)" })
        out = folder.appendingPathComponent(URL(fileURLWithPath: program).lastPathComponent + ".out")
        try await start()
    }

    /// Starts it, on the port it had before, and waits until it listens.
    func start() async throws {
        try? FileManager.default.removeItem(at: out)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, out.path, O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, out.path + ".err", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        var process: pid_t = 0
        let argv = ([program] + arguments + ["--port", "\(port)"]).map { strdup($0) } + [nil]
        let envp = environment.map { strdup($0) } + [nil]
        defer { for text in argv + envp { free(text) } }
        try #require(posix_spawn(&process, program, &actions, nil, argv, envp) == 0)
        for _ in 0..<400 {
            let text = (try? String(contentsOf: out, encoding: .utf8)) ?? ""
            if let port = text.split(separator: "\n").first(where: { $0.hasPrefix("listening") })?.split(separator: ":").last.flatMap({ Int($0) }) {
                return running.withLock { $0 = (process, port) }
            }
            try await Task.sleep(for: .milliseconds(25))
        }
        Foundation.kill(process, SIGKILL)
        throw NotStarted(text: (try? String(contentsOfFile: out.path + ".err", encoding: .utf8)) ?? "")
    }

    struct NotStarted: Error { let text: String }

    func kill(_ signal: Int32 = SIGKILL) {
        let process = running.withLock(\.process)
        Foundation.kill(process, signal)
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }
}
