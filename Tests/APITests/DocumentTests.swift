import Runtime
import Testing

@testable import API

@Suite("The document")
struct DocumentTests {
    /// Answered by the server itself, without a caller.
    private static let standing: Set<String> = ["health", "ready", "metrics", "document"]

    @Test("Every operation is documented, and everything documented is an operation, by the same name, method and path")
    func bothWays() throws {
        let documented = Set(try Document().operations.filter { !DocumentTests.standing.contains($0.id) }.map { "\($0.id) \($0.method) \($0.path)" })
        let served = Set(Operation.all.map { "\($0.id) \($0.method.rawValue) \($0.path)" } + Entrance.all.map { "\($0.id) \($0.method.rawValue) \($0.path)" })
        #expect(documented.subtracting(served).isEmpty)
        #expect(served.subtracting(documented).isEmpty)
    }

    @Test("The kinds of events a webhook may want are those there are")
    func kinds() throws {
        let schemas = (try Document().root["components"] as? [String: Any])?["schemas"] as? [String: Any]
        #expect((schemas?["EventKind"] as? [String: Any])?["enum"] as? [String] == WebhookKinds.all)
    }

    @Test("What an operation needs of the body, and whom it is for, the document says as the table has it")
    func audience() throws {
        let document = try Document()
        for operation in Operation.all {
            let described = try #require(document.operation(operation.id))
            #expect(described.needsBody == (operation.brings != .nothing), "\(operation.id)")
            for (audience, word) in [(Operation.Audience.staff, "staff"), (.party, "parties")]
                + Scope.allCases.map({ (.machine($0), "machines (\($0.rawValue))") })
            {
                let says = described.description.split(separator: "For ").last.map { $0.contains(word) } ?? false
                #expect(says == operation.audience.contains(audience), "\(operation.id): \(word)")
            }
        }
    }
}
