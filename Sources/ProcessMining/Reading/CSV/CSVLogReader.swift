/// Reads event logs from tables: a row is an event, its columns found by name or said.
///
/// The first row is the header. Commas, semicolons, tabulators and strokes part fields, whichever the header has most of. Whether dates are
/// written day or month first is found out from the first mebibyte.
public struct CSVLogReader {
    private static let sampleBytes = 1 << 20

    private let options: LogOptions
    private let window = ByteWindow()
    private let scratch = ByteWindow()
    private var table: Table?
    private var columns = EventColumns()
    private var faults = Faults()
    private var zoned = Places()
    private var zoneless = Places()
    private var endsBeforeStart = Places()

    /// What the header settled.
    private struct Table {
        var rows: CSVRows
        let layout: LogColumns
        let header: [String]
        let room: FieldRoom
        var coder: ActivityCoder
        var codes: [UInt32]
        var instants: InstantReader
        var isOrderGuessed: Bool
    }

    public init(options: LogOptions) { self.options = options }

    public mutating func feed(_ chunk: [UInt8]) throws(LogRefusal) {
        window.append(chunk)
        guard table != nil || window.count >= CSVLogReader.sampleBytes else { return }
        try read(isLast: false)
        guard window.count < ByteWindow.bytesMax else {
            throw LogRefusal(line: table?.rows.rowLine ?? 1, "a row of more than \(ByteWindow.bytesMax >> 20) MiB: a quotation mark is not closed")
        }
    }

    public mutating func finish() throws(LogRefusal) -> LogReading {
        try read(isLast: true)
        return try reading()
    }

    private mutating func read(isLast: Bool) throws(LogRefusal) {
        var at = 0
        if table == nil { at = try begin(isLast: isLast) }
        guard var table else { throw LogRefusal("the file is empty") }
        self.table = nil
        let bytes = window.bytes
        let room = table.room
        defer { withExtendedLifetime(room) {} }
        let (slots, fields) = (UnsafeBufferPointer(room.slots), room.fields)
        reading: while at < bytes.count {
            if bytes[at] == 10 || bytes[at] == 13 {
                // A line without a single byte is no row.
                if case .row(let next) = table.rows.row(bytes, at, slots: slots, fields: fields, isLast: isLast) {
                    at = next
                    continue
                }
                break
            }
            switch table.rows.row(bytes, at, slots: slots, fields: fields, isLast: isLast) {
            case .incomplete: break reading
            case .broken(let next, let reason):
                faults.add(table.rows.rowLine, reason)
                at = next
            case .row(let next):
                take(&table)
                at = next
            }
        }
        self.table = table
        window.drop(at)
        guard columns.count < EventColumns.eventsMax else { throw LogRefusal("more than \(EventColumns.eventsMax) events") }
    }

    @inline(__always)
    private mutating func take(_ table: inout Table) {
        let line = table.rows.rowLine
        guard table.rows.fieldCount == table.header.count else {
            return faults.add(line, "\(table.rows.fieldCount) fields where the header has \(table.header.count)")
        }
        let room = table.room
        guard !room.caseID.bytes.isEmpty else { return faults.add(line, "no \(table.header[table.layout.caseID])") }
        // The scratch is used again by the next field, so each is coded at once; the case last, so that no case is without an event.
        for key in table.layout.activity.indices {
            let value = text(room.activity(key))
            table.codes[key] = value.isEmpty ? .max : table.coder.code(of: value, key: key)
        }
        guard let activity = table.coder.activity(of: table.codes) else {
            return faults.add(line, "no \(table.header[table.layout.activity[0]])")
        }
        guard activity < UInt32(EventColumns.activitiesMax) else {
            return faults.add(line, "more than \(EventColumns.activitiesMax) different activities: the column cannot be right")
        }
        guard let time = time(room.time, &table, line) else { return faults.add(line, complaint(room.time, table, table.layout.time)) }
        var start = time
        if let column = table.layout.start, !room.start.bytes.isEmpty {
            guard let reading = table.instants.read(text(room.start)) else { return faults.add(line, complaint(room.start, table, column)) }
            start = reading.microseconds
            if start > time { endsBeforeStart.add(line) }
        }
        if table.layout.start != nil { columns.starts.append(min(start, time)) }
        if table.layout.resource != nil { columns.resources.append(columns.resourceTable.code(of: text(room.resource))) }
        columns.cases.append(columns.caseTable.code(of: text(room.caseID)))
        columns.activities.append(UInt16(activity))
        columns.times.append(time)
        columns.places.append(UInt32(truncatingIfNeeded: line))
    }

