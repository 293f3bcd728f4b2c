/// A row that was not taken in, and why; every other row goes in without it.
public struct RowRejection: Error, Hashable, Sendable {
    /// The line of the file on which the row begins, from 1.
    public let line: Int
    public let reason: Reason

    public enum Reason: Hashable, Sendable {
        case notATable(CSVProblem)
        case missing(column: String)
        /// A value outside a closed list; guessing what it means would be worse than asking.
        case unknown(column: String, value: String)
        /// A value that does not read as what the column holds (`a date`, `a number`).
        case malformed(column: String, value: String, expected: String)
        /// Rows of one incident that stand apart from each other in a file that is read incident by incident.
        case scattered(incident: String)
    }

    public init(line: Int, _ reason: Reason) {
        self.line = line
        self.reason = reason
    }
}

extension RowRejection: CustomStringConvertible {
    public var description: String { "line \(line): \(reason)" }
}

extension RowRejection.Reason: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notATable(let problem): problem.description
        case .missing(let column): "“\(column)” is empty"
        case .unknown(let column, let value): "“\(column)” has the unknown value “\(value)”"
        case .malformed(let column, let value, let expected): "“\(column)” holds “\(value)”, which is not \(expected)"
        case .scattered(let incident): "rows of \(incident) were read before, with other incidents in between"
        }
    }
}
