import Foundation
import RecourseClient
import Testing

/// `Scripts/webhook-receiver` as a process: an operator's system that checks every message with the `standardwebhooks` package of PyPI, and can be told
/// to go wrong.
final class Receiver: Sendable {
    struct Came: Sendable {
        let id: String
        let type: String?
        let sequence: Int64?
        let dispute: String?
        let isVerified: Bool
        let why: String?
        let host: String?
        let signatures: Int
        let answered: String
        let path: String
        let message: String
    }

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let tools = root.appendingPathComponent(".build/test-tools").path

    /// Is the outside verifier here? `make test` installs it.
    static let isHere: Bool = {
        let libraries = (try? FileManager.default.contentsOfDirectory(atPath: tools + "/lib")) ?? []
        return libraries.contains { FileManager.default.fileExists(atPath: "\(tools)/lib/\($0)/site-packages/standardwebhooks") }
    }()
    static let missing = "needs the package standardwebhooks of PyPI in .build/test-tools: WITH_TEST_TOOLS=yes Scripts/install.sh"

    private let folder: URL
    private let process: ServerProcess
    private let scheme: String

    var port: Int { process.port }

    init(certificate: String? = nil, key: String? = nil) async throws {
        scheme = certificate == nil ? "http" : "https"
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("recourse-receiver-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        process = try await ServerProcess(
            Receiver.tools + "/bin/python3",
            [Receiver.root.appendingPathComponent("Scripts/webhook-receiver").path] + (certificate.map { ["--certificate", $0, "--key", key ?? ""] } ?? []),
            environment: [:], in: folder)
    }

    func url(_ host: String = "127.0.0.1", _ path: String = "/in") -> String { "\(scheme)://\(host):\(port)\(path)" }

    /// How it goes wrong from now on, and the secret it knows.
    func tell(_ told: String) async throws {
        let line = HTTPTransport(server: "http://127.0.0.1:\(port)", key: nil, timeoutSeconds: 10)
        let reply = try? await line.send(Call("POST", "/faults", body: Array(told.utf8)))
        try await line.close()
        try #require(reply?.status == 200)
    }

    func know(_ secret: String) async throws { try await tell(#"{"secret":"\#(secret)"}"#) }

    /// Everything that came, in its order.
    func came() async throws -> [Came] {
        let line = HTTPTransport(server: "http://127.0.0.1:\(port)", key: nil, timeoutSeconds: 10)
        let reply = try? await line.send(Call("GET", "/journal"))
        try await line.close()
        let entries = try JSONSerialization.jsonObject(with: Data(try #require(reply).body)) as? [[String: Any]] ?? []
        return entries.map { entry in
            let message = entry["message"].flatMap { try? JSONSerialization.data(withJSONObject: $0, options: .sortedKeys) } ?? Data()
            return Came(
                id: entry["id"] as? String ?? "", type: entry["type"] as? String, sequence: (entry["sequence"] as? NSNumber)?.int64Value,
                dispute: entry["case"] as? String, isVerified: entry["verified"] as? Bool ?? false, why: entry["why"] as? String,
                host: entry["host"] as? String, signatures: entry["signatures"] as? Int ?? 0, answered: entry["answered"] as? String ?? "",
                path: entry["path"] as? String ?? "", message: String(decoding: message, as: UTF8.self))
        }
    }

    func stop() {
        process.kill()
        try? FileManager.default.removeItem(at: folder)
    }

    static func use(_ body: (Receiver) async throws -> Void) async throws {
        let receiver = try await Receiver()
        defer { receiver.stop() }
        try await body(receiver)
    }
}
