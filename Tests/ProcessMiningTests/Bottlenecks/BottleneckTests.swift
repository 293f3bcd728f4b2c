import ProcessMining
import Testing

@Suite("Bottlenecks")
struct BottleneckTests {
    static let hour: Int64 = 3_600_000_000

    /// Cases of two events with these hours between them, ended by the actors in turn.
    static func log(_ names: (String, String) = ("X", "Y"), hours: [Double], by actors: [String] = []) -> EventLog {
        var columns = EventColumns()
        for (index, wait) in hours.enumerated() {
            let resource = actors.isEmpty ? nil : actors[index % actors.count]
            columns.append(case: "\(index)", activity: names.0, microseconds: 0, resource: resource.map { _ in "first" })
            columns.append(case: "\(index)", activity: names.1, microseconds: Int64(wait * Double(hour)), resource: resource)
        }
        return EventLog(columns)
    }

    static func tail(_ count: Int) -> [Double] { (1...count).map { Double($0 * $0 % 9_973) / 40 } }

    @Test("A wall at a fixed delay is a clock; a long tail is not")
    func timers() {
        let sharp = BottleneckTests.log(hours: (0..<100).map { 720 + Double($0 % 10) / 100 } + BottleneckTests.tail(100), by: ["robot"])
        #expect(sharp.bottlenecks().first?.waitClass == .timer)
        #expect((sharp.bottlenecks().first?.timerDelay ?? 0) / BottleneckTests.hour == 720)
        // A nightly job: seven days, and then up to a day more.
        let daily = BottleneckTests.log(hours: (0..<100).map { 168 + Double($0 % 24) } + BottleneckTests.tail(60).map { $0 / 4 }, by: ["robot"])
        #expect(daily.bottlenecks().first?.waitClass == .timer)
        let people = BottleneckTests.log(hours: BottleneckTests.tail(200), by: ["ann", "bob", "cid"])
        #expect(people.bottlenecks().first?.waitClass == .queue)
        // The same delays by whoever acted before are a habit of people and no clock.
        var columns = EventColumns()
        for index in 0..<100 {
            columns.append(case: "\(index)", activity: "X", microseconds: 0, resource: "p\(index)")
            columns.append(case: "\(index)", activity: "Y", microseconds: 720 * BottleneckTests.hour, resource: "p\(index)")
        }
        #expect(EventLog(columns).bottlenecks().first?.waitClass == .work)
        // Too few to tell.
        #expect(BottleneckTests.log(hours: [720, 720, 720]).bottlenecks().first?.waitClass == .untold)
    }

    @Test(
        "Names say what a case waits for",
        arguments: [
            ("Accepted+Wait-User", "Completed+Resolved", WaitClass.customer), ("Awaiting User Info", "Active", .customer),
            ("Awaiting Vendor", "Resolved", .thirdParty), ("Queued+Awaiting Assignment", "Accepted+In Progress", .queue),
            ("W_Call+COMPLETE", "W_Call+START", .queue), ("W_Call+START", "W_Call+COMPLETE", .work), ("Take in charge ticket", "Resolve ticket", .work),
            ("Nuovo BO Centrale", "Assegnato BO Centrale", .queue), ("Renewal", "Wait", .untold), ("Wait", "Renewal", .untold),
        ])
    func names(from: String, to: String, expected: WaitClass) {
        #expect(BottleneckTests.log((from, to), hours: BottleneckTests.tail(50)).bottlenecks().first?.waitClass == expected)
    }

    @Test("What is declared goes before what is found")
    func declared() {
        let log = BottleneckTests.log(hours: [Double](repeating: 720, count: 100), by: ["robot"])
        #expect(log.bottlenecks(declared: ["X": .thirdParty]).first?.waitClass == .thirdParty)
    }

    @Test("Hours saved are what lies above the best quarter")
    func saved() {
        let bottleneck = BottleneckTests.log(hours: [1, 2, 3, 4, 5]).bottlenecks().first
        #expect(bottleneck?.bestQuartile == 2 * BottleneckTests.hour)
        #expect(bottleneck?.saved == 6 * BottleneckTests.hour)
        #expect(bottleneck?.shareBasisPoints == 10_000)
    }

    @Test("Work inside an activity stands among the steps, where the log tells when it began")
    func work() {
        var columns = EventColumns()
        columns.append(case: "1", activity: "A", microseconds: 100, startMicroseconds: 0)
        columns.append(case: "1", activity: "B", microseconds: 120, startMicroseconds: 110)
        let found = EventLog(columns).bottlenecks()
        #expect(found.map(\.waitClass) == [.work, .queue, .work])
        #expect(found.map(\.durations.total) == [100, 10, 10])
    }

    @Test(
        "The largest delay of the published logs is a clock that closes, or what its names say (needs RECOURSE_DATA)", .enabled(if: Logs.areThere),
        arguments: [
            ("helpdesk_italian.xes.gz", "name", "Resolve ticket", "Closed", 4_558, 7_155, WaitClass.timer),
            ("uci_incident_event_log.zip", "name", "Resolved", "Closed", 24_916, 4_675, .timer),
            ("csm_15k_servicenow_inail.xes.gz", "name", "Assegnato BO Territoriali Lavoratori", "Assegnato BO Territoriali Lavoratori", 1_763, 3_229, .queue),
            ("receipt.xes.gz", "name", "T05 Print and send confirmation of receipt", "T06 Determine necessity of stop advice", 791, 3_123, .work),
        ])
    func published(file: String, classifier: String, from: String, to: String, count: Int, share: Int, expected: WaitClass) throws {
        let log = try Logs.real(file, classifier: classifier).log
        let first = try #require(log.bottlenecks().first)
        #expect(log.activityNames[first.from] == from)
        #expect(first.to.map { log.activityNames[$0] } == to)
        #expect(first.durations.count == count)
        #expect(first.shareBasisPoints == share)
        #expect(first.waitClass == expected)
    }

    @Test("In the published logs only what closes after a fixed time is taken for a clock (needs RECOURSE_DATA)", .enabled(if: Logs.areThere))
    func noFalseTimers() throws {
        for (file, expected) in [
            ("helpdesk_italian.xes.gz", 1), ("uci_incident_event_log.zip", 1), ("receipt.xes.gz", 0), ("bpic2013_closed_problems.xes.gz", 0),
        ] {
            let timers = try Logs.real(file).log.bottlenecks(limit: 12).filter { $0.waitClass == .timer }
            #expect(timers.count == expected, "\(file)")
        }
    }
}
