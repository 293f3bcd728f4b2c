import ProcessMining
import Testing

/// What other tools say about published logs, to the event and to the millisecond. Counts and durations were taken with pandas from the same
/// files by the rule that reproduces Fluxicon Disco's own exports of these logs: order by time, ties in the order of the file.
@Suite("Published logs (need RECOURSE_DATA)", .enabled(if: Logs.areThere, "RECOURSE_DATA is not set: the published logs were NOT read"))
struct PublishedTruthsTests {
    struct Truth: Sendable, CustomTestStringConvertible {
        let file: String
        var classifier = "name"
        let cases, events, activities, variants, edges: Int
        /// Mean, median, p90 and the longest, in thousandths of a day.
        let days: (Int, Int, Int, Int)
        /// Cases of the first and the first ten variants, and with a repeated activity, in hundredths of a percent.
        let shares: (Int, Int, Int)
        var testDescription: String { "\(file), \(classifier)" }
    }

    static let truths = [
        Truth(
            file: "helpdesk_italian.xes.gz", cases: 4_580, events: 21_348, activities: 14, variants: 226, edges: 55, days: (40_858, 39_859, 53_006, 59_995),
            shares: (5_166, 8_408, 2_707)),
        Truth(
            file: "bpic2013_closed_problems.xes.gz", classifier: "name+lifecycle", cases: 1_487, events: 6_660, activities: 7, variants: 327, edges: 27,
            days: (178_885, 82_022, 527_583, 2_254_849), shares: (3_262, 6_732, 5_501)),
        Truth(
            file: "bpic2013_closed_problems.xes.gz", cases: 1_487, events: 6_660, activities: 4, variants: 183, edges: 10,
            days: (178_885, 82_022, 527_583, 2_254_849), shares: (3_315, 7_868, 6_503)),
        Truth(
            file: "receipt.xes.gz", cases: 1_434, events: 8_577, activities: 27, variants: 116, edges: 99, days: (5_408, 33, 14_095, 275_840),
            shares: (4_972, 8_787, 635)),
        Truth(
            file: "uci_incident_event_log.zip", cases: 24_918, events: 141_712, activities: 9, variants: 2_080, edges: 50,
            days: (13_135, 6_070, 22_181, 341_274), shares: (1_299, 5_719, 6_056)),
        Truth(
            file: "csm_15k_servicenow_inail.xes.gz", cases: 15_445, events: 74_046, activities: 21, variants: 65, edges: 51, days: (442, 1, 925, 25_137),
            shares: (6_663, 9_347, 10_000)),
    ]

    @Test("Cases, events, activities, variants, edges and durations are those of the literature", arguments: truths)
    func counts(truth: Truth) throws {
        let log = try Logs.real(truth.file, classifier: truth.classifier).log
        let map = ProcessMap(log)
        #expect(log.caseCount == truth.cases)
        #expect(log.eventCount == truth.events)
        #expect(log.activityNames.count == truth.activities)
        #expect(map.variants.all.count == truth.variants)
        #expect(map.edges.count == truth.edges)
        func thousandths(_ microseconds: Int64) -> Int { Int((Double(microseconds) / 86_400_000).rounded()) }
        let days = (thousandths(map.throughput.mean), thousandths(map.throughput.median), thousandths(map.throughput.p90), thousandths(map.throughput.max))
        #expect(days == truth.days)
        func hundredths(_ cases: Int) -> Int { Int((Double(cases) * 10_000 / Double(log.caseCount)).rounded()) }
        let shares = (
            hundredths(map.variants.cases(ofFirst: 1)), hundredths(map.variants.cases(ofFirst: 10)), hundredths(map.rework.casesWithRepetition)
        )
        #expect(shares == truth.shares)
    }

    /// Every case's duration in milliseconds, added and exclusive-ored: one wrong millisecond in one case changes both.
    @Test(
        "The duration of every case is right to the millisecond",
        arguments: [
            ("helpdesk_italian.xes.gz", 16_168_162_208_000, 1_176_615_776), ("bpic2013_closed_problems.xes.gz", 22_982_556_508_000, 235_636_099_200),
            ("receipt.xes.gz", 670_056_454_479, 20_897_671_465), ("uci_incident_event_log.zip", 28_278_798_900_000, 20_689_302_112),
        ] as [(String, Int64, Int64)])
    func toTheMillisecond(file: String, sum: Int64, mixed: Int64) throws {
        let times = try Logs.real(file).log.throughputTimes
        #expect(times.allSatisfy { $0 % 1_000 == 0 })
        #expect(times.reduce(0) { $0 + $1 / 1_000 } == sum)
        #expect(times.reduce(0) { $0 ^ ($1 / 1_000) } == mixed)
    }

    @Test(
        "The times of the largest steps are exact: count, total, median and p90 in milliseconds",
        arguments: [
            ("helpdesk_italian.xes.gz", "Resolve ticket", "Closed", 4_558, 11_568_702_085_000, 2_592_116_000, nil),
            ("bpic2013_closed_problems.xes.gz", "Accepted", "Completed", 1_562, 6_686_656_645_000, 430_764_000, nil),
            (
                "receipt.xes.gz", "T05 Print and send confirmation of receipt", "T06 Determine necessity of stop advice", 791, 209_272_873_440, 37_540,
                693_036_003
            ),
            ("uci_incident_event_log.zip", "Resolved", "Closed", 24_916, 13_221_037_860_000, 433_980_000, 643_260_000),
        ] as [(String, String, String, Int, Int64, Int64, Int64?)])
    func edges(file: String, from: String, to: String, count: Int, total: Int64, median: Int64, p90: Int64?) throws {
        let log = try Logs.real(file).log
        let edge = try #require(ProcessMap(log).edges.first { log.activityNames[$0.from] == from && log.activityNames[$0.to] == to })
        #expect(edge.durations.count == count)
        #expect(edge.durations.total / 1_000 == total)
        #expect((edge.durations.median + 500) / 1_000 == median)
        if let p90 { #expect(edge.durations.p90 / 1_000 == p90) }
    }

    @Test("Rework of the helpdesk: steps to itself, and hand-overs")
    func rework() throws {
        let helpdesk = Rework(try Logs.real("helpdesk_italian.xes.gz").log)
        #expect(helpdesk.selfLoops == 944)
        #expect(helpdesk.handovers == 8_648)
        #expect(Rework(try Logs.real("bpic2013_closed_problems.xes.gz").log).handovers == 1_771)
    }

    @Test("The textbook example is the same as XES and as CSV")
    func runningExample() throws {
        let (xes, csv) = (try Logs.real("running-example.xes").log, try Logs.real("running-example.csv").log)
        #expect(xes.throughputTimes.sorted() == csv.throughputTimes.sorted())
        #expect(ProcessMap(xes).edges.map(\.durations.count) == ProcessMap(csv).edges.map(\.durations.count))
    }

    @Test("Lines that end in CR, two-digit years and points between them are read: the call centre")
    func callCentre() throws {
        let reading = try Logs.real("apromore_callcenter.zip")
        #expect(reading.log.caseCount == 3_885)
        #expect(reading.log.eventCount == 7_548)
        #expect(!reading.log.starts.isEmpty)
    }

    @Test("Rows out of order are told with their lines: the UCI log has two")
    func disorder() throws {
        let problems = try Logs.real("uci_incident_event_log.zip").problems
        #expect(problems.first { $0.kind == .wrongOrder }?.count == 2)
    }
}
