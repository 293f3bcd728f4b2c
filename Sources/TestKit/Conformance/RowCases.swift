import Chronicle
import EventStorage

extension EventStoreConformance {
    static let rows = [
        ConformanceCase("Put makes or replaces a row, delete removes it, adding tallies and removes at zero", over: changing),
        ConformanceCase("Values come back as they went in, empty and odd ones too", over: oddValues),
        ConformanceCase("Each condition finds exactly its rows", over: conditions),
        ConformanceCase("A change that does not fit its table is refused and nothing of it is written", over: misfits),
        ConformanceCase("A question about unknown columns or with a foreign cursor is refused", over: wrongQuestions),
    ]

    static func write(_ store: any EventStore, _ changes: [RowChange]) async throws(StoreError) {
        try await store.write(changes, position: nil)
    }

    private static func changing(_ store: any EventStore) async throws {
        try await write(store, [SampleTables.put("a", rank: 1), SampleTables.put("b", rank: 2), SampleTables.put("a", rank: 3, note: "new")])
        try await write(store, [.delete(SampleTables.queue, key: [.text("b")]), .delete(SampleTables.queue, key: [.text("never")])])
        try expectEqual(try await store.rows(RowQuery(SampleTables.queue)).rows, [SampleTables.queueRow("a", rank: 3, note: "new")], "queue")

        try await write(store, [SampleTables.count(1, "x"), SampleTables.count(1, "x", by: 4), SampleTables.count(1, "x", "closed", by: 2)])
        try await write(store, [SampleTables.count(2, "x"), SampleTables.count(2, "x", by: -1), SampleTables.count(3, "x", by: 0)])
        var tally = try await store.rows(RowQuery(SampleTables.tally)).rows
        try expectEqual(tally, [[.integer(1), .text("x"), .integer(5), .integer(2)]], "tally")
        try await write(store, [SampleTables.count(1, "x", by: -5), SampleTables.count(1, "x", "closed")])
        tally = try await store.rows(RowQuery(SampleTables.tally)).rows
        try expectEqual(tally, [[.integer(1), .text("x"), .integer(0), .integer(1)]], "tally made anew after zero")
        try expectEqual(try await store.count(RowQuery(SampleTables.tally)).count, 1, "count")
    }

    private static func oddValues(_ store: any EventStore) async throws {
        let rows = [
            SampleTables.queueRow("", holder: "", due: .min, rank: .max, note: "", mark: []),
            SampleTables.queueRow("a\u{0}b", holder: "‘;--\"", due: .max, rank: .min, note: "é e\u{301} 中 🏦", mark: [0, 255, 0]),
            SampleTables.queueRow("a", mark: Array(repeating: 7, count: 9_000)),
        ]
        try await write(store, rows.map { .put(SampleTables.queue, $0) })
        for row in rows {
            try expectEqual(try await store.rows(RowQuery(SampleTables.queue, where: [.compare("id", .equal, row[0])])).rows, [row], "row")
        }
        try expectEqual(try await store.count(RowQuery(SampleTables.queue)).count, 3, "rows")
        let composed = RowQuery(SampleTables.queue, where: [.compare("note", .equal, .text("e\u{301} é 中 🏦"))])
        try expectEqual(try await store.count(composed).count, 0, "text spelt with other bytes")
    }

