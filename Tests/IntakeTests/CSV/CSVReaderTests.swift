import Intake
import TestKit
import Testing

@Suite("Table reader")
struct CSVReaderTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let text: String
        let rows: [(line: Int, fields: [String])]
        var testDescription: String { text.debugDescription }
    }

    static let tables: [Example] = [
        Example(text: "", rows: []),
        Example(text: "\n\r\n\r", rows: []),
        Example(text: "a,b", rows: [(1, ["a", "b"])]),
        Example(text: "a,b\n", rows: [(1, ["a", "b"])]),
        Example(text: "a,b\nc,d\n", rows: [(1, ["a", "b"]), (2, ["c", "d"])]),
        Example(text: "a,b\r\nc,d\r\n", rows: [(1, ["a", "b"]), (2, ["c", "d"])]),
        Example(text: "a,b\rc,d\r", rows: [(1, ["a", "b"]), (2, ["c", "d"])]),
        Example(text: "a\n\nb", rows: [(1, ["a"]), (3, ["b"])]),
        Example(text: ",\n,", rows: [(1, ["", ""]), (2, ["", ""])]),
        Example(text: "\"\"\n\"\"", rows: [(1, [""]), (2, [""])]),
        Example(text: "\"a,b\",c", rows: [(1, ["a,b", "c"])]),
        Example(text: "\"say \"\"no\"\"\",\"\"\"\"", rows: [(1, ["say \"no\"", "\""])]),
        Example(text: "\"1\n2\r\n3\r4\",x\ny,z", rows: [(1, ["1\n2\r\n3\r4", "x"]), (5, ["y", "z"])]),
        Example(text: "\u{FEFF}a,b\n1,2", rows: [(1, ["a", "b"]), (2, ["1", "2"])]),
        Example(text: "\u{FEFF}\"a\"", rows: [(1, ["a"])]),
        Example(text: "a\n\u{FEFF}b", rows: [(1, ["a"]), (2, ["\u{FEFF}b"])]),
        Example(text: "é,日本,🙂\n", rows: [(1, ["é", "日本", "🙂"])]),
        Example(text: "a b, c ,\t\n", rows: [(1, ["a b", " c ", "\t"])]),
    ]

    @Test("Records and the lines they begin on, under every chunking", arguments: tables)
    func records(example: Example) {
        let bytes = Array(example.text.utf8)
        for size in 1...max(1, bytes.count) {
            let rows = read(bytes, chunk: size).map { row in (try? row.get()).map { Row(line: $0.line, fields: $0.fields) } }
            #expect(rows == example.rows.map { Row(line: $0.line, fields: $0.fields) }, "chunks of \(size)")
        }
    }

    struct Row: Equatable {
        let line: Int
        let fields: [String]
    }

    struct Failure: Sendable, CustomTestStringConvertible {
        let bytes: [UInt8]
        let line: Int
        let problem: CSVProblem
        /// First fields of the records that are still read.
        let others: [String]

        init(_ text: String, _ line: Int, _ problem: CSVProblem, _ others: [String]) {
            self.init(Array(text.utf8), line, problem, others)
        }

        init(_ bytes: [UInt8], _ line: Int, _ problem: CSVProblem, _ others: [String]) {
            (self.bytes, self.line, self.problem, self.others) = (bytes, line, problem, others)
        }

        var testDescription: String { "\(problem)" }
    }

    static let failures: [Failure] = [
        Failure("a,b\n1\n2,3", 2, .fieldCount(expected: 2, found: 1), ["a", "2"]),
        Failure("a,b\n1,2,3\n4,5", 2, .fieldCount(expected: 2, found: 3), ["a", "4"]),
        Failure("a,b\n1,x\"y\"\n4,5", 2, .strayQuote(column: 2), ["a", "4"]),
        Failure("a,b\n1,2 \"x,\ny\"\n4,5", 2, .strayQuote(column: 2), ["a", "4"]),
        Failure("a,b\n\"1\"x,2\n4,5", 2, .textAfterQuote(column: 1), ["a", "4"]),
        Failure("a,b\n1,\"2\" \r\n4,5", 2, .textAfterQuote(column: 2), ["a", "4"]),
        Failure("a,b\n1,2\n3,\"4\n5,6\n", 3, .unterminatedQuote(openedOnLine: 3), ["a", "1"]),
        Failure("a,b\n\"1\n\n2\",\"", 2, .unterminatedQuote(openedOnLine: 4), ["a"]),
        Failure(Array("a,b\n1,".utf8) + [0xFF] + Array("\n3,4".utf8), 2, .notUTF8(column: 2), ["a", "3"]),
        // Two halves of one character in neighbouring fields.
        Failure(Array("a,b\n".utf8) + [0xC3, 44, 0xA9, 10] + Array("3,4".utf8), 2, .notUTF8(column: 1), ["a", "3"]),
        // The beginning of a byte order mark and no more.
        Failure([0xEF, 0xBB, 10] + Array("c\n".utf8), 1, .notUTF8(column: 1), ["c"]),
        Failure([0xEF, 0xBB], 1, .notUTF8(column: 1), []),
    ]

    @Test("A broken record is reported with its line, and the others are read", arguments: failures)
    func failure(failure: Failure) {
        for size in 1...failure.bytes.count {
            let rows = read(failure.bytes, chunk: size)
            let rejections = rows.compactMap { row in if case .failure(let rejection) = row { rejection } else { nil } }
            #expect(rejections.first == RowRejection(line: failure.line, .notATable(failure.problem)), "chunks of \(size)")
            if failure.problem != .strayQuote(column: 2) { #expect(rejections.count == 1, "chunks of \(size)") }
            #expect(rows.compactMap { try? $0.get()[0] } == failure.others, "chunks of \(size)")
        }
    }

    @Test("A field, a record or a row of fields that is too large is rejected and not kept")
    func limits() {
        let limits = CSVLimits(fieldBytesMax: 10, recordBytesMax: 15, columnsMax: 3)
        let cases: [(String, CSVProblem?)] = [
            ("0123456789", nil), ("0123456789x", .fieldTooLong(column: 1)), ("a,\"0123456789\nx\"", .fieldTooLong(column: 2)),
            ("0123456789,01234", nil), ("0123456789,012345", .recordTooLong), ("a,b,c", nil), ("a,b,c,d", .tooManyColumns),
        ]
        for (text, problem) in cases {
            var reader = CSVReader(limits: limits)
            let rows = reader.feed(Array("\(text)\n".utf8)) + reader.finish()
            #expect(rows.count == 1)
            let found: RowRejection? = if case .failure(let rejection)? = rows.first { rejection } else { nil }
            #expect(found == problem.map { RowRejection(line: 1, .notATable($0)) }, "\(text)")
        }
    }

    @Test("A table written and read again is the same table", arguments: 1...200 as ClosedRange<UInt64>)
    func identity(seed: UInt64) {
        var generator = Seeded(seed)
        let alphabet = ["a", "b", ",", "\"", "\n", "\r", "\r\n", " ", "é", "日", "🙂", ""]
        let columns = Int.random(in: 1...5, using: &generator)
        let table = (0..<Int.random(in: 1...8, using: &generator)).map { _ in
            (0..<columns).map { _ in
                (0..<Int.random(in: 0...6, using: &generator)).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
                    .joined()
            }
        }
        let lineEnd = ["\n", "\r\n", "\r"][Int(seed % 3)]
        let mark = seed % 2 == 0 ? "\u{FEFF}" : ""
        let bytes = Array((mark + table.map { $0.map(quoted).joined(separator: ",") + lineEnd }.joined()).utf8)
        for size in [1, 2, 3, 5, 8, 13, bytes.count] {
            #expect(read(bytes, chunk: size).map { try? $0.get().fields } == table, "seed \(seed), chunks of \(size)")
        }
    }

    @Test("Random bytes never crash, and every chunking says the same", arguments: 1...200 as ClosedRange<UInt64>)
    func fuzz(seed: UInt64) {
        var generator = Seeded(seed)
        let common: [UInt8] = [34, 44, 10, 13, 97, 0xEF, 0xBB, 0xBF, 0xC3]
        let bytes = (0..<Int.random(in: 1...400, using: &generator)).map { _ in
            Bool.random(using: &generator)
                ? common[Int.random(in: 0..<common.count, using: &generator)]
                : UInt8.random(in: .min ... .max, using: &generator)
        }
        let whole = read(bytes, chunk: bytes.count)
        for size in [1, 2, 7, 64] { #expect(read(bytes, chunk: size) == whole, "seed \(seed), chunks of \(size)") }
    }

    /// Quotes what must be, and now and then what need not be.
    private func quoted(_ field: String) -> String {
        let plain = !field.utf8.isEmpty && field.utf8.allSatisfy { ![34, 44, 10, 13].contains($0) }
        return plain ? field : "\"" + field.replacing("\"", with: "\"\"") + "\""
    }

    private func read(_ bytes: [UInt8], chunk: Int) -> [CSVReader.Row] {
        var reader = CSVReader()
        var rows: [CSVReader.Row] = []
        for start in stride(from: 0, to: bytes.count, by: max(1, chunk)) {
            rows += reader.feed(Array(bytes[start..<min(start + chunk, bytes.count)]))
        }
        return rows + reader.finish()
    }
}
