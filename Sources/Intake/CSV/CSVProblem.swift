/// What is wrong with one record of a table. Columns are counted from 1, as people do.
public enum CSVProblem: Error, Hashable, Sendable {
    case fieldCount(expected: Int, found: Int)
    /// A quotation mark inside a field that does not begin with one (RFC 4180 §2.5).
    case strayQuote(column: Int)
    /// Something between the closing quotation mark and the next comma.
    case textAfterQuote(column: Int)
    /// The file ends inside quotation marks; nothing after them could be told apart, so this one ends the reading.
    case unterminatedQuote(openedOnLine: Int)
    case fieldTooLong(column: Int)
    case recordTooLong
    case tooManyColumns
    case notUTF8(column: Int)
}

extension CSVProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .fieldCount(let expected, let found): "\(found) fields where the header has \(expected)"
        case .strayQuote(let column): "a quotation mark in the middle of field \(column)"
        case .textAfterQuote(let column): "text after the closing quotation mark of field \(column)"
        case .unterminatedQuote(let line): "the file ends inside the quotation marks opened on line \(line)"
        case .fieldTooLong(let column): "field \(column) is too long"
        case .recordTooLong: "the record is too long"
        case .tooManyColumns: "the record has too many fields"
        case .notUTF8(let column): "field \(column) is not UTF-8"
        }
    }
}
