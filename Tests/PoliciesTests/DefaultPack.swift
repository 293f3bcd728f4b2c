import Chronicle
import Foundation
import Policies
import Testing

/// The default pack as it lies in the repository, read once; tests may read files, the module may not.
enum DefaultPack {
    static let files: [PackFile] = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Policy")
        let paths = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix(".yaml") }.sorted().compactMap { path in
            (try? Data(contentsOf: root.appendingPathComponent(path))).map { PackFile(path: path, bytes: [UInt8]($0)) }
        }
    }()

    static let loaded = PolicyLoader.load(files)

    /// The compiled pack; a test that needs it fails with the complaints when there is none.
    static func policy() throws -> Policy {
        try #require(loaded.policy, "the default pack has errors: \(loaded.diagnostics.map(\.description).joined(separator: "\n"))")
    }
}
