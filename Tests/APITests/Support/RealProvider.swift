import Foundation
import RecourseClient
import Synchronization
import Testing

/// `oidc-provider-mock` of PyPI, an OpenID provider written by others, as a process on a port of its own.
final class RealProvider: Sendable {
    static let program = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent(".build/sign-in-tools/bin/oidc-provider-mock").path
    static var isThere: Bool { FileManager.default.isExecutableFile(atPath: program) }

    let issuer: String
    private let port: Int
    private let process = Mutex<Int32>(0)

    init() async throws {
        port = try RealProvider.freePort()
        issuer = "http://127.0.0.1:\(port)"
        try await start()
    }

    /// Starts it, with keys made anew, and waits until it answers.
    func start() async throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for stream in [Int32(1), 2] { posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0) }
        let user = #"{"sub":"u-1","email":"amir@desk.example","email_verified":true,"amr":["pwd","mfa"]}"#
        let arguments: [String] = [Self.program, "--port", "\(port)", "--require-nonce", "--user-claims", user]
        let argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        let envp: [UnsafeMutablePointer<CChar>?] = [strdup("PATH=/usr/bin:/bin"), nil]
        defer { for text in argv + envp { free(text) } }
        var process: pid_t = 0
        try #require(posix_spawn(&process, Self.program, &actions, nil, argv, envp) == 0)
        self.process.withLock { $0 = process }
        for _ in 0..<400 {
            if let reply = try? await ask("GET", "/.well-known/openid-configuration"), reply.status == 200 { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        stop()
        throw NotStarted()
    }

    struct NotStarted: Error {}

    func stop() {
        let process = process.withLock(\.self)
        kill(process, SIGKILL)
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }

    /// What a person does there: signs in as somebody, or says no.
    /// - Returns: where the browser is sent.
    func authorize(_ location: String, _ form: String) async throws -> String? {
        let path = String(location.dropFirst(issuer.count))
        return try await ask("POST", path, form).headers["location"]
    }

    private func ask(_ method: String, _ path: String, _ form: String? = nil) async throws -> Reply {
        let line = HTTPTransport(server: issuer, key: nil, timeoutSeconds: 10)
        do {
            let reply = try await line.send(Call(method, path, body: Array((form ?? "").utf8), mediaType: "application/x-www-form-urlencoded"))
            try await line.close()
            return reply
        } catch {
            try? await line.close()
            throw error
        }
    }

    private static func freePort() throws -> Int { try ListeningSocket().port }
}

/// A port of this machine, listened on; closed with it.
final class ListeningSocket: Sendable {
    let descriptor: Int32
    let port: Int

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (descriptor, size) = (descriptor, length)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) == 0 && listen(descriptor, 8) == 0 }
        }
        try #require(bound)
        withUnsafeMutablePointer(to: &address) {
            _ = $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(descriptor) }
}
