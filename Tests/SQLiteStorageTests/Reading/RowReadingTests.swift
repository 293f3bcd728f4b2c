import EventStorage
import SQLiteStorage
import TestKit
import Testing

@Suite("Plans of list queries")
struct RowReadingTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let query: RowQuery
        let plan: [String]
    }

    static let examples = [
        Example(
            testDescription: "one holder by rank",
            query: RowQuery(SampleTables.queue, where: [.compare("holder", .equal, .text("a"))], order: [.init("rank")]),
            plan: ["SEARCH row_queue USING INDEX queue.by_holder.1 (holder=?)"]),
        Example(
            testDescription: "one holder by rank, falling",
            query: RowQuery(SampleTables.queue, where: [.compare("holder", .equal, .text("a"))], order: [.init("rank", descending: true)]),
            plan: ["SEARCH row_queue USING INDEX queue.by_holder.1 (holder=?)"]),
        Example(
            testDescription: "one holder by rank, next page",
            query: RowQuery(
                SampleTables.queue, where: [.compare("holder", .equal, .text("a"))], order: [.init("rank")], after: [.integer(3), .text("x")]),
            plan: ["SEARCH row_queue USING INDEX queue.by_holder.1 (holder=? AND (rank,id)>(?,?))"]),
        Example(
            testDescription: "what is due",
            query: RowQuery(SampleTables.queue, where: [.isNotNull("due"), .compare("due", .lessOrEqual, .integer(9))], order: [.init("due")]),
            plan: ["SEARCH row_queue USING INDEX queue.by_due.1 (due>? AND due<?)"]),
        Example(
            testDescription: "what is due, next page",
            query: RowQuery(SampleTables.queue, where: [.isNotNull("due")], order: [.init("due")], after: [.integer(5), .text("x")]),
            plan: ["SEARCH row_queue USING INDEX queue.by_due.1 (due>?)"]),
        Example(testDescription: "everything by key", query: RowQuery(SampleTables.queue), plan: ["SCAN row_queue"]),
        Example(
            testDescription: "everything by key, next page", query: RowQuery(SampleTables.queue, after: [.text("x")]),
            plan: ["SEARCH row_queue USING PRIMARY KEY (id>?)"]),
    ]

    @Test("A list uses its index and sorts nothing", arguments: examples)
    func plan(_ example: Example) async throws {
        let folder = try Folder()
        let store = try SQLiteStore(path: folder.path("store.sqlite"), tables: EventStoreConformance.tables)
        let plan = try await store.plan(example.query)
        #expect(plan == example.plan)
        try store.close()
    }
}
