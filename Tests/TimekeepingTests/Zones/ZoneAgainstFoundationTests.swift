import Chronicle
import Foundation
import Testing
import Timekeeping

/// Our rules against the tz database as Foundation reads it: each hour from 2015 to 2037.
@Suite("Zones against Foundation")
struct ZoneAgainstFoundationTests {
    @Test(
        "A rule shows the hour the tz database shows",
        arguments: [
            ("UTC", [("", "UTC0")]),
            ("Asia/Kuala_Lumpur", [("", "<+08>-8")]),
            ("Asia/Dubai", [("", "<+04>-4")]),
            ("Asia/Kolkata", [("", "IST-5:30")]),
            ("Asia/Kathmandu", [("", "<+0545>-5:45")]),
            ("Asia/Jerusalem", [("", "IST-2IDT,M3.4.4/26,M10.5.0")]),
            ("Europe/London", [("", "GMT0BST,M3.5.0/1,M10.5.0")]),
            ("Europe/Dublin", [("", "IST-1GMT0,M10.5.0,M3.5.0/1")]),
            ("Europe/Berlin", [("", "CET-1CEST,M3.5.0,M10.5.0/3")]),
            ("America/New_York", [("", "EST5EDT,M3.2.0,M11.1.0")]),
            ("America/Los_Angeles", [("", "PST8PDT,M3.2.0,M11.1.0")]),
            ("America/Bogota", [("", "<-05>5")]),
            // Brazil moved the beginning in 2018 and gave daylight time up in 2019; in 2015 carnival moved the end.
            (
                "America/Sao_Paulo",
                [
                    ("", "<-03>3<-02>,M10.3.0/0,M2.4.0/0"), ("2015-03-01T00:00:00Z", "<-03>3<-02>,M10.3.0/0,M2.3.0/0"),
                    ("2018-03-01T00:00:00Z", "<-03>3<-02>,M11.1.0/0,M2.3.0/0"), ("2019-03-01T00:00:00Z", "<-03>3"),
                ]
            ),
            ("Australia/Sydney", [("", "AEST-10AEDT,M10.1.0,M4.1.0/3")]),
            ("Australia/Lord_Howe", [("", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0")]),
            ("Pacific/Chatham", [("", "<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45")]),
        ] as [(String, [(String, String)])])
    func everyHour(name: String, rules: [(String, String)]) throws {
        let eras = try rules.map { ZoneEra(from: $0.0.isEmpty ? nil : try at($0.0), rule: try ZoneRule(parsing: $0.1)) }
        let ours = try Zone(zoneName(name), eras: eras)
        let theirs = try #require(TimeZone(identifier: name), "this machine's tz database lacks \(name)")
        let (from, to) = (try at("2015-01-01T00:00:00Z").milliseconds / 1_000, try at("2038-01-01T00:00:00Z").milliseconds / 1_000)
        var differences = 0
        for second in stride(from: from, to: to, by: 3_600) {
            let expected = theirs.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(second)))
            let found = ours.offsetSeconds(at: Instant(seconds: second))
            if found != expected {
                differences += 1
                if differences <= 3 { Issue.record("\(name) at \(Instant(seconds: second)): \(found), the database says \(expected)") }
            }
        }
        #expect(differences == 0)
    }
}
