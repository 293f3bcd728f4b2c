@testable import EventStorage
import TestKit
import Testing

@Suite("Questions as SQL")
struct RowQueryStatementTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let query: RowQuery
        /// What follows FROM.
        let sqlite: String
        let postgres: String
        let values: [RowValue]
    }

    static let table = RowTable(
        "t", columns: [RowColumn("id", .text), RowColumn("due", .integer, nullable: true), RowColumn("rank", .integer)], key: ["id"])

    static let examples = [
        Example(
            testDescription: "no conditions", query: RowQuery(table, limit: 9),
            sqlite: #""row_t" ORDER BY "id" LIMIT ?"#, postgres: #""row_t" ORDER BY "id" LIMIT $1"#, values: [.integer(10)]),
        Example(
            testDescription: "a cursor over columns that run one way is a row value",
            query: RowQuery(
                table, where: [.compare("rank", .greater, .integer(1))], order: [.init("rank", descending: true)], after: [.integer(3), .text("a")], limit: 1),
            sqlite: #""row_t" WHERE "rank" > ? AND ("rank", "id") < (?, ?) ORDER BY "rank" DESC, "id" DESC LIMIT ?"#,
            postgres: #""row_t" WHERE "rank" > $1 AND ("rank", "id") < ($2, $3) ORDER BY "rank" DESC, "id" DESC LIMIT $4"#,
            values: [.integer(1), .integer(3), .text("a"), .integer(2)]),
        Example(
            testDescription: "a cursor over a column that may be null is written out, with a bound for the index",
            query: RowQuery(table, order: [.init("due")], after: [.integer(5), .text("a")], limit: 1),
            sqlite: #""row_t" WHERE "due" >= ? AND (("due" > ?) OR ("due" = ? AND "id" > ?)) ORDER BY "due", "id" LIMIT ?"#,
            postgres: #""row_t" WHERE "due" >= $1 AND (("due" > $2) OR ("due" = $3 AND "id" > $4)) ORDER BY "due" ASC NULLS FIRST, "id" LIMIT $5"#,
            values: [.integer(5), .integer(5), .integer(5), .text("a"), .integer(2)]),
        Example(
            testDescription: "nulls come last descending",
            query: RowQuery(table, where: [.anyOf("rank", [])], order: [.init("due", descending: true)], after: [.null, .text("a")], limit: 1),
            sqlite: #""row_t" WHERE 1 = 0 AND (("due" IS NULL AND "id" < ?)) ORDER BY "due" DESC, "id" DESC LIMIT ?"#,
            postgres: #""row_t" WHERE 1 = 0 AND (("due" IS NULL AND "id" < $1)) ORDER BY "due" DESC NULLS LAST, "id" DESC LIMIT $2"#,
            values: [.text("a"), .integer(2)]),
    ]

    @Test("A question reads the same to both engines, in their own words", arguments: examples)
    func rendering(_ example: Example) throws {
        let statement = try example.query.selecting()
        let (sqlite, values) = statement.rendered(in: .sqlite)
        #expect(sqlite == #"SELECT "id", "due", "rank" FROM "# + example.sqlite)
        #expect(values == example.values)
        #expect(statement.rendered(in: .postgres).sql == #"SELECT "id", "due", "rank" FROM "# + example.postgres)
    }

    @Test("Changes are written with as many parameters as they have values")
    func changes() {
        let tally = SampleTables.tally
        #expect(
            tally.putting(into: "x", in: .postgres)
                == #"INSERT INTO "x" ("day", "reason", "opened", "closed") VALUES ($1, $2, $3, $4) ON CONFLICT ("day", "reason") DO UPDATE SET "opened" = excluded."opened", "closed" = excluded."closed""#
        )
        #expect(tally.deleting(from: "x", in: .sqlite) == #"DELETE FROM "x" WHERE "day" = ? AND "reason" = ?"#)
        #expect(
            tally.adding(to: "x", counting: "opened", in: .sqlite)
                == #"INSERT INTO "x" ("day", "reason", "opened", "closed") VALUES (?, ?, ?, 0) ON CONFLICT ("day", "reason") DO UPDATE SET "opened" = coalesce("x"."opened", 0) + excluded."opened""#
        )
        #expect(
            tally.removingZero(from: "x", counting: "opened", in: .postgres) == #"DELETE FROM "x" WHERE "day" = $1 AND "reason" = $2 AND "opened" = 0"#)
        let bare = RowTable("bare", columns: [RowColumn("id", .text)], key: ["id"])
        #expect(bare.putting(into: "x", in: .sqlite) == #"INSERT INTO "x" ("id") VALUES (?) ON CONFLICT ("id") DO NOTHING"#)
    }
}
