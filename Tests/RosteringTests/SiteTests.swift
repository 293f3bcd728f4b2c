import Foundation
import Rostering
import Testing

@Suite("A site's own rules")
struct SiteTests {
    static func plan(_ rules: String = "", people: String = #"{"id": "Ann", "skills": ["zh"]}"#, needs: String = "", days: Int = 14) throws -> SitePlan {
        let text = """
            {"days": \(days), "rules": {"source": "test"\(rules)}, "fairnessWeight": 3, "people": [\(people)], "needs": [\(needs)], "shifts": [
              {"id": "M", "startMinute": 420, "minutes": 480}, {"id": "L", "startMinute": 900, "minutes": 540},
              {"id": "N", "startMinute": 1380, "minutes": 480, "isNight": true}, {"id": "Z", "startMinute": 420, "minutes": 480, "requires": ["zh"]}]}
            """
        return try JSONDecoder().decode(SitePlan.self, from: Data(text.utf8))
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let rules: String
        let row: String
        let says: String?
        var testDescription: String { rules + " " + row }
    }

    static let rows: [Row] = [
        Row(rules: #","restMinutesMin":660"#, row: "N M - -", says: "day 1: 0 minutes of rest, at least 660"),
        Row(rules: #","restMinutesMin":660"#, row: "N - M -", says: nil),
        Row(rules: #","restMinutesMin":660"#, row: "L M - -", says: "day 1: 420 minutes of rest, at least 660"),
        Row(rules: #","shiftMinutesMax":500"#, row: "M L - -", says: "day 1: 540 minutes in one shift"),
        Row(rules: #","weekMinutesMax":960"#, row: "M M M - - - - M", says: "days 0 to 6: 1440 minutes, at most 960"),
        Row(rules: #","weekMinutesMax":960,"averagedOverWeeks":2"#, row: "M M M - - - - M", says: nil),
        Row(rules: #","consecutiveDaysMax":3"#, row: "M M M M - - -", says: "day 0: too many days in a row"),
        Row(rules: #","consecutiveDaysMax":3"#, row: "M M M - M M M", says: nil),
        Row(rules: #","consecutiveNightsMax":2"#, row: "- N N N - - -", says: "day 1: too many nights in a row"),
        Row(rules: #","weeklyRestMinutesMin":1800"#, row: "M M M M M M M M M M M M M M", says: "days 0 to 6: no rest of 1800 minutes"),
        // A day off after a night is 1440 minutes short of the sleep and 24 hours of rest, not 30.
        Row(rules: #","weeklyRestMinutesMin":1800"#, row: "N N N - M M M M M M M M M M", says: "no rest of 1800 minutes"),
        Row(rules: #","weeklyRestMinutesMin":1800"#, row: "N N N - - M M M M - M M M M", says: nil),
    ]

    @Test("Each rule is told when it is broken, from the hours worked", arguments: rows)
    func violations(row: Row) throws {
        let days = row.row.split(separator: " ").map { $0 == "-" ? nil : String($0) }
        let plan = try Self.plan(row.rules)
        let found = plan.audit(BenchmarkRoster(rows: ["Ann": days + Array(repeating: nil, count: 14 - days.count)])).violations
        if let says = row.says { #expect(found.contains { $0.contains(says) }, "\(found)") } else { #expect(found == []) }
    }

    @Test("Skills and leave bind: who lacks a skill, or is on leave, is told")
    func people() throws {
        let plan = try Self.plan(people: #"{"id": "Bo", "leave": [1]}"#)
        let row: [String?] = ["Z", "M"] + Array(repeating: nil, count: 12)
        #expect(plan.audit(BenchmarkRoster(rows: ["Bo": row])).violations == ["Bo: day 0: lacks a skill that Z requires", "Bo: day 1: works on leave"])
    }

    static let all =
        #","restMinutesMin":660,"weeklyRestMinutesMin":1800,"weekMinutesMax":2700,"averagedOverWeeks":3,"consecutiveDaysMax":6,"consecutiveNightsMax":3"#
    static let desk = (0..<6).map { person in
        #"{"id":"P\#(person)","skills":[\#(person % 2 == 0 ? "\"zh\"" : "")],"minutesMin":3000,"minutesMax":8000,"nightsFair":3,"leave":[\#(person)],"wishes":[{"day":8,"shift":"M","weight":2},{"day":9,"avoid":true,"weight":5}]}"#
    }.joined(separator: ",")
    static let wanted = (0..<21).flatMap { day in
        ["M", "L", "N"].map { #"{"day":\#(day),"shift":"\#($0)","wanted":1,"underWeight":100,"overWeight":1}"# }
            + [#"{"day":\#(day),"shift":"Z","skill":"zh","wanted":1,"underWeight":40,"overWeight":1}"#]
    }.joined(separator: ",")

    @Test(
        "The engine's cost is the evaluator's after every change, and what breaks none of its rules breaks none of the law's",
        arguments: 1...6 as ClosedRange<UInt64>)
    func incremental(seed: UInt64) throws {
        let plan = try Self.plan(Self.all, people: Self.desk, needs: Self.wanted, days: 21)
        #expect(plan.faults == [])
        var search = Annealing(plan.problem, seed: seed, ruleWeight: 25)
        var lawful = 0
        for burst in 0..<60 {
            search.run(moves: 400, temperature: burst % 3 == 0 ? 300 : 8)
            let audit = plan.audit(plan.roster(of: search.board.plan))
            #expect(search.board.cost == audit.penalty)
            if search.board.broken == 0 {
                lawful += 1
                #expect(audit.violations == [])
            }
        }
        #expect(lawful > 0)
    }

    @Test("A plan that does not fit itself is refused in words")
    func faults() throws {
        let plan = try Self.plan(#","restMinutesMin":-1"#, people: #"{"id": "A", "leave": [99]}, {"id": "A", "minutesMin": 9, "minutesMax": 3}"#)
        #expect(plan.faults.map(\.sentence).contains("two people have one name"))
        #expect(plan.faults.map(\.sentence).contains("a day of leave of A is outside the plan"))
        #expect(plan.faults.map(\.sentence).contains("A must work more than is allowed"))
        #expect(plan.faults.map(\.sentence).contains { $0.hasPrefix("every limit must be") })
    }
}
