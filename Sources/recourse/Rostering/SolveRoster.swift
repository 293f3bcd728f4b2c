import ArgumentParser
import Rostering

/// `roster solve`: a roster in the time given, and what no roster can cost less than.
struct SolveRoster: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "solve", abstract: "Find a good roster in the time given.",
        discussion: """
            Searches by simulated annealing on all threads, and works out a bound beside it; ends early where the bound proves that no roster is
            better. Progress goes to standard error. Ctrl-C ends the search and prints the best roster so far.

            Example: recourse roster solve Instance1.txt --seconds 10 > roster.txt && recourse roster check Instance1.txt roster.txt
            """)

    @Argument(help: ArgumentHelp("The instance.", valueName: "file")) var file: String
    @Option(name: .long, help: "How the instance is written: \(RosterFormat.allCases.map(\.rawValue).joined(separator: ", ")).") var format = RosterFormat.ssb
    @Option(name: .long, help: "How long to search at most.") var seconds = 60.0
    @Option(name: .long, help: "Threads to search with.") var threads = 2
    @Option(name: .long, help: "Where chance begins; another number is another search.") var seed: UInt64 = 1
    @Option(name: .long, help: ArgumentHelp("A roster to repair: each day that differs from it costs --change-weight.", valueName: "roster"))
    var repair: String?
    @Option(name: .long, help: "What a changed day costs in a repair.") var changeWeight = 1_000
    @Flag(name: .long, help: "Print as JSON: penalty, bound, time, and the roster.") var json = false

    func validate() throws {
        guard seconds > 0, seconds <= 86_400 else { throw ValidationError("--seconds must be above 0 and at most 86400.") }
        guard (0...100_000).contains(changeWeight) else { throw ValidationError("--change-weight must be 0 to 100000.") }
        guard (1...64).contains(threads) else { throw ValidationError("--threads must be 1 to 64.") }
    }

    func run() throws {
        let benchmark = try format.read(file)
        let published = try repair.map { benchmark.plan(of: try RosterFile.read($0)) }
        var problem = benchmark.problem
        if let published { problem = problem.keeping(published, changeWeight: changeWeight) }
        let found = RosterHunt(problem, seconds: seconds, threads: threads, seed: seed).run()
        if let impossible = found.impossible.first {
            throw Failure("no roster is possible: \(Conflict(problem, person: impossible)?.sentence ?? benchmark.employees[impossible].id)")
        }
        guard let plan = found.plan else {
            throw Failure("no roster without a broken rule was found in \(seconds) seconds; none was proven impossible either")
        }
        let roster = benchmark.roster(of: plan)
        let audit = benchmark.audit(roster)
        let changes = published.map { zip($0, plan).count { $0 != $1 } }
        guard audit.violations.isEmpty, audit.penalty + (changes ?? 0) * changeWeight == found.cost else {
            throw Failure(
                "the evaluator contradicts the engine (\(audit.penalty) against \(found.cost)); this is a fault of Recourse, and the roster is withheld")
        }
        if json {
            print(found.json(audit, changes, roster.json(of: benchmark)).line)
        } else {
            for remark in found.remark(audit, changes) { print("# \(remark)") }
            print(roster.text(of: benchmark), terminator: "")
        }
    }
}

extension RosterHunt.Found {
    /// What was found, in words, a line each. In a repair the bound is on penalty and changes together.
    func remark(_ audit: RosterAudit, _ changes: Int?) -> [String] {
        let against = bound.map { cost == $0 ? "which no roster can beat" : "no roster can cost less than \($0)" } ?? "no bound is known"
        let changed = changes.map { ", with \($0) changed days \(cost)" } ?? ""
        return [
            "penalty \(audit.penalty)\(changed), \(against)",
            "\(moves) moves in \(milliseconds) ms, \(processorMilliseconds) ms of processor time, seed \(seed)",
        ]
    }

    func json(_ audit: RosterAudit, _ changes: Int?, _ roster: JSON) -> JSON {
        .object([
            ("penalty", .integer(audit.penalty)), ("lowerBound", bound.map { .integer($0) } ?? .null), ("optimal", .boolean(bound == cost)),
            ("changedDays", changes.map { .integer($0) } ?? .null), ("hardViolations", .integer(audit.violations.count)),
            (
                "parts",
                .object([
                    ("refusedOnRequests", .integer(audit.refusedOnRequests)), ("refusedOffRequests", .integer(audit.refusedOffRequests)),
                    ("underCover", .integer(audit.underCover)), ("overCover", .integer(audit.overCover)),
                ])
            ),
            ("milliseconds", .integer(milliseconds)), ("processorMilliseconds", .integer(processorMilliseconds)), ("moves", .integer(moves)),
            ("threads", .integer(threads)), ("seed", .text("\(seed)")), ("interrupted", .boolean(interrupted)), ("roster", roster),
        ])
    }
}
