import Chronicle
import EventStorage

extension EventStoreConformance {
    static let paging = [
        ConformanceCase("Pages of any size, in any order, with ties and nulls, show each row once", over: everyOrder),
        ConformanceCase("Nulls come first ascending and last descending; text is ordered by its bytes", over: orderOfValues),
        ConformanceCase("Every page says as of which event it is", over: asOf),
    ]

    private static let orders: [[RowQuery.Order]] = [
        [], [.init("id", descending: true)], [.init("rank")], [.init("rank", descending: true)], [.init("due")], [.init("due", descending: true)],
        [.init("holder"), .init("due", descending: true)], [.init("rank", descending: true), .init("due")],
        [.init("due"), .init("note", descending: true)], [.init("note"), .init("due")], [.init("holder", descending: true), .init("rank", descending: true)],
        [.init("mark"), .init("rank", descending: true), .init("holder")],
    ]

    private static func everyOrder(_ store: any EventStore) async throws {
        var generator = Seeded(11)
        let changes = (0..<60).map { number in
            SampleTables.put(
                "id\(number)", holder: ["a", "b", "B"][Int(generator.next() % 3)], due: generator.next() % 3 == 0 ? nil : Int64(generator.next() % 4),
                rank: Int64(generator.next() % 3), note: generator.next() % 2 == 0 ? nil : ["é", "z", "e\u{301}"][Int(generator.next() % 3)],
                mark: generator.next() % 2 == 0 ? nil : [UInt8(generator.next() % 2)])
        }
        try await write(store, changes)
        for order in orders {
            for conditions in [[], [.compare("holder", .equal, .text("a"))], [.isNotNull("due")]] as [[RowQuery.Condition]] {
                let whole = try await store.rows(RowQuery(SampleTables.queue, where: conditions, order: order, limit: 100))
                try expectEqual(whole.next, nil, "cursor after the last page")
                let count = try await store.count(RowQuery(SampleTables.queue, where: conditions, order: order, after: nil, limit: 1)).count
                try expectEqual(count, Int64(whole.rows.count), "count")
                for size in [1, 2, 7, whole.rows.count] where size > 0 {
                    var query = RowQuery(SampleTables.queue, where: conditions, order: order, limit: size)
                    var rows: [[RowValue]] = []
                    repeat {
                        let page = try await store.rows(query)
                        try expect(page.rows.count <= size, "a page of \(size) has \(page.rows.count) rows")
                        rows += page.rows
                        query.after = page.next
                    } while query.after != nil && rows.count <= 100
                    try expectEqual(rows, whole.rows, "pages of \(size) by \(order) where \(conditions)")
                }
            }
        }
    }

    private static func orderOfValues(_ store: any EventStore) async throws {
        try await write(
            store, [("1", nil), ("2", "b"), ("3", "B"), ("4", "é"), ("5", ""), ("6", "ba")].map { SampleTables.put($0, note: $1) })
        for (descending, expected) in [(false, "153264"), (true, "462351")] {
            let rows = try await store.rows(RowQuery(SampleTables.queue, order: [.init("note", descending: descending)])).rows
            try expectEqual(rows.map { $0[0] }, expected.map { .text(String($0)) }, "descending \(descending)")
        }
        try expectEqual(
            try await store.rows(RowQuery(SampleTables.queue, order: [.init("rank", descending: true)])).rows.map { $0[0] },
            "654321".map { .text(String($0)) }, "the key follows the direction of the last order")
    }

    private static func asOf(_ store: any EventStore) async throws {
        var samples = SampleEvents()
        for number in 1...3 {
            _ = try await store.append(
                Append(to: SampleEvents.stream(1), expecting: .any, samples.events(2), rows: [SampleTables.put("\(number)")]))
            let page = try await store.rows(RowQuery(SampleTables.queue))
            try expectEqual(page.asOf, Int64(number * 2), "page as of")
            try expectEqual(page.rows.count, number, "rows")
            try expectEqual(try await store.count(RowQuery(SampleTables.queue)).asOf, Int64(number * 2), "count as of")
        }
    }
}