    private static func conditions(_ store: any EventStore) async throws {
        try await write(
            store,
            [
                SampleTables.put("a", holder: "x", due: 10, rank: 1, note: "n"), SampleTables.put("b", holder: "x", due: nil, rank: 2),
                SampleTables.put("c", holder: "y", due: 20, rank: 2, note: "m"), SampleTables.put("d", holder: "Y", due: 30, rank: 3, mark: [1]),
                SampleTables.put("e", holder: "z", due: -5, rank: 3, note: ""),
            ])
        let table: [([RowQuery.Condition], String)] = [
            ([], "abcde"),
            ([.compare("holder", .equal, .text("x"))], "ab"),
            ([.compare("holder", .notEqual, .text("x"))], "cde"),
            ([.compare("holder", .less, .text("x"))], "d"),
            ([.compare("due", .less, .integer(20))], "ae"),
            ([.compare("due", .lessOrEqual, .integer(20))], "ace"),
            ([.compare("due", .greater, .integer(10))], "cd"),
            ([.compare("due", .greaterOrEqual, .integer(10))], "acd"),
            ([.compare("due", .notEqual, .integer(10))], "cde"),
            ([.compare("due", .equal, .null)], ""),
            ([.compare("due", .notEqual, .null)], ""),
            ([.compare("mark", .equal, .blob([1]))], "d"),
            ([.isNull("due")], "b"),
            ([.isNotNull("due")], "acde"),
            ([.isNotNull("note"), .compare("rank", .greater, .integer(1))], "ce"),
            ([.anyOf("holder", [.text("y"), .text("z"), .text("none")])], "ce"),
            ([.anyOf("due", [.null, .integer(10)])], "a"),
            ([.anyOf("holder", [])], ""),
            ([.compare("holder", .equal, .text("x")), .isNotNull("due"), .compare("rank", .less, .integer(9))], "a"),
        ]
        for (conditions, expected) in table {
            let query = RowQuery(SampleTables.queue, where: conditions)
            let found = try await store.rows(query).rows.map { $0[0] }
            try expectEqual(found, expected.map { .text(String($0)) }, "\(conditions)")
            try expectEqual(try await store.count(query).count, Int64(expected.count), "count of \(conditions)")
            var capped = query
            capped.countMax = 1
            try expectEqual(try await store.count(capped).count, min(1, Int64(expected.count)), "count of \(conditions), up to one")
        }
    }

    private static func misfits(_ store: any EventStore) async throws {
        let unknown = RowTable("unknown", columns: [RowColumn("id", .text)], key: ["id"])
        let changed = RowTable("queue", columns: SampleTables.queue.columns, key: ["id"])
        let table: [(String, RowChange)] = [
            ("an unknown table", .put(unknown, [.text("a")])),
            ("another declaration", .put(changed, SampleTables.queueRow("a"))),
            ("a value too few", .put(SampleTables.queue, [.text("a")])),
            ("a null where none may be", .put(SampleTables.queue, [.text("a"), .null, .null, .integer(0), .null, .null])),
            ("a text for a number", .put(SampleTables.queue, [.text("a"), .text("x"), .text("1"), .integer(0), .null, .null])),
            ("a key too long", .delete(SampleTables.queue, key: [.text("a"), .text("b")])),
            ("a key of the wrong kind", .delete(SampleTables.queue, key: [.integer(1)])),
            ("counting in a text", .add(SampleTables.tally, key: [.integer(1), .text("x")], column: "reason", by: 1)),
            ("counting in no column", .add(SampleTables.tally, key: [.integer(1), .text("x")], column: "lost", by: 1)),
            ("counting in a table whose rows need more", .add(SampleTables.queue, key: [.text("a")], column: "rank", by: 1)),
        ]
        for (what, change) in table {
            let error = try await storeError(what) { () async throws(StoreError) in try await write(store, [SampleTables.put("z"), change]) }
            guard case .malformed = error else { throw ConformanceFailure(description: "\(what): expected malformed, found \(error)") }
        }
        try expectEqual(try await store.count(RowQuery(SampleTables.queue)).count, 0, "rows")
    }

    private static func wrongQuestions(_ store: any EventStore) async throws {
        let table: [(String, RowQuery)] = [
            ("an unknown column", RowQuery(SampleTables.queue, where: [.isNull("lost")])),
            ("an order by an unknown column", RowQuery(SampleTables.queue, order: [.init("lost")])),
            ("an order by a column twice", RowQuery(SampleTables.queue, order: [.init("due"), .init("due", descending: true)])),
            ("a number compared with a text", RowQuery(SampleTables.queue, where: [.compare("due", .less, .text("x"))])),
            ("a cursor too short", RowQuery(SampleTables.queue, order: [.init("due")], after: [.integer(1)])),
            ("a cursor of the wrong kind", RowQuery(SampleTables.queue, order: [.init("due")], after: [.text("x"), .text("a")])),
            ("a page of nothing", RowQuery(SampleTables.queue, limit: 0)),
            ("an unknown table", RowQuery(RowTable("unknown", columns: [RowColumn("id", .text)], key: ["id"]))),
        ]
        for (what, query) in table {
            let error = try await storeError(what) { () async throws(StoreError) in try await store.rows(query) }
            guard case .malformed = error else { throw ConformanceFailure(description: "\(what): expected malformed, found \(error)") }
        }
    }
}
