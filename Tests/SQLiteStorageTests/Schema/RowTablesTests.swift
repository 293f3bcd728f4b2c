import Chronicle
import EventStorage
@testable import SQLiteStorage
import TestKit
import Testing

@Suite("Tables of the read models")
struct RowTablesTests {
    static let wide = RowTable(
        "queue", columns: SampleTables.queue.columns + [RowColumn("agent", .text, nullable: true)], key: ["id"], indexes: [RowIndex("by_agent", on: ["agent"])])

    private struct Streams: Projection {
        let name = "streams"
        let version = 1
        let tables = [wide]
        func changes(for events: [StoredEvent]) throws -> [RowChange] {
            events.map { .put(wide, [.text($0.envelope.stream.text), .text("desk"), .null, .integer(Int64($0.envelope.version)), .null, .null, .text("a")]) }
        }
    }

    @Test("A changed declaration is noticed, its table refused to readers, and made anew")
    func changedDeclaration() async throws {
        let folder = try Folder()
        let path = folder.path("store.sqlite")
        var samples = SampleEvents()
        var store = try SQLiteStore(path: path, tables: [SampleTables.queue, SampleTables.tally])
        _ = try await store.append(
            Append(
                to: SampleEvents.stream(1), expecting: .none, samples.events(4),
                rows: [.put(SampleTables.queue, [.text("a"), .text("b"), .null, .integer(1), .null, .null])]))
        try store.close()

        store = try SQLiteStore(path: path, tables: [RowTablesTests.wide, SampleTables.tally])
        #expect(try await store.outdatedTables() == [RowTablesTests.wide])
        let error = await #expect(throws: StoreError.self) { try await store.rows(RowQuery(RowTablesTests.wide)) }
        #expect(error.map { "\($0)" } == "the table queue is being made anew; try again in 10 s")
        #expect(try await store.count(RowQuery(SampleTables.tally)).count == 0)
        try store.close()

        store = try SQLiteStore(path: path, tables: [RowTablesTests.wide, SampleTables.tally])
        #expect(try await store.outdatedTables() == [RowTablesTests.wide])
        #expect(try await ProjectionRunner(Streams(), on: store).catchUp() == 4)
        #expect(try await store.rows(RowQuery(RowTablesTests.wide)).rows.map { $0[3] } == [.integer(4)])
        try store.close()

        store = try SQLiteStore(path: path, tables: [RowTablesTests.wide, SampleTables.tally])
        #expect(try await store.outdatedTables() == [])
        try store.close()
    }

    @Test("A table of facts the log does not hold keeps its rows when its declaration changes; a shape its rows cannot fill is refused")
    func ownFacts() async throws {
        let folder = try Folder()
        let path = folder.path("store.sqlite")
        var samples = SampleEvents()
        func box(_ more: [RowColumn] = [], _ indexes: [RowIndex] = []) -> RowTable {
            RowTable("box", columns: [RowColumn("id", .text), RowColumn("due", .integer)] + more, key: ["id"], indexes: indexes, holdsItsOwn: true)
        }
        var store = try SQLiteStore(path: path, tables: [box()])
        _ = try await store.append(
            Append(to: SampleEvents.stream(1), expecting: .none, samples.events(2), rows: [.put(box(), [.text("a"), .integer(7)])]))
        try store.close()
        // given an index and a column more
        let wider = box([RowColumn("note", .text, nullable: true)], [RowIndex("box_by_due", on: ["due"])])
        store = try SQLiteStore(path: path, tables: [wider])
        #expect(try await store.outdatedTables() == [])
        #expect(try await store.rows(RowQuery(wider)).rows == [[.text("a"), .integer(7), .null]])
        try store.close()
        // and a column no row has a value for
        #expect(throws: (any Error).self) { try SQLiteStore(path: path, tables: [box([RowColumn("must", .text)])]) }
        store = try SQLiteStore(path: path, tables: [wider])
        #expect(try await store.rows(RowQuery(wider)).rows.count == 1, "nothing is lost by the refusal")
        try store.close()
    }

    @Test("A table that comes new to a log with events is outdated; in an empty log it is not")
    func newTable() async throws {
        let folder = try Folder()
        let path = folder.path("store.sqlite")
        var samples = SampleEvents()
        var store = try SQLiteStore(path: path, tables: [SampleTables.tally])
        #expect(try await store.outdatedTables() == [])
        _ = try await store.append(Append(to: SampleEvents.stream(1), expecting: .none, samples.events(1)))
        try store.close()
        store = try SQLiteStore(path: path, tables: [SampleTables.tally, SampleTables.queue])
        #expect(try await store.outdatedTables() == [SampleTables.queue])
        try store.close()
    }

    @Test("A rebuild cut off by a crash leaves the old rows, and its shadow is dropped at the next opening")
    func crashedRebuild() async throws {
        let folder = try Folder()
        let path = folder.path("store.sqlite")
        var samples = SampleEvents()
        var store = try SQLiteStore(path: path, tables: EventStoreConformance.tables)
        let row: [RowValue] = [.integer(1), .text("old"), .integer(1), .integer(0)]
        _ = try await store.append(Append(to: SampleEvents.stream(1), expecting: .none, samples.events(3), rows: [.put(SampleTables.tally, row)]))
        try await store.write { desk in
            try RowTables(session: desk.session).makeShadow(of: SampleTables.tally)
            try desk.rows.apply(.put(SampleTables.tally, [.integer(2), .text("half"), .integer(1), .integer(0)]), toShadow: true)
        }
        try store.close()
        store = try SQLiteStore(path: path, tables: EventStoreConformance.tables)
        #expect(try await store.rows(RowQuery(SampleTables.tally)).rows == [row])
        #expect(try await store.readers.read { try $0.answer("SELECT count(*) FROM sqlite_master WHERE name LIKE 'shadow%'") } == "0")
        try store.close()
    }

    @Test("Two rebuilds of one table at once are refused")
    func twoRebuilds() throws {
        let outdated = OutdatedTables([])
        try outdated.begin([SampleTables.queue])
        #expect(throws: StoreError.self) { try outdated.begin([SampleTables.tally, SampleTables.queue]) }
        outdated.end([SampleTables.queue], done: true)
        try outdated.begin([SampleTables.queue])
    }
}
