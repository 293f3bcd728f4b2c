/// Reads object-centric event logs, OCEL 2.0 in JSON (Berti et al. 2024, "OCEL (Object-Centric Event Log) 2.0 Specification"), as a log of cases.
///
/// The life of each object of one kind is a case, and holds every event related to it. An event related to several such objects is in each of
/// their cases: that is what flattening means, and why the events of a map can be more than those of the file.
public struct OCELReader {
    private static let bytesMax = 2 << 30

    private let options: LogOptions
    private let window = ByteWindow()

    public init(options: LogOptions) { self.options = options }

    public mutating func feed(_ chunk: [UInt8]) throws(LogRefusal) {
        window.append(chunk)
        guard window.count <= OCELReader.bytesMax else { throw LogRefusal("more than \(OCELReader.bytesMax >> 30) GiB of JSON") }
    }

    public mutating func finish() throws(LogRefusal) -> LogReading {
        var document = Document(instants: InstantReader(order: .dayFirst, offsetMinutes: options.offsetMinutes ?? 0))
        try document.read(JSONCursor(window.bytes))
        if document.faults.count > 0, !options.leavesOutBadRows {
            throw LogRefusal("the log was not read, as some of its events and objects cannot be", document.faults)
        }
        return try document.flattened(options.objectType, classifier: options.classifier)
    }
}

/// What the file says, before a kind of object is chosen.
private struct Document {
    let instants: InstantReader
    var objectTypes = NameTable()
    var objects = NameTable()
    var typeOfObject: [UInt32] = []
    var eventTypes = NameTable()
    var eventIDs = NameTable()
    var types: [UInt32] = []
    var times: [Int64] = []
    var lines: [UInt32] = []
    /// Which event is related to which object.
    var related: [(event: UInt32, object: String)] = []
    var faults = Faults()
    var zoneless = Places()
    var zoned = Places()

    init(instants: InstantReader) { self.instants = instants }

    mutating func read(_ cursor: JSONCursor) throws(LogRefusal) {
        var cursor = cursor
        var isOCEL = false
        try cursor.object { cursor, key throws(LogRefusal) in
            switch key {
            case "objects":
                isOCEL = true
                try cursor.list { cursor throws(LogRefusal) in try object(&cursor) }
            case "events":
                isOCEL = true
                try cursor.list { cursor throws(LogRefusal) in try event(&cursor) }
            default: try cursor.skip()
            }
        }
        guard cursor.peek() == nil else { throw cursor.broken("something behind the end of the document") }
        guard isOCEL else { throw LogRefusal("the file is JSON, but has neither “events” nor “objects”: no OCEL 2.0") }
    }

    private mutating func object(_ cursor: inout JSONCursor) throws(LogRefusal) {
        _ = cursor.peek()
        let line = cursor.line
        var (id, type): (String?, String?)
        try cursor.object { cursor, key throws(LogRefusal) in
            switch key {
            case "id": id = try cursor.string()
            case "type": type = try cursor.string()
            default: try cursor.skip()
            }
        }
        guard let id, let type else { return faults.add(line, "an object without its id or its type") }
        let before = objects.count
        let code = objects.code(of: id)
        guard Int(code) == before else { return faults.add(line, "the object “\(id)” is there twice") }
        typeOfObject.append(objectTypes.code(of: type))
    }

