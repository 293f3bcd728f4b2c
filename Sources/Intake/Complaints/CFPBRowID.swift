import Chronicle

/// The name of a complaint: the bureau's number, or one made from the row where an export leaves the number out.
///
/// A made name is `row-` and the first 32 digits of the SHA-256 of the row's fields, and, from the second identical row of a file on,
/// `-2`, `-3`, …: the same file read twice gives the same names, so a second import adds nothing. Fields count as they are written: one
/// complaint in two exports that write days differently has two made names.
public struct CFPBRowID: Hashable, Sendable, CustomStringConvertible {
    public let text: String
    /// Made from the row and not given by the bureau.
    public let isDerived: Bool

    public var description: String { text }

    /// `nil` unless `number` is what the bureau gives: 1…20 digits.
    public init?(number: String) {
        guard 1...20 ~= number.utf8.count, number.utf8.allSatisfy({ 48...57 ~= $0 }) else { return nil }
        (text, isDerived) = (number, false)
    }

    /// `occurrence` counts identical rows from 1.
    init(row: Digest, occurrence: Int) {
        let name = "row-" + row.description.prefix(32)
        text = occurrence == 1 ? name : "\(name)-\(occurrence)"
        isDerived = true
    }

    /// The digest of a row: each column that is present, by its own name and not the file's, with its length, so that no two rows run into one.
    static func digest(of record: CSVRecord, _ layout: CFPBLayout) -> Digest {
        var text = Array("recourse-cfpb-row/1\n".utf8)
        for column in CFPBColumn.allCases {
            guard let value = layout.text(column, in: record) else { continue }
            text += "\(column.rawValue) \(value.utf8.count) \(value)\n".utf8
        }
        return Digest(hashing: text)
    }
}

/// How often each row without a number was seen in one file.
public struct CFPBOccurrences: Sendable {
    private var counts: [Digest: Int] = [:]

    public init() {}

    /// 1 for the first such row, then 2, …
    mutating func count(_ row: Digest) -> Int {
        counts[row, default: 0] += 1
        return counts[row, default: 1]
    }
}
