/// The first line of a file is not the header of any layout that can be read; nothing of the file goes in.
public enum HeaderRefusal: Error, Hashable, Sendable {
    /// Not even a header: no bytes, or only blank lines.
    case empty
    /// The first line does not read as a row of a table.
    case unreadable(RowRejection)
    /// The layout it comes closest to, and what it lacks of it.
    case missingColumns([String], of: String)
    case repeatedColumn(String)
}

extension HeaderRefusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .empty: "the file is empty"
        case .unreadable(let rejection): "the header cannot be read: \(rejection)"
        case .missingColumns(let columns, let layout):
            "the header is not that of \(layout): missing " + columns.map { "“\($0)”" }.joined(separator: ", ")
        case .repeatedColumn(let column): "the header names “\(column)” twice"
        }
    }
}
