import Foundation
import Testing

@Suite("The map on the command line")
struct MapTests {
    private func json(_ outcome: Program.Outcome) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(outcome.out.utf8)) as? [String: Any])
    }

    @Test("The map of a log is JSON with counts, edges and durations that say their units")
    func map() throws {
        let outcome = try Program.run(["map", "Examples/incidents/uci_extract.csv", "--json"])
        #expect(outcome.code == 0, "\(outcome.err)")
        let map = try json(outcome)
        // Counted with another parser, like the incidents of the same file.
        #expect(map["cases"] as? Int == 400)
        #expect(map["events"] as? Int == 2_627)
        let edges = try #require(map["edges"] as? [[String: Any]])
        #expect(map["edge_count"] as? Int == edges.count)
        #expect(edges.reduce(0) { $0 + ($1["count"] as? Int ?? 0) } == 2_627 - 400)
        #expect(edges.allSatisfy { $0["median_ms"] is Int && $0["total_hours"] is NSNumber })
        #expect((map["durations"] as? [String: Any])?["median_days"] is NSNumber)
        let bottlenecks = try #require(map["bottlenecks"] as? [[String: Any]])
        #expect(bottlenecks.first?["from"] as? String == "Resolved")
        #expect(bottlenecks.first?["class"] as? String == "timer")
    }

    @Test("Without --json it is a page for people")
    func report() throws {
        let outcome = try Program.run(["map", "Examples/incidents/uci_extract.csv", "--limit", "3"])
        #expect(outcome.code == 0)
        #expect(outcome.out.contains("400 cases, 2627 events"))
        #expect(outcome.out.contains("is a clock and nobody's delay"))
    }

    @Test("A log is compared with a model, and what was otherwise is named")
    func conformance() throws {
        let folder = try TemporaryFolder()
        let log = try folder.write(
            "case,activity,time\n1,Open,2026-03-01\n1,Withdraw,2026-03-02\n2,Open,2026-03-01\n2,Pay,2026-03-02\n2,Withdraw,2026-03-03\n", to: "log.csv")
        let outcome = try Program.run(["conformance", log, "Tests/ProcessMiningTests/Models/claim.bpmn", "--json"])
        #expect(outcome.code == 0, "\(outcome.err)")
        let result = try json(outcome)
        #expect(result["fitting_cases"] as? Int == 1)
        #expect(result["unknown_activities"] as? [String] == ["Pay"])
        #expect((result["deviations"] as? [[String: Any]])?.first?["activity"] as? String == "Pay")
    }

    @Test(
        "A log that cannot be read is refused in a sentence with its lines, and nothing is printed as a result",
        arguments: [
            ("case,activity,time\n1,A,2026-03-01\n1,B,never\n", "line 3: “never” in time is not a time"), ("", "the file is empty"),
            ("<log>\n<trace>\n</log>\n", "line 3: “</log>” where “trace” is open"), ("{\"events\": [", "line 1: the file ends too early"),
            ("SQLite format 3\u{0}", "the file is a SQLite database"), ("a,b\n1,2\n", "no column is known to hold the case"),
            ("<!DOCTYPE log [<!ENTITY a \"aa\">]><log>&a;</log>", "a document type declaration"),
        ])
    func refused(text: String, sentence: String) throws {
        let folder = try TemporaryFolder()
        let outcome = try Program.run(["map", try folder.write(text, to: "log"), "--json"])
        #expect(outcome.code == 1)
        #expect(outcome.out.isEmpty)
        #expect(outcome.err.contains(sentence), "\(outcome.err)")
    }

    @Test("A packed file that grows like a bomb is given up", arguments: ["gzip -9"])
    func bomb(packing: String) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("bomb.gz").path
        let made = try Program.run(
            ["-c", "(printf 'case,activity,time\\n'; head -c 400000000 /dev/zero | tr '\\0' 'x') | \(packing) > '\(path)'"],
            executable: URL(fileURLWithPath: "/bin/bash"))
        #expect(made.code == 0)
        let outcome = try Program.run(["map", path])
        #expect(outcome.code == 1)
        #expect(outcome.err.contains("bomb") || outcome.err.contains("MiB"), "\(outcome.err)")
    }

    @Test(
        "Wrong options end with 64",
        arguments: [["map"], ["map", "x", "--offset", "CET"], ["map", "x", "--wait-class", "A=soon"], ["map", "x", "--day-first", "--month-first"]])
    func options(typed: [String]) throws { #expect(try Program.run(typed).code == 64) }

    @Test("A file that is not there is refused with its name")
    func missing() throws {
        let outcome = try Program.run(["map", "/no/such.xes"])
        #expect(outcome.code == 1)
        #expect(outcome.err.contains("/no/such.xes"))
    }
}
