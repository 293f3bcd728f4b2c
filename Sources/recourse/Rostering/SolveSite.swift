import ArgumentParser
import Foundation
import Rostering

/// `roster site`: a roster by a site's own rules.
struct SolveSite: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site", abstract: "Find a roster by a site's own rules: rest, weekly hours, nights, skills, leave, fair shares.",
        discussion: """
            The plan is JSON; docs/articles/rostering.md shows each field, Examples/rosters has one to try. Prints the roster, or which rules of whom contradict
            each other.

            Example: recourse roster site Examples/rosters/kuala-lumpur.json --seconds 5
            """)

    @Argument(help: ArgumentHelp("The plan.", valueName: "file")) var file: String
    @Option(name: .long, help: "How long to search at most.") var seconds = 20.0
    @Option(name: .long, help: "Threads to search with.") var threads = 2
    @Option(name: .long, help: "Where chance begins.") var seed: UInt64 = 1
    @Flag(name: .long, help: "Print as JSON.") var json = false

    func validate() throws {
        guard seconds > 0, seconds <= 86_400 else { throw ValidationError("--seconds must be above 0 and at most 86400.") }
        guard (1...64).contains(threads) else { throw ValidationError("--threads must be 1 to 64.") }
    }

    func run() throws {
        let plan = try read()
        let problem = plan.problem
        let found = RosterHunt(problem, seconds: seconds, threads: threads, seed: seed).run()
        if let impossible = found.impossible.first {
            throw Failure("no roster is possible: \(Conflict(problem, person: impossible)?.sentence ?? plan.people[impossible].id)")
        }
        guard let choices = found.plan else {
            throw Failure("no roster without a broken rule was found in \(seconds) seconds; none was proven impossible either")
        }
        let roster = plan.roster(of: choices)
        let audit = plan.audit(roster)
        guard audit.violations.isEmpty, audit.penalty == found.cost else {
            throw Failure("the evaluator contradicts the engine (\(audit.penalty) against \(found.cost)): \(audit.violations.joined(separator: "; "))")
        }
        if json {
            let rows = plan.people.map { person in (person.id, JSON.list((roster.rows[person.id] ?? []).map { JSON.text($0) })) }
            print(
                JSON.object([
                    ("penalty", .integer(audit.penalty)), ("lowerBound", found.bound.map { .integer($0) } ?? .null), ("hardViolations", .integer(0)),
                    ("rules", .text(plan.rules.source)),
                    (
                        "parts",
                        .object([
                            ("wishes", .integer(audit.wishes)), ("underCover", .integer(audit.underCover)), ("overCover", .integer(audit.overCover)),
                            ("unfairness", .integer(audit.unfairness)),
                        ])
                    ), ("roster", .object(rows)),
                ]).line)
        } else {
            print(
                "# penalty \(audit.penalty): wishes \(audit.wishes), too few \(audit.underCover), too many \(audit.overCover), unfairness \(audit.unfairness)")
            print("# rules: \(plan.rules.source)")
            for person in plan.people { print(([person.id] + (roster.rows[person.id] ?? []).map { $0 ?? "-" }).joined(separator: " ")) }
        }
    }

    private func read() throws -> SitePlan {
        let bytes = try WholeFile.read(file)
        let plan: SitePlan
        do {
            plan = try JSONDecoder().decode(SitePlan.self, from: Data(bytes))
        } catch {
            throw Failure("\(file) is no plan of a site: \(error)")
        }
        let faults = plan.faults
        guard faults.isEmpty else { throw Failure("\(file) cannot be planned:\n" + faults.map(\.description).joined(separator: "\n")) }
        return plan
    }
}
