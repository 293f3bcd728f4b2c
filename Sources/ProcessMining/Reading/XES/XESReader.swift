/// Reads event logs in XES 1.0 and 2.0 (IEEE 1849-2016, 1849-2023) from chunks, however they are cut.
///
/// Of each event the keys of the classifier, `time:timestamp`, `org:resource` and `lifecycle:transition` are taken, everything else is passed over.
/// The name of a trace is its `concept:name`; traces of one name are one case. Booleans and other values that are not legal XES do not matter here.
public struct XESReader {
    private var reader: XMLReader<XESSink>

    public init(options: LogOptions) { reader = XMLReader(XESSink(options)) }

    public mutating func feed(_ chunk: [UInt8]) throws(LogRefusal) { try reader.feed(chunk) }

    public mutating func finish() throws(LogRefusal) -> LogReading {
        try reader.finish()
        return try reader.sink.reading()
    }
}

/// What the tags of a log mean.
private struct XESSink: XMLSink {
    private enum Level { case outside, log, trace, event }
    private static let missing = UInt32.max

    private let options: LogOptions
    private let instants: InstantReader
    private let scratch = ByteWindow()
    private var columns = EventColumns()
    private var level = Level.outside
    /// How many elements are open inside an attribute or a declaration; what they hold is passed over.
    private var nested = 0

    private var declared: [String: [String]] = [:]
    private var keys: KeyMatcher?
    private var classifierKeys: [String] = []
    private var nameSlot = -1
    private var coder = ActivityCoder(keys: 1)
    private var lifecycles = LifecycleBalance()

    // The trace and the event that are open.
    private var traceLine = 0
    private var traceName: UInt32 = missing
    private var traceFirst = 0
    private var traceTable = NameTable()
    private var traceSeen: [Bool] = []
    private var codes: [UInt32] = []
    private var time: Int64?
    private var resource = missing
    private var eventLine = 0
    private var badTime: String?

    private var faults = Faults()
    private var duplicates = Places()
    private var unnamed = Places()
    private var empty = Places()
    private var strays = Places()
    private var zoned = Places()
    private var zoneless = Places()

    init(_ options: LogOptions) {
        self.options = options
        instants = InstantReader(order: .dayFirst, offsetMinutes: options.offsetMinutes ?? 0)
    }

    mutating func open(_ tag: XMLTag) throws(LogRefusal) {
        if nested > 0 {
            if !tag.isEmpty { nested += 1 }
            return
        }
        switch level {
        case .event: try eventAttribute(tag)
        case .trace: try insideTrace(tag)
        case .log: try insideLog(tag)
        case .outside:
            guard tag.localName.equals("log") else {
                throw LogRefusal(line: tag.line, "the document is a “\(tag.name.text)”, not a “log”: no XES")
            }
            if !tag.isEmpty { level = .log }
        }
    }

    mutating func close(_ name: Bytes, line: Int) throws(LogRefusal) {
        if nested > 0 {
            nested -= 1
            return
        }
        switch level {
        case .event:
            endEvent()
            level = .trace
        case .trace:
            endTrace()
            level = .log
        case .log: level = .outside
        case .outside: break
        }
    }

    private mutating func insideLog(_ tag: XMLTag) throws(LogRefusal) {
        let name = tag.localName
        if name.equals("trace") {
            if keys == nil { settleClassifier() }
            (traceLine, traceName, traceFirst) = (tag.line, XESSink.missing, columns.count)
            if tag.isEmpty { empty.add(tag.line) } else { level = .trace }
            return
        }
        if name.equals("event") { strays.add(tag.line) }
        if name.equals("classifier"), let label = try tag.text("name"), let text = try tag.text("keys") {
            declared[label] = Classifier.keys(declared: text)
        }
        if !tag.isEmpty { nested = 1 }
    }

    private mutating func insideTrace(_ tag: XMLTag) throws(LogRefusal) {
        if tag.localName.equals("event") {
            for index in codes.indices { codes[index] = XESSink.missing }
            (time, resource, eventLine, badTime) = (nil, XESSink.missing, tag.line, nil)
            lifecycles.beginEvent()
            if tag.isEmpty { endEvent() } else { level = .event }
            return
        }
        if tag.name.equals("string"), let key = tag.attribute("key"), key.value.equals("concept:name"), let value = tag.attribute("value") {
            let name = value.isRaw ? try XMLText.decoded(value.value, into: scratch, line: tag.line) : value.value
            traceName = traceTable.code(of: name)
        }
        if !tag.isEmpty { nested = 1 }
    }

    @inline(__always)
    private mutating func eventAttribute(_ tag: XMLTag) throws(LogRefusal) {
        if !tag.isEmpty { nested = 1 }
        guard let keys, let key = tag.attribute("key") else { return }
        guard let found = keys.find(key.value) else { return }
        guard let attribute = tag.attribute("value") else { return }
        let value = attribute.isRaw ? try XMLText.decoded(attribute.value, into: scratch, line: tag.line) : attribute.value
        if found.isTime { take(time: value, line: tag.line) }
        if found.isResource { resource = columns.resourceTable.code(of: value) }
        if found.isLifecycle { lifecycles.take(value) }
        if found.slot >= 0 { codes[found.slot] = coder.code(of: value, key: found.slot) }
    }

    @inline(__always)
    private mutating func take(time text: Bytes, line: Int) {
        guard let reading = instants.read(text) else {
            badTime = text.text
            return
        }
        time = reading.microseconds
        if reading.hasZone { zoned.add(line) } else { zoneless.add(line) }
    }

