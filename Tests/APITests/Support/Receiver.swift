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
    private static let python = root.appendingPathComponent(".build/test-tools/bin/python3").path

    /// Is the outside verifier here? `WITH_TEST_TOOLS=yes Scripts/install.sh` installs it, as `make test` does.
    static let isHere: Bool = {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-c", "import standardwebhooks"]
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()
    static let missing = "needs the package standardwebhooks of PyPI in .build/test-tools: WITH_TEST_TOOLS=yes Scripts/install.sh"

    let port: Int
    private let process: Process
    private let scheme: String

    init(certificate: String? = nil, key: String? = nil) async throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: Receiver.python)
        process.arguments = [Receiver.root.appendingPathComponent("Scripts/webhook-receiver").path, "--port", "0"]
            + (certificate.map { ["--certificate", $0, "--key", key ?? ""] } ?? [])
        let out = Pipe()
        (process.standardOutput, process.standardError) = (out, FileHandle.nullDevice)
        try process.run()
        var said = ""
        while !said.contains("\n"), case let piece = out.fileHandleForReading.availableData, !piece.isEmpty { said += String(decoding: piece, as: UTF8.self) }
        port = try #require(said.split(separator: ":").last.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) })
        scheme = certificate == nil ? "http" : "https"
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
        process.terminate()
        process.waitUntilExit()
    }

    static func use(_ body: (Receiver) async throws -> Void) async throws {
        let receiver = try await Receiver()
        defer { receiver.stop() }
        try await body(receiver)
    }
}
