/// Turns the bytes of a complaint file into complaints, chunk by chunk.
///
/// Every row comes out once, as a complaint or as a rejection with its line; a header that is not known is refused before any row.
public struct CFPBImport: Sendable {
    public typealias Row = Result<CFPBComplaint, RowRejection>

    /// Known once the header has been read.
    public private(set) var layout: CFPBLayout?
    private var reader: CSVReader
    private var occurrences = CFPBOccurrences()

    public init(limits: CSVLimits = .standard) { reader = CSVReader(limits: limits) }

    public mutating func feed(_ chunk: [UInt8]) throws(HeaderRefusal) -> [Row] {
        try complaints(in: reader.feed(chunk))
    }

    /// The rest. Throws `.empty` when there was no header at all.
    public mutating func finish() throws(HeaderRefusal) -> [Row] {
        let rows = try complaints(in: reader.finish())
        guard layout != nil else { throw .empty }
        return rows
    }

    private mutating func complaints(in rows: [CSVReader.Row]) throws(HeaderRefusal) -> [Row] {
        var complaints: [Row] = []
        complaints.reserveCapacity(rows.count)
        for row in rows {
            guard let layout else {
                layout = try CFPBLayout(header: header(row))
                continue
            }
            switch row {
            case .success(let record): complaints.append(CFPBComplaint.read(record, layout, &occurrences))
            case .failure(let rejection): complaints.append(.failure(rejection))
            }
        }
        return complaints
    }
}

/// The names in a header row.
func header(_ row: CSVReader.Row) throws(HeaderRefusal) -> [String] {
    switch row {
    case .success(let record): return record.fields
    case .failure(let rejection): throw .unreadable(rejection)
    }
}
