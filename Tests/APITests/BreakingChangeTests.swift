import Foundation
import Testing
import Yams

/// What was once promised to clients stays: the document may grow, and may not take back.
///
/// `Golden/promised.txt` has one line for each thing a client may rely on: an operation with its method and path, a success it answers with, a field
/// every answer of a kind has, a word a closed list has. A line that is missing breaks a client; one that is new is written with
/// `RECOURSE_GOLDEN=write`. A promise is only taken back with a new major version of the path.
@Suite("Breaking changes")
struct BreakingChangeTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden/promised.txt")

    @Test("Nothing that was promised to clients is taken back, and nothing is promised in silence")
    func gate() throws {
        let promises = try BreakingChangeTests.promises()
        if ProcessInfo.processInfo.environment["RECOURSE_GOLDEN"] == "write" {
            try FileManager.default.createDirectory(at: BreakingChangeTests.golden.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data((promises.sorted().joined(separator: "\n") + "\n").utf8).write(to: BreakingChangeTests.golden)
        }
        let kept = Set(try String(contentsOf: BreakingChangeTests.golden, encoding: .utf8).split(separator: "\n").map(String.init))
        #expect(kept.count > 500)
        #expect(kept.subtracting(promises).sorted() == [], "taken back")
        #expect(promises.subtracting(kept).sorted() == [], "new: write it down with RECOURSE_GOLDEN=write")
    }

    @Test("What a client must send is part of the promise: a new demand is a breaking change, too")
    func demands() throws {
        // A body that asks for one field more than it did is another line, and the old one is missing.
        let before = BreakingChangeTests.promises(
            ofSchema: "NewX", ["type": "object", "required": ["a"], "properties": ["a": ["type": "string"]]], isSent: true)
        let after = BreakingChangeTests.promises(
            ofSchema: "NewX", ["type": "object", "required": ["a", "b"], "properties": ["a": ["type": "string"], "b": ["type": "string"]]], isSent: true)
        #expect(!before.subtracting(after).isEmpty)
        // An answer that has one field more takes nothing back.
        let answered = BreakingChangeTests.promises(
            ofSchema: "X", ["type": "object", "required": ["a"], "properties": ["a": ["type": "string"]]], isSent: false)
        let richer = BreakingChangeTests.promises(
            ofSchema: "X", ["type": "object", "required": ["a", "b"], "properties": ["a": ["type": "string"], "b": ["type": "string"]]], isSent: false)
        #expect(answered.subtracting(richer).isEmpty)
    }

    private static func promises() throws -> Set<String> {
        let text = try String(contentsOf: root.appendingPathComponent("Sources/API/openapi.yaml"), encoding: .utf8)
        let document = try #require(try Yams.load(yaml: text) as? [String: Any])
        var promises: Set<String> = []
        var sent: Set<String> = []
        for (path, methods) in document["paths"] as? [String: [String: Any]] ?? [:] {
            for (method, operation) in methods {
                guard let operation = operation as? [String: Any], let id = operation["operationId"] as? String else { continue }
                promises.insert("operation \(id): \(method.uppercased()) \(path)")
                for status in (operation["responses"] as? [String: Any] ?? [:]).keys where status.hasPrefix("2") {
                    promises.insert("operation \(id) answers \(status)")
                }
                let content = ((operation["requestBody"] as? [String: Any])?["content"] as? [String: [String: Any]] ?? [:]).values
                for schema in content.compactMap({ $0["schema"] as? [String: Any] }) {
                    if let name = (schema["$ref"] as? String)?.split(separator: "/").last {
                        sent.insert(String(name))
                    } else {
                        promises.formUnion(BreakingChangeTests.promises(ofSchema: "body of \(id)", schema, isSent: true))
                    }
                }
            }
        }
        for (name, schema) in (document["components"] as? [String: Any])?["schemas"] as? [String: [String: Any]] ?? [:] {
            promises.formUnion(BreakingChangeTests.promises(ofSchema: name, schema, isSent: sent.contains(name)))
        }
        return promises
    }

    private static func promises(ofSchema name: String, _ schema: [String: Any], isSent: Bool) -> Set<String> {
        var promises: Set<String> = []
        let required = (schema["required"] as? [String] ?? []).sorted()
        if isSent { promises.insert("\(name) asks for: \(required.joined(separator: ", "))") }
        for (field, description) in schema["properties"] as? [String: Any] ?? [:] {
            let kind = (description as? [String: Any]).map {
                ($0["$ref"] as? String)?.split(separator: "/").last.map(String.init) ?? $0["type"] as? String ?? "any"
            }
            promises.insert("\(name).\(field): \(kind ?? "any")")
            if !isSent, required.contains(field) { promises.insert("\(name) always has \(field)") }
            for word in (description as? [String: Any])?["enum"] as? [String] ?? [] { promises.insert("\(name).\(field) may be \(word)") }
        }
        for word in schema["enum"] as? [String] ?? [] { promises.insert("\(name) may be \(word)") }
        return promises
    }
}
