import ArgumentParser
import Forecasting
import Intake

#if canImport(Glibc)
    import Glibc
#endif

/// A table of readings on disk, and how it is to be read; every forecast command takes these.
struct ReadingsFile: ParsableArguments {
    @Argument(help: ArgumentHelp("A table (CSV with a header).", valueName: "file")) var file: String
    @Option(name: .long, help: ArgumentHelp("The column with the time, such as 2026-11-22 14:30, with or without a distance from UTC.", valueName: "column"))
    var timeColumn: String
    @Option(name: .long, help: ArgumentHelp("The column with the number; without it rows are counted.", valueName: "column")) var valueColumn: String?
    @Option(name: .long, help: ArgumentHelp("The spacing of the forecast: 15m, 30m, 1h … 1d or 1w.", valueName: "length")) var every: String
    @Option(name: .long, help: ArgumentHelp("How readings of one slot are put together: sum or mean.", valueName: "way")) var gather = "sum"
    @Option(name: .long, help: ArgumentHelp("A time that is there twice with different values: refuse, add, mean or last.", valueName: "way"))
    var repeats = "refuse"
    @Option(
        name: .long,
        help: ArgumentHelp("Known events (CSV: date,name and, if known, strength): holidays, releases, market moves, past and to come.", valueName: "file"))
    var events: String?
    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("Only rows where a column has this value, such as language=ms; several must all hold.", valueName: "column=value"))
    var only: [String] = []
    @Flag(name: .long, help: "Print as JSON.") var json = false

    /// The conditions of `--only`.
    private func conditions() throws -> [(column: String, value: String)] {
        try only.map { text in
            guard let sign = text.firstIndex(of: "="), sign > text.startIndex else { throw Failure("“\(text)” is no condition; write language=ms") }
            return (String(text[..<sign]), String(text[text.index(after: sign)...]))
        }
    }

    /// The rows as a regular series, and what there is to say about it.
    func series() throws -> (series: Series, notes: [Note]) {
        guard let spacing = Spacing(every) else {
            throw Failure("“\(every)” is no spacing: write minutes or hours that divide a day, 1d or 1w, such as 15m, 30m or 1h")
        }
        guard let gathering = Readings.Gathering(rawValue: gather) else { throw Failure("--gather takes sum or mean, not “\(gather)”") }
        guard let twice = Readings.Repeats(rawValue: repeats) else { throw Failure("--repeats takes refuse, add, mean or last, not “\(repeats)”") }
        var readings = Readings(every: spacing, gathering: gathering, repeats: twice, counting: valueColumn == nil)
        let conditions = try conditions()
        let own = [timeColumn] + (valueColumn.map { [$0] } ?? [])
        try Table.read(file, columns: own + conditions.map(\.column)) { line, fields in
            switch fields {
            case .success(let fields):
                guard zip(conditions, fields.dropFirst(own.count)).allSatisfy({ $0.value == $1 }) else { return }
                try readings.add(time: fields[0], value: valueColumn == nil ? nil : fields[1], line: line)
            case .failure(let rejection): readings.passOver(line, rejection.sentence)
            }
        }
        return try readings.series()
    }

    /// Days on which something is known to happen, from `--events`.
    func knownEvents() throws -> [KnownEvent] {
        guard let events else { return [] }
        var known: [KnownEvent] = []
        var hasStrength = true
        do { try Table.read(events, columns: ["date", "name", "strength"]) { _, _ in } } catch { hasStrength = false }
        try Table.read(events, columns: hasStrength ? ["date", "name", "strength"] : ["date", "name"]) { line, fields in
            guard case .success(let fields) = fields, let stamp = Stamp(fields[0]), !fields[1].isEmpty else {
                throw Failure("\(events), line \(line): a date such as 2026-12-25 and a name are needed")
            }
            let strength = fields.count > 2 && !fields[2].isEmpty ? Double(fields[2]) : 1
            guard let strength, strength.isFinite else { throw Failure("\(events), line \(line): “\(fields[2])” is no strength") }
            known.append(KnownEvent(dayNumber: stamp.dayNumber, name: fields[1], strength: strength))
        }
        return known
    }

    /// Milliseconds of this thread's processor time: what a fit costs, however busy the machine.
    static func processorMilliseconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1_000_000
    }
}

/// Named columns of a table on disk, row by row.
enum Table {
    struct Rejected: Error { let sentence: String }

    static func read(
        _ path: String, columns names: [String], _ use: (_ line: Int, _ fields: Result<[String], Rejected>) throws -> Void
    ) throws {
        var reader = CSVReader()
        var rows = reader.feed(try WholeFile.read(path, bytesMax: 512 << 20))
        rows += reader.finish()
        guard let first = rows.first else { throw Failure("\(path) is empty") }
        guard case .success(let header) = first else { throw Failure("\(path): the header cannot be read") }
        let titles = header.fields.map { $0.withoutBlanks }
        var places: [Int] = []
        for name in names {
            guard let place = titles.firstIndex(of: name) else {
                throw Failure("\(path) has no column “\(harmless(name))”; it has \(titles.prefix(20).map { harmless($0) }.joined(separator: ", "))")
            }
            places.append(place)
        }
        for row in rows.dropFirst() {
            switch row {
            case .success(let record): try use(record.line, .success(places.map { record[$0].withoutBlanks }))
            case .failure(let rejection): try use(rejection.line, .failure(Rejected(sentence: "\(rejection.reason)")))
            }
        }
    }
}

extension String {
    /// Without blanks at either end.
    fileprivate var withoutBlanks: String {
        String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
