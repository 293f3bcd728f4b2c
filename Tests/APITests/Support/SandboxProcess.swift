import Foundation
import RecourseClient
import Synchronization
import Testing
import Wire

/// The built `sandbox-exchange`, as a process that can be killed and started again on its books.
final class SandboxProcess: Sendable {
    private let secret: WebhookSecret
    private let folder: URL
    private let running = Mutex<(process: Int32, port: Int)>((0, 0))
    private let transport = Mutex<HTTPTransport?>(nil)

    var address: String { "http://127.0.0.1:\(running.withLock(\.port))/" }

    init(secret: WebhookSecret) async throws {
        self.secret = secret
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("recourse-sandbox-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try await start()
    }

    /// Starts it, on the port it had before.
    func start() async throws {
        let own = URL(fileURLWithPath: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0])
        let program = own.deletingLastPathComponent().appendingPathComponent("sandbox-exchange").path
        let out = folder.appendingPathComponent("out-\(UUID().uuidString)").path
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, out, O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, out + ".err", O_WRONLY | O_CREAT, 0o600)
        let arguments = [program, "--journal", folder.path + "/journal", "--port", "\(running.withLock(\.port))"]
        let environment = ["RECOURSE_EXCHANGE_SECRET=\(secret.text)"]
        var process: pid_t = 0
        var (argv, envp) = (arguments.map { strdup($0) } + [nil], environment.map { strdup($0) } + [nil])
        defer { for text in argv + envp { free(text) } }
        try #require(posix_spawn(&process, program, &actions, nil, &argv, &envp) == 0)
        for _ in 0..<200 {
            let text = (try? String(contentsOfFile: out, encoding: .utf8)) ?? ""
            if let port = text.split(separator: "\n").first(where: { $0.hasPrefix("listening") })?.split(separator: ":").last.flatMap({ Int($0) }) {
                running.withLock { $0 = (process, port) }
                let line = HTTPTransport(server: "http://127.0.0.1:\(port)", key: nil, timeoutSeconds: 10)
                let old = transport.withLock { kept in
                    defer { kept = line }
                    return kept
                }
                try? await old?.close()
                return
            }
            try await Task.sleep(for: .milliseconds(25))
        }
        throw NotStarted(text: (try? String(contentsOfFile: out + ".err", encoding: .utf8)) ?? "")
    }

    struct NotStarted: Error { let text: String }

    func kill() {
        let process = running.withLock(\.process)
        Foundation.kill(process, SIGKILL)
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }

    func stop() async {
        kill()
        try? await transport.withLock(\.self)?.close()
        try? FileManager.default.removeItem(at: folder)
    }

    func act(_ body: String) async throws { try await send("/sandbox/acts", body) }
    func expect(_ faults: [String]) async throws { try await send("/sandbox/faults", #"{"faults":["\#(faults.joined(separator: #"",""#))"]}"#) }

    func available(_ account: String) async throws -> String? {
        let reply = try await transport.withLock(\.self)?.send(Call("GET", "/sandbox/accounts?account=\(account)&asset=USDT"))
        return reply?.object["available"] as? String
    }

    private func send(_ path: String, _ body: String) async throws {
        let reply = try await transport.withLock(\.self)?.send(Call("POST", path, body: Array(body.utf8)))
        try #require(reply?.status == 200, "\(reply?.text ?? "no answer")")
    }
}