    private mutating func event(_ cursor: inout JSONCursor) throws(LogRefusal) {
        _ = cursor.peek()
        let line = cursor.line
        var (id, type, time): (String?, String?, String?)
        var objects: [String] = []
        try cursor.object { cursor, key throws(LogRefusal) in
            switch key {
            case "id": id = try cursor.string()
            case "type": type = try cursor.string()
            case "time": time = try cursor.string()
            case "relationships":
                try cursor.list { cursor throws(LogRefusal) in
                    try cursor.object { cursor, key throws(LogRefusal) in
                        if key == "objectId" { objects.append(try cursor.string()) } else { try cursor.skip() }
                    }
                }
            default: try cursor.skip()
            }
        }
        guard let id, let type else { return faults.add(line, "an event without its id or its type") }
        let before = eventIDs.count
        guard Int(eventIDs.code(of: id)) == before else { return faults.add(line, "the event “\(id)” is there twice") }
        guard var time, let reading = time.withUTF8({ instants.read($0) }) else {
            // The id stays taken: a second event of this name would be wrong as well.
            faults.add(line, time.map { "“\($0.prefix(40))”, the time of the event “\(id)”, is none" } ?? "the event “\(id)” has no time")
            types.append(0)
            times.append(0)
            lines.append(0)
            return
        }
        if reading.hasZone { zoned.add(line) } else { zoneless.add(line) }
        let number = UInt32(times.count)
        types.append(eventTypes.code(of: type))
        times.append(reading.microseconds)
        lines.append(UInt32(truncatingIfNeeded: line))
        for object in Set(objects).sorted() { related.append((number, object)) }
    }

    /// The log of one kind of object.
    consuming func flattened(_ asked: String?, classifier: String) throws(LogRefusal) -> LogReading {
        var perType = [Int](repeating: 0, count: objectTypes.count)
        var pairs: [(event: UInt32, object: UInt32)] = []
        pairs.reserveCapacity(related.count)
        for (event, object) in related {
            guard let code = objects.existingCode(of: object) else {
                faults.add(Int(lines[Int(event)]), "an event related to the object “\(object)”, which the file does not have")
                continue
            }
            pairs.append((event, code))
            perType[Int(typeOfObject[Int(code)])] += 1
        }
        guard faults.count == 0 else { throw LogRefusal("the log was not read, as some of its relations lead nowhere", faults) }
        guard zoned.count == 0 || zoneless.count == 0 else {
            throw LogRefusal("\(zoneless.count) times say no offset from UTC and \(zoned.count) do")
        }
        let type: Int
        if let asked {
            guard let code = objectTypes.existingCode(of: asked) else {
                throw LogRefusal("there are no objects of the kind “\(asked)”; there are " + objectTypes.names.map { "“\($0)”" }.joined(separator: ", "))
            }
            type = Int(code)
        } else {
            guard let most = perType.indices.max(by: { perType[$0] < perType[$1] || (perType[$0] == perType[$1] && $0 > $1) }), perType[most] > 0
            else { throw LogRefusal("no event of the log is related to an object") }
            type = most
        }
        var columns = EventColumns()
        var activityOf: [UInt32: UInt16] = [:]
        var caseOf: [UInt32: UInt32] = [:]
        for (event, object) in pairs where Int(typeOfObject[Int(object)]) == type {
            let name = eventTypes[Int(types[Int(event)])]
            if activityOf[types[Int(event)]] == nil {
                activityOf[types[Int(event)]] = UInt16(columns.activityNames.count)
                columns.activityNames.append(name)
            }
            if caseOf[object] == nil { caseOf[object] = columns.caseTable.code(of: objects[Int(object)]) }
            columns.cases.append(caseOf[object] ?? 0)
            columns.activities.append(activityOf[types[Int(event)]] ?? 0)
            columns.times.append(times[Int(event)])
            columns.places.append(lines[Int(event)])
        }
        guard columns.count > 0 else { throw LogRefusal("no event is related to an object of the kind “\(objectTypes[type])”") }
        let (log, disorder) = EventLog.grouped(columns)
        var problems: [LogProblem] = []
        if disorder.events > 0 { problems.append(.wrongOrder(disorder)) }
        if zoneless.count > 0 {
            problems.append(LogProblem(.zoneAssumed, count: zoneless.count, lines: zoneless.first, sentence: "times without an offset: taken as UTC"))
        }
        let others = objectTypes.names.enumerated().filter { $0.offset != type }.map(\.element)
        let source =
            ["cases: objects of the kind “\(objectTypes[type])”" + (others.isEmpty ? "" : " (others: \(others.joined(separator: ", ")))")]
            + ["activities: types of events", "times: time"]
        return LogReading(log: log, format: .ocel, source: source, problems: problems)
    }
}