    private mutating func endEvent() {
        guard let activity = coder.activity(of: codes) else {
            faults.add(eventLine, "the event has no \(classifierKeys.joined(separator: " and no "))")
            return
        }
        guard let time else {
            faults.add(eventLine, badTime.map { "“\($0)” is not a time" } ?? "the event has no time:timestamp")
            return
        }
        guard activity < UInt32(EventColumns.activitiesMax), columns.count < EventColumns.eventsMax else {
            faults.add(eventLine, "more than \(EventColumns.activitiesMax) different activities: the classifier cannot be right")
            return
        }
        lifecycles.endEvent(of: nameSlot < 0 ? activity : codes[nameSlot], line: eventLine)
        columns.cases.append(0)
        columns.activities.append(UInt16(activity))
        columns.times.append(time)
        columns.resources.append(resource)
        columns.places.append(UInt32(truncatingIfNeeded: eventLine))
    }

    private mutating func endTrace() {
        lifecycles.endCase()
        guard columns.count > traceFirst else {
            empty.add(traceLine)
            return
        }
        if traceName == XESSink.missing {
            unnamed.add(traceLine)
            traceName = traceTable.code(of: "trace on line \(traceLine)")
        }
        while traceSeen.count < traceTable.count { traceSeen.append(false) }
        if traceSeen[Int(traceName)] { duplicates.add(traceLine) }
        traceSeen[Int(traceName)] = true
        let code = columns.caseTable.code(of: traceTable[Int(traceName)])
        for index in traceFirst..<columns.count { columns.cases[index] = code }
    }

    private mutating func settleClassifier() {
        let classifier = Classifier(options.classifier, declared: declared)
        classifierKeys = classifier.keys.isEmpty ? [Classifier.name] : classifier.keys
        coder = ActivityCoder(keys: classifierKeys.count)
        nameSlot = classifierKeys.firstIndex(of: Classifier.name) ?? -1
        codes = [UInt32](repeating: XESSink.missing, count: classifierKeys.count)
        keys = KeyMatcher(
            classifier: classifierKeys, time: options.timeColumn ?? "time:timestamp", resource: options.resourceColumn ?? "org:resource",
            lifecycle: Classifier.lifecycle)
    }

    mutating func reading() throws(LogRefusal) -> LogReading {
        try checkZones()
        if faults.count > 0, !options.leavesOutBadRows {
            throw LogRefusal("the log was not read, as some of its events cannot be", faults)
        }
        guard columns.count > 0 else { throw LogRefusal("the log has no events") }
        columns.activityNames = coder.names
        if columns.resources.allSatisfy({ $0 == XESSink.missing }) { columns.resources = [] } else { nameNobody() }
        let taken = columns
        columns = EventColumns()
        let (log, disorder) = EventLog.grouped(taken)
        return LogReading(
            log: log, format: .xes,
            source: ["cases: traces", "activities: " + classifierKeys.joined(separator: " + "), "times: \(options.timeColumn ?? "time:timestamp")"],
            problems: problems(disorder))
    }

    /// Events that do not say who did them were done by nobody in particular.
    private mutating func nameNobody() {
        guard columns.resources.contains(XESSink.missing) else { return }
        let nobody = columns.resourceTable.code(of: "")
        for index in columns.resources.indices where columns.resources[index] == XESSink.missing { columns.resources[index] = nobody }
    }

    private func checkZones() throws(LogRefusal) {
        guard zoned.count > 0, zoneless.count > 0, options.offsetMinutes == nil else { return }
        var mixed = Faults()
        for line in zoneless.first { mixed.add(line, "a time without its offset from UTC, where others have theirs") }
        throw LogRefusal("\(zoneless.count) times say no offset from UTC and \(zoned.count) do: say --offset for those that do not", mixed)
    }

    private func problems(_ disorder: EventLog.Disorder) -> [LogProblem] {
        var list: [LogProblem] = []
        func add(_ kind: LogProblem.Kind, _ places: Places, _ sentence: String) {
            if places.count > 0 { list.append(LogProblem(kind, count: places.count, lines: places.first, sentence: sentence)) }
        }
        if disorder.events > 0 { list.append(.wrongOrder(disorder)) }
        add(.duplicateCase, duplicates, "traces with the name of an earlier one: read as more of the same case")
        add(.emptyCase, empty, "traces without an event: left out")
        add(.emptyCase, unnamed, "traces without a name: read as a case each")
        add(.strayEvent, strays, "events outside any trace: left out")
        add(.missingEnd, lifecycles.unmatched, "starts without their completion in the same case")
        if zoneless.count > 0, zoned.count == 0, options.offsetMinutes == nil {
            add(.zoneAssumed, zoneless, "times without an offset: taken as UTC")
        }
        if faults.count > 0 {
            let sentence = "events left out: " + (faults.first.first.map { $0.reason } ?? "")
            list.append(LogProblem(.leftOut, count: faults.count, lines: faults.first.map(\.line), sentence: sentence))
        }
        return list
    }
}

extension LogProblem {
    static func wrongOrder(_ disorder: EventLog.Disorder) -> LogProblem {
        LogProblem(
            .wrongOrder, count: disorder.events, lines: disorder.firstPlaces.map(Int.init),
            sentence: "events that stand behind a later event of their case: put in the order of time")
    }
}
