import Archives
import Foundation

/// The files under `Examples`, found from where this file stands.
enum Samples {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    static func path(_ name: String) -> String { "\(root)/Examples/\(name)" }

    /// The larger data set beside the project; `nil` when `RECOURSE_DATA` does not name a folder.
    static func data(_ name: String) -> String? {
        guard let folder = ProcessInfo.processInfo.environment["RECOURSE_DATA"] else { return nil }
        return "\(folder)/\(name)"
    }

    static func bytes(_ path: String, limits: ArchiveLimits = .standard) throws -> [UInt8] {
        let source = try ByteSource(path: path, limits: limits)
        var bytes: [UInt8] = []
        while let chunk = try source.next() { bytes += chunk }
        return bytes
    }
}

/// A file that is there as long as the value.
final class TemporaryFile {
    let path: String

    init(_ bytes: [UInt8]) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("recourse-\(UUID().uuidString)").path
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
