import ProcessMining
import Testing

@Suite("Logs in XES")
struct XESTests {
    static let two = [("A", "2026-03-01T10:00:00.000+01:00"), ("B", "2026-03-01T10:00:00Z")]

    @Test("Read the same however the file is cut", arguments: [1, 2, 5, 64, 100_000])
    func cut(chunk: Int) throws {
        let log = try Logs.read(Logs.xes(XESTests.two), chunk: chunk).log
        #expect(log.path(of: 0) == ["A", "B"])
        #expect(log.throughputTimes == [3_600_000_000])
        #expect(log.cases[0] == "1")
    }

    @Test("Entities, apostrophes, comments, nested attributes and prefixes are XML like any other")
    func forms() throws {
        let text = """
            <?xml version='1.0'?><!-- a > b --><x:log xmlns:x="http://www.xes-standard.org/"><global scope="event"><string key='concept:name' value='no'/></global>
            <trace><string value='c &amp; d' key='concept:name'><string key="concept:name" value="nested"/></string>
            <event ><string key="note" value="a > b"><string key="concept:name" value="nested"/></string>
            <string key='concept:name' value='It&apos;s &#60;&#x41;&gt;'/><date key="time:timestamp" value="2026-03-01T10:00:00Z"></date></event></trace></x:log>
            """
        let log = try Logs.read(text).log
        #expect(log.path(of: 0) == ["It's <A>"])
        #expect(log.cases[0] == "c & d")
    }

    @Test("A classifier the log declares can be asked for by its name")
    func declared() throws {
        let more = "<classifier name=\"By team\" keys=\"'org group' concept:name\"/>\n"
        let text = Logs.xes(XESTests.two, more: more).replacing("<event>", with: "<event><string key=\"org group\" value=\"T\"/>")
        #expect(try Logs.read(text, LogOptions(classifier: "By team")).log.path(of: 0) == ["T+A", "T+B"])
    }

    @Test(
        "What is not whole XML is refused with its line",
        arguments: [
            ("<log>\n<trace>\n</log>", 3), ("<log>\n<trace>", 2), ("<log>\n<trace a=\"1></trace>\n</log>", 2), ("<log>\n<string key=novalue/></log>", 2),
            ("<log>\n</log>\n<log></log>", 3), ("<log>\n&</log", 2), ("<csv>\n</csv>", 1),
            ("<log>\n<trace><event><string key=\"concept:name\" value=\"&boom;\"/></event></trace></log>", 2),
            ("<!DOCTYPE log [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>\n<log>&b;</log>", 1),
        ])
    func broken(text: String, line: Int) {
        let refusal = #expect(throws: LogRefusal.self) { try Logs.read(text) }
        #expect(refusal?.faults.first?.line == line, "\(String(describing: refusal))")
    }

    @Test("A whole file cut off anywhere is refused")
    func cutOff() {
        let bytes = Array(Logs.xes(XESTests.two).utf8)
        for length in stride(from: 1, to: bytes.count - 8, by: 3) {
            #expect(throws: LogRefusal.self) { try Logs.read(Array(bytes[..<length]), chunk: 1_000) }
        }
    }

    @Test("Events without a name or a time are told by their lines")
    func bad() throws {
        let text = Logs.xes([("A", "2026-03-01T10:00:00Z"), ("B", "yesterday")]).replacing(
            "</trace>", with: "<event/></trace>")
        let refusal = #expect(throws: LogRefusal.self) { try Logs.read(text) }
        #expect(refusal?.faultCount == 2)
        #expect(refusal?.faults.map(\.line) == [5, 6])
        let reading = try Logs.read(text, LogOptions(leavesOutBadRows: true))
        #expect(reading.log.eventCount == 1)
    }

    @Test("Traces of one name are one case, and that is told; empty traces and starts without an end are told too")
    func oddities() throws {
        let event =
            "<event><string key=\"concept:name\" value=\"A\"/><string key=\"lifecycle:transition\" value=\"start\"/>"
            + "<date key=\"time:timestamp\" value=\"2026-03-01T10:00:00Z\"/></event>"
        let trace = "<trace><string key=\"concept:name\" value=\"7\"/>\(event)</trace>\n"
        let reading = try Logs.read("<log>\n\(trace)\(trace)<trace><string key=\"concept:name\" value=\"8\"/></trace>\n</log>")
        #expect(reading.log.caseCount == 1)
        #expect(reading.log.eventCount == 2)
        let told = Dictionary(uniqueKeysWithValues: reading.problems.map { ($0.kind, $0.lines) })
        #expect(told[.duplicateCase] == [3])
        #expect(told[.emptyCase] == [4])
        #expect(told[.missingEnd] == [2, 3])
    }

    @Test("Elements without end inside each other are refused, not followed")
    func depth() {
        let text = "<log>" + String(repeating: "<list>", count: 100_000)
        #expect(throws: LogRefusal.self) { try Logs.read(text, chunk: 10_000) }
    }
}
