/// Reads a log of any format that is known, told apart by its first bytes and not by its name.
///
/// Pure: gets bytes, however they were packed and cut, and gives the log at the end or a refusal, of which nothing was taken.
public struct LogReader {
    private enum Format { case unknown, xes(XESReader), csv(CSVLogReader), ocel(OCELReader) }

    private let options: LogOptions
    private var format = Format.unknown
    private var beginning: [UInt8] = []

    public init(options: LogOptions = LogOptions()) { self.options = options }

    public mutating func feed(_ chunk: [UInt8]) throws(LogRefusal) {
        switch format {
        case .xes(var reader):
            format = .unknown
            try reader.feed(chunk)
            format = .xes(reader)
        case .csv(var reader):
            format = .unknown
            try reader.feed(chunk)
            format = .csv(reader)
        case .ocel(var reader):
            format = .unknown
            try reader.feed(chunk)
            format = .ocel(reader)
        case .unknown:
            beginning += chunk
            guard try tellFormat() else { return }
            let all = beginning
            beginning = []
            try feed(all)
        }
    }

    public mutating func finish() throws(LogRefusal) -> LogReading {
        switch format {
        case .xes(var reader): return try reader.finish()
        case .csv(var reader): return try reader.finish()
        case .ocel(var reader): return try reader.finish()
        case .unknown: throw LogRefusal("the file is empty")
        }
    }

    /// Decided as soon as there is a byte that is no blank and no mark.
    private mutating func tellFormat() throws(LogRefusal) -> Bool {
        let start = beginning.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        guard let first = beginning[start...].first(where: { $0 != 32 && $0 != 10 && $0 != 13 && $0 != 9 }) else { return false }
        if beginning.starts(with: "SQLite format 3".utf8) {
            throw LogRefusal("the file is a SQLite database: of OCEL 2.0, the JSON form is read")
        }
        if beginning.starts(with: "PAR1".utf8) { throw LogRefusal("the file is Parquet, which is not read: write it as CSV") }
        if beginning.starts(with: "%PDF".utf8) || first == 0 { throw LogRefusal("the file is no event log: XES, CSV and OCEL 2.0 in JSON are read") }
        switch first {
        case UInt8(ascii: "<"): format = .xes(XESReader(options: options))
        case UInt8(ascii: "{"): format = .ocel(OCELReader(options: options))
        default: format = .csv(CSVLogReader(options: options))
        }
        return true
    }
}