    @inline(__always)
    private mutating func time(_ field: CSVRows.Field, _ table: inout Table, _ line: Int) -> Int64? {
        guard let reading = table.instants.read(text(field)) else { return nil }
        if reading.hasZone { zoned.add(line) } else { zoneless.add(line) }
        return reading.microseconds
    }

    private func complaint(_ field: CSVRows.Field, _ table: Table, _ column: Int) -> String {
        let value = text(field).text
        let name = table.header[column]
        if value.isEmpty { return "no \(name)" }
        var other = table.instants
        other.order = other.order == .dayFirst ? .monthFirst : .dayFirst
        guard other.read(text(field)) != nil else { return "“\(value.prefix(40))” in \(name) is not a time" }
        return "“\(value.prefix(40))” in \(name) is no date when read \(table.instants.order == .dayFirst ? "day" : "month") first"
    }

    @inline(__always)
    private func text(_ field: CSVRows.Field) -> Bytes {
        guard field.isRaw else { return field.bytes }
        scratch.removeAll()
        var index = 0
        while index < field.bytes.count {
            scratch.append(field.bytes[index])
            index += field.bytes[index] == CSVRows.quote ? 2 : 1
        }
        return scratch.bytes
    }
}

extension CSVLogReader {
    /// Reads the header and looks at the dates behind it; where the first row of events begins.
    private mutating func begin(isLast: Bool) throws(LogRefusal) -> Int {
        let all = window.bytes
        var at = all.count >= 3 && all[0] == 0xEF && all[1] == 0xBB && all[2] == 0xBF ? 3 : 0
        if all.count >= 2, all[0] >= 0xFE, all[1] >= 0xFE { throw LogRefusal("the file is not UTF-8 but UTF-16: convert it first") }
        while at < all.count, all[at] == 10 || all[at] == 13 { at += 1 }
        guard at < all.count else { throw LogRefusal("the file is empty") }
        var rows = CSVRows(delimiter: CSVRows.delimiter(of: Bytes(rebasing: all[at...])))
        let whole = FieldRoom(all: 512)
        guard case .row(let next) = rows.row(all, at, slots: UnsafeBufferPointer(whole.slots), fields: whole.fields, isLast: isLast) else {
            throw LogRefusal(line: 1, "the first row does not read as a header")
        }
        // Beyond the room nothing was kept.
        guard rows.fieldCount <= 512 else { throw LogRefusal(line: 1, "more than 512 columns") }
        let header = withExtendedLifetime(whole) { whole.fields[..<rows.fieldCount].map { text($0).text } }
        let layout = try LogColumns(header: header, options)
        var instants = InstantReader(order: .dayFirst, offsetMinutes: options.offsetMinutes ?? 0)
        let found = dateOrder(layout, FieldRoom(layout, columns: header.count), rows, from: next)
        if let isDayFirst = options.isDayFirst {
            instants.order = isDayFirst ? .dayFirst : .monthFirst
        } else if let order = found.order {
            instants.order = order
        }
        table = Table(
            rows: rows, layout: layout, header: header, room: FieldRoom(layout, columns: header.count), coder: ActivityCoder(keys: layout.activity.count),
            codes: [UInt32](repeating: .max, count: layout.activity.count), instants: instants,
            isOrderGuessed: options.isDayFirst == nil && found.isOpen)
        return next
    }

