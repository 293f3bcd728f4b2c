import Rostering
import Testing

@Suite("The evaluator")
struct AuditTests {
    /// A roster, and the rules it breaks: whose, where, which.
    struct Row: Sendable, CustomTestStringConvertible {
        let what: String
        let ann: String
        let bo: String
        let breaks: [String]
        var testDescription: String { what }
    }

    static let kept = "- E E - - L L - - -"

    static let rows: [Row] = [
        Row(what: "nothing broken", ann: "E E - - E E - - - -", bo: kept, breaks: []),
        Row(what: "work on a day off", ann: "E E - - E E - - L L", bo: kept, breaks: ["Ann 9 day off"]),
        Row(what: "early after late", ann: "E E - - L E - - - -", bo: kept, breaks: ["Ann 5 succession"]),
        Row(what: "too many of a kind", ann: "E E - - E E E - - -", bo: kept, breaks: ["Ann - shifts of a kind"]),
        Row(what: "too many minutes", ann: "E E L L - - E E L -", bo: kept, breaks: ["Ann - most minutes"]),
        Row(what: "too few minutes", ann: "E - - - - - - - - -", bo: kept, breaks: ["Ann - fewest minutes"]),
        Row(what: "too many days in a row", ann: "L L L L L - - - - -", bo: kept, breaks: ["Ann 0 most consecutive shifts"]),
        Row(what: "too few days in a row", ann: "E E - - E - - - - -", bo: kept, breaks: ["Ann 4 fewest consecutive shifts"]),
        Row(what: "too few days off in a row", ann: "E E - L L - - - - -", bo: kept, breaks: ["Ann 2 fewest consecutive days off"]),
        Row(what: "a short run at an edge is none", ann: "E - - E L L - - - -", bo: "- - E L L - - - - L", breaks: []),
        Row(what: "short days off at an edge are none", ann: "- E E - - L L - - -", bo: kept, breaks: []),
        Row(what: "a weekend's one day makes it worked", ann: "E E - - E E - - - -", bo: "- - - - - L - - - -", breaks: []),
        Row(what: "too few days of a row", ann: "E E - - E E - - -", bo: kept, breaks: ["Ann - shape"]),
        Row(what: "an unknown shift", ann: "E E - - X E - - - -", bo: kept, breaks: ["Ann 4 shape", "Ann 5 fewest consecutive shifts"]),
    ]

    @Test("Each kind of rule is told when it is broken, and no other", arguments: rows)
    func violations(row: Row) throws {
        let audit = try ShiftBenchmark(reading: SmallInstances.text).audit(BenchmarkRoster(reading: "Ann \(row.ann)\nBo \(row.bo)\n"))
        #expect(audit.violations.map { "\($0.employee) \($0.day.map(String.init) ?? "-") \($0.rule.rawValue)" } == row.breaks)
    }

    @Test("Two weekends are too many for who may work one")
    func weekends() throws {
        let text = SmallInstances.text.replacing("\n10\n", with: "\n14\n")
        let audit = try ShiftBenchmark(reading: text).audit(BenchmarkRoster(reading: "Ann E E - - - L L - - - - L L -\nBo - - - - - - - - - - - - - -"))
        #expect(audit.violations.map(\.rule) == [.weekendsMax])
    }

    @Test("Somebody unknown, and somebody missing, are told")
    func names() throws {
        let audit = try ShiftBenchmark(reading: SmallInstances.text).audit(BenchmarkRoster(reading: "Ann E E - - E E - - - -\nCy - -"))
        #expect(audit.violations.map { "\($0.employee) \($0.rule)" } == ["Cy shape", "Bo shape"])
    }

    @Test("Penalties are added up by their part")
    func penalties() throws {
        let audit = try ShiftBenchmark(reading: SmallInstances.text).audit(BenchmarkRoster(reading: "Ann - E E - - L L - - -\nBo - E L - - E - - - -"))
        // Ann's early on day 0 (3) and Bo's late on day 4 (2) refused; Bo's early on day 1 (5) not spared; day 0 lacks both (100 + 90);
        // day 1 has two on early where none is wanted (2 · 7).
        #expect(audit.refusedOnRequests == 5)
        #expect(audit.refusedOffRequests == 5)
        #expect(audit.underCover == 190)
        #expect(audit.overCover == 14)
        #expect(audit.penalty == 214)
    }
}
