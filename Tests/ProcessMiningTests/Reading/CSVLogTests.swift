import ProcessMining
import Testing

@Suite("Logs as tables")
struct CSVLogTests {
    @Test(
        "Times are read however they are written",
        arguments: [
            ("2026-03-01T10:00:00Z", 1_772_359_200_000), ("2026-03-01 10:00:00.250", 1_772_359_200_250), ("2026-03-01T11:00:00.000+01:00", 1_772_359_200_000),
            ("2026-03-01 10:00", 1_772_359_200_000), ("01/03/2026 10:00", 1_772_359_200_000), ("1.3.26 10:00", 1_772_359_200_000),
            ("01-03-2026:10.00.00", 1_772_359_200_000), ("2026/03/01 10:00:00.000", 1_772_359_200_000), ("1/3/2026 10:00 AM", 1_772_359_200_000),
            ("1/3/2026 12:30:00 am", 1_772_325_000_000), ("1772359200", 1_772_359_200_000), ("1772359200250", 1_772_359_200_250),
            ("2026-03-01", 1_772_323_200_000), ("2026-03-01 10:00:00 UTC", 1_772_359_200_000), ("2026-03-01T05:00:00-0500", 1_772_359_200_000),
        ] as [(String, Int64)])
    func times(text: String, milliseconds: Int64) throws {
        let log = try Logs.read("case,activity,time\n1,A,\(text)\n", LogOptions(isDayFirst: true)).log
        #expect(log.times == [milliseconds * 1_000])
    }

    @Test(
        "What is no time is refused with its line, and nothing is taken",
        arguments: ["", "soon", "2026-13-01", "2026-02-29", "31/04/2026", "25:00", "2026-03-01T25:00:00", "2026-03-01T10:00:00+99:00", "12", "2026-03-01x"])
    func noTimes(text: String) throws {
        let refusal = #expect(throws: LogRefusal.self) { try Logs.read("case,activity,time\n1,A,2026-03-01\n1,B,\(text)\n") }
        #expect(refusal?.faults.map(\.line) == [3])
    }

    @Test("Whether the day or the month comes first is found out from the file")
    func dateOrder() throws {
        let dayFirst = try Logs.read("case,activity,time\n1,A,03/04/2016\n1,B,13/04/2016\n")
        let monthFirst = try Logs.read("case,activity,time\n1,A,03/04/2016\n1,B,03/14/2016\n")
        let open = try Logs.read("case,activity,time\n1,A,03/04/2016\n1,B,05/04/2016\n")
        #expect(dayFirst.log.throughputTimes == [10 * 86_400_000_000])
        #expect(monthFirst.log.throughputTimes == [10 * 86_400_000_000])
        #expect(open.log.throughputTimes == [2 * 86_400_000_000])
        #expect(open.problems.map(\.kind).contains(.dateOrderAssumed))
        #expect(!dayFirst.problems.map(\.kind).contains(.dateOrderAssumed))
    }

    @Test(
        "Fields in quotation marks, other delimiters, every end of line and a mark at the beginning", arguments: ["\n", "\r\n", "\r"], [",", ";", "\t", "|"])
    func forms(end: String, delimiter: String) throws {
        let rows = [
            "case\(delimiter)activity\(delimiter)time", "1\(delimiter)\"A\(delimiter) \"\"x\"\"\(end)y\"\(delimiter)2026-03-01",
            "1\(delimiter)B\(delimiter)2026-03-02",
        ]
        for chunk in [1, 3, 1_000] {
            let log = try Logs.read("\u{FEFF}" + rows.joined(separator: end) + end + end, chunk: chunk).log
            #expect(log.path(of: 0) == ["A\(delimiter) \"x\"\(end)y", "B"])
        }
    }

    @Test(
        "Columns are known by the names people give them",
        arguments: [
            "case:concept:name,concept:name,time:timestamp", "Case ID,Activity,Complete Timestamp", "case_id,activity_name,end_time", "TICKET,Status,Date",
            "number,incident_state,sys_updated_at",
        ])
    func columns(header: String) throws {
        #expect(try Logs.read("\(header)\n1,A,2026-03-01\n").log.path(of: 0) == ["A"])
    }

    @Test("A column nobody knows is asked for by name; what there is is listed")
    func unknownColumns() throws {
        let text = "who,what,when\n1,A,2026-03-01\n"
        let refusal = #expect(throws: LogRefusal.self) { try Logs.read(text) }
        #expect(refusal?.sentence.contains("--case-column") == true)
        #expect(refusal?.sentence.contains("“what”") == true)
        let log = try Logs.read(text, LogOptions(caseColumn: "who", activityColumn: "what", timeColumn: "when")).log
        #expect(log.eventCount == 1)
        #expect(throws: LogRefusal.self) { try Logs.read(text, LogOptions(caseColumn: "whom")) }
    }

    @Test("The activity may be name and lifecycle, or columns of one's own")
    func classifier() throws {
        let text = "case,activity,lifecycle,team,time\n1,A,start,X,2026-03-01\n1,A,complete,Y,2026-03-02\n"
        #expect(try Logs.read(text).log.path(of: 0) == ["A", "A"])
        #expect(try Logs.read(text, LogOptions(classifier: "name+lifecycle")).log.path(of: 0) == ["A+start", "A+complete"])
        #expect(try Logs.read(text, LogOptions(classifier: "team")).log.path(of: 0) == ["X", "Y"])
        #expect(try Logs.read(text, LogOptions(classifier: "team+name")).log.path(of: 0) == ["X+A", "Y+A"])
    }

    @Test("Every bad row is told by its line, and one is enough to take nothing")
    func badRows() throws {
        let text = "case,activity,time\n1,A,2026-03-01\n1,B\n,C,2026-03-01\n1,,2026-03-01\n1,E,never\n2,\"F\"x,2026-03-01\n3,G,2026-03-01\n"
        let refusal = #expect(throws: LogRefusal.self) { try Logs.read(text) }
        #expect(refusal?.faults.map(\.line) == [3, 4, 5, 6, 7])
        #expect(refusal?.faultCount == 5)
        // Left out on demand, and counted.
        let reading = try Logs.read(text, LogOptions(leavesOutBadRows: true))
        #expect(reading.log.eventCount == 2)
        #expect(reading.log.caseCount == 2)
        #expect(reading.problems.first { $0.kind == .leftOut }?.count == 5)
    }

    @Test("Times with and without an offset in one file are refused until somebody says what the others mean")
    func mixedZones() throws {
        let text = "case,activity,time\n1,A,2026-03-01T10:00:00+01:00\n1,B,2026-03-01T10:00:00\n"
        let refusal = #expect(throws: LogRefusal.self) { try Logs.read(text) }
        #expect(refusal?.faults.map(\.line) == [3])
        #expect(try Logs.read(text, LogOptions(offsetMinutes: 60)).log.throughputTimes == [0])
    }

    @Test(
        "A file that ends inside quotation marks, and one that is no table, are refused",
        arguments: ["case,activity,time\n1,\"A,2026-03-01\n", "", "\n\n", "hello"])
    func broken(text: String) { #expect(throws: LogRefusal.self) { try Logs.read(text) } }
}
