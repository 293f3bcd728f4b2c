import Foundation
import RecourseClient
import Testing
import Wire

/// The built `sandbox-exchange`, as a process that can be killed and started again on its books.
final class SandboxProcess: Sendable {
    private let folder: URL
    private let server: ServerProcess

    var address: String { "http://127.0.0.1:\(server.port)/" }

    init(secret: WebhookSecret) async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("recourse-sandbox-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        server = try await ServerProcess(
            "sandbox-exchange", ["--journal", folder.path + "/journal"], environment: ["RECOURSE_EXCHANGE_SECRET": secret.text], in: folder)
    }

    func start() async throws { try await server.start() }
    func kill() { server.kill() }

    func stop() async {
        kill()
        try? FileManager.default.removeItem(at: folder)
    }

    func act(_ body: String) async throws { try await send("/sandbox/acts", body) }
    func expect(_ faults: [String]) async throws { try await send("/sandbox/faults", #"{"faults":["\#(faults.joined(separator: #"",""#))"]}"#) }

    func available(_ account: String) async throws -> String? {
        try await ask(Call("GET", "/sandbox/accounts?account=\(account)&asset=USDT")).object["available"] as? String
    }

    func status(of act: String) async throws -> Int { try await ask(Call("POST", "/sandbox/acts", body: Array(act.utf8))).status }

    func chat(_ order: String) async throws -> [SandboxChat.Line] {
        try SandboxChat(json: try await ask(Call("GET", "/sandbox/chats?order=\(order)")).body).lines
    }

    private func send(_ path: String, _ body: String) async throws {
        let reply = try await ask(Call("POST", path, body: Array(body.utf8)))
        try #require(reply.status == 200, "\(reply.text)")
    }

    private func ask(_ call: Call) async throws -> Reply {
        let line = HTTPTransport(server: String(address.dropLast()), key: nil, timeoutSeconds: 10)
        do {
            let reply = try await line.send(call)
            try await line.close()
            return reply
        } catch {
            try? await line.close()
            throw error
        }
    }
}
