import Foundation
import Policies

/// The default pack as it lies in the repository, read and compiled once: tests of everything above `Policies` judge by the real rules.
public enum DefaultPack {
    /// Where the repository is on the machine that built the tests.
    public static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    public static let files: [PackFile] = {
        let folder = root.appendingPathComponent("Policy")
        let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix(".yaml") }.sorted().compactMap { path in
            (try? Data(contentsOf: folder.appendingPathComponent(path))).map { PackFile(path: path, bytes: [UInt8]($0)) }
        }
    }()

    /// The next edition: three notices before a default, from a day on.
    public static func changed(from day: String = "2026-11-22") -> [PackFile] {
        files.map { file in
            guard file.path == "pack.yaml" else { return file }
            let text = String(decoding: file.bytes, as: UTF8.self)
                .replacingOccurrences(of: "notices-before-default: 2", with: "notices-before-default: 3")
                .replacingOccurrences(of: "effective-from: 2026-11-22", with: "effective-from: \(day)")
            return PackFile(path: file.path, bytes: Array(text.utf8))
        }
    }

    public static let loaded = PolicyLoader.load(files)

    /// The compiled pack; an error with all complaints when it has any.
    public static func policy() throws -> Policy {
        guard let policy = loaded.policy else { throw Broken(complaints: loaded.diagnostics.map(\.description)) }
        return policy
    }

    public struct Broken: Error, CustomStringConvertible {
        public let complaints: [String]
        public var description: String { "the default pack has errors:\n" + complaints.joined(separator: "\n") }
    }
}
