/// Turns the bytes of an incident log into histories, one for each incident.
///
/// The published log holds the rows of an incident together, so a history is finished when the next incident begins, and memory is
/// bounded by the longest one and the numbers seen. For a log that is sorted by time, ask for `.wholeFile`.
public struct IncidentLog: Sendable {
    public typealias Item = Result<IncidentHistory, RowRejection>

    public enum Grouping: Hashable, Sendable {
        /// Rows of one incident follow each other; one that stands apart is rejected as scattered.
        case contiguous
        /// Rows may stand anywhere; histories come at the end, in the order of their first rows.
        case wholeFile
    }

    private let grouping: Grouping
    private var reader: CSVReader
    private var layout: IncidentLayout?
    private var numbersSeen: Set<String> = []
    private var open: [IncidentRow] = []
    private var groups: [String: [IncidentRow]] = [:]
    private var order: [String] = []

    public init(grouping: Grouping = .contiguous, limits: CSVLimits = .standard) {
        self.grouping = grouping
        reader = CSVReader(limits: limits)
    }

    /// The histories that are complete, and the rows that were rejected, in this chunk.
    public mutating func feed(_ chunk: [UInt8]) throws(HeaderRefusal) -> [Item] {
        try items(in: reader.feed(chunk))
    }

    /// The rest. Throws `.empty` when there was no header at all.
    public mutating func finish() throws(HeaderRefusal) -> [Item] {
        var items = try items(in: reader.finish())
        guard layout != nil else { throw .empty }
        items += closeOpen()
        for number in order { items += history(of: groups[number] ?? []) }
        (groups, order) = ([:], [])
        return items
    }

    private mutating func items(in rows: [CSVReader.Row]) throws(HeaderRefusal) -> [Item] {
        var items: [Item] = []
        for row in rows {
            guard let layout else {
                layout = try IncidentLayout(header: header(row))
                continue
            }
            do throws(RowRejection) {
                items += try take(IncidentRow(try row.get(), layout))
            } catch {
                items.append(.failure(error))
            }
        }
        return items
    }

    private mutating func take(_ row: IncidentRow) throws(RowRejection) -> [Item] {
        switch grouping {
        case .wholeFile:
            if groups[row.number] == nil { order.append(row.number) }
            groups[row.number, default: []].append(row)
            return []
        case .contiguous:
            if open.first?.number == row.number {
                open.append(row)
                return []
            }
            guard numbersSeen.insert(row.number).inserted else {
                throw RowRejection(line: row.line, .scattered(incident: row.number))
            }
            let finished = closeOpen()
            open = [row]
            return finished
        }
    }

    private mutating func closeOpen() -> [Item] {
        defer { open = [] }
        return history(of: open)
    }

    private func history(of rows: [IncidentRow]) -> [Item] {
        guard let first = rows.first else { return [] }
        return [.success(IncidentHistory(first: first, others: Array(rows.dropFirst())))]
    }
}