    /// Which comes first in the dates of the sample: whatever exceeds twelve is the day.
    private func dateOrder(_ layout: LogColumns, _ room: FieldRoom, _ begun: CSVRows, from start: Int) -> (order: InstantReader.DateOrder?, isOpen: Bool) {
        var rows = begun
        var at = start
        var isOpen = false
        let bytes = window.bytes
        while at < bytes.count {
            let outcome = rows.row(bytes, at, slots: UnsafeBufferPointer(room.slots), fields: room.fields, isLast: false)
            guard case .row(let next) = outcome else { break }
            at = next
            let parts = room.time.bytes.split(maxSplits: 2) { $0 < 48 || $0 > 57 }
            guard parts.count == 3, parts[0].count <= 2, parts[1].count <= 2 else { continue }
            isOpen = true
            if let first = Int(Bytes(rebasing: parts[0]).text), first > 12 { return (.dayFirst, false) }
            if let second = Int(Bytes(rebasing: parts[1]).text), second > 12 { return (.monthFirst, false) }
        }
        return (nil, isOpen)
    }

    private mutating func reading() throws(LogRefusal) -> LogReading {
        guard let table else { throw LogRefusal("the file is empty") }
        if zoned.count > 0, zoneless.count > 0, options.offsetMinutes == nil {
            let (fewer, sentence) =
                zoneless.count <= zoned.count
                ? (zoneless, "a time without its offset from UTC, where others have theirs") : (zoned, "a time with an offset from UTC, where others have none")
            var mixed = Faults()
            for line in fewer.first { mixed.add(line, sentence) }
            throw LogRefusal("\(zoneless.count) times say no offset from UTC and \(zoned.count) do: say --offset for those that do not", mixed)
        }
        if faults.count > 0, !options.leavesOutBadRows { throw LogRefusal("the log was not read, as some of its rows cannot be", faults) }
        guard columns.count > 0 else { throw LogRefusal("the log has no events") }
        columns.activityNames = table.coder.names
        let taken = columns
        columns = EventColumns()
        let (log, disorder) = EventLog.grouped(taken)
        var problems: [LogProblem] = []
        if disorder.events > 0 { problems.append(.wrongOrder(disorder)) }
        if zoneless.count > 0, options.offsetMinutes == nil {
            problems.append(LogProblem(.zoneAssumed, count: zoneless.count, lines: zoneless.first, sentence: "times without an offset: taken as UTC"))
        }
        if endsBeforeStart.count > 0 {
            problems.append(
                LogProblem(
                    .missingEnd, count: endsBeforeStart.count, lines: endsBeforeStart.first, sentence: "work that ends before it begins: taken as a moment"))
        }
        if table.isOrderGuessed {
            let sentence = "dates like 03/04/2016 read both ways: taken day first; --month-first reads them the other way"
            problems.append(LogProblem(.dateOrderAssumed, count: columns.count, lines: [], sentence: sentence))
        }
        if faults.count > 0 {
            let sentence = "rows left out: " + (faults.first.first.map { $0.reason } ?? "")
            problems.append(LogProblem(.leftOut, count: faults.count, lines: faults.first.map(\.line), sentence: sentence))
        }
        return LogReading(log: log, format: .csv, source: source(table), problems: problems)
    }

    private func source(_ table: Table) -> [String] {
        var source = [
            "cases: \(table.header[table.layout.caseID])", "activities: " + table.layout.activity.map { table.header[$0] }.joined(separator: " + "),
            "times: \(table.header[table.layout.time])",
        ]
        if let start = table.layout.start { source.append("starts: \(table.header[start])") }
        if let resource = table.layout.resource { source.append("who: \(table.header[resource])") }
        return source
    }
}
