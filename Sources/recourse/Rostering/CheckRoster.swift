import ArgumentParser
import Rostering

/// `roster check`: the evaluator, which knows nothing of the engine.
struct CheckRoster: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "List every broken rule of a roster, and what it is charged, part by part.",
        discussion: """
            The roster is what `roster solve` prints, as text (a line an employee, “-” for a day off) or as JSON. With a broken rule the exit code is 1.

            Example: recourse roster check Instance1.txt roster.txt
            """)

    @Argument(help: ArgumentHelp("The instance.", valueName: "file")) var file: String
    @Argument(help: ArgumentHelp("The roster.", valueName: "roster")) var roster: String
    @Option(name: .long, help: "How the instance is written: \(RosterFormat.allCases.map(\.rawValue).joined(separator: ", ")).") var format = RosterFormat.ssb
    @Flag(name: .long, help: "Print as JSON.") var json = false

    func run() throws {
        let benchmark = try format.read(file)
        let audit = benchmark.audit(try RosterFile.read(roster))
        if json {
            print(audit.json.line)
        } else {
            for violation in audit.violations { print(violation) }
            let count = audit.violations.count
            print(
                "\(count) hard \(count == 1 ? "violation" : "violations"); penalty \(audit.penalty): refused shifts \(audit.refusedOnRequests), "
                    + "unwanted shifts \(audit.refusedOffRequests), too few \(audit.underCover), too many \(audit.overCover)")
        }
        if !audit.violations.isEmpty { throw ExitCode(Failure.Code.refused.rawValue) }
    }
}

extension RosterAudit {
    var json: JSON {
        .object([
            ("penalty", .integer(penalty)), ("hardViolations", .integer(violations.count)),
            (
                "parts",
                .object([
                    ("refusedOnRequests", .integer(refusedOnRequests)), ("refusedOffRequests", .integer(refusedOffRequests)),
                    ("underCover", .integer(underCover)), ("overCover", .integer(overCover)),
                ])
            ),
            (
                "violations",
                .list(
                    violations.map { found in
                        .object([
                            ("employee", .text(found.employee)), ("day", found.day.map { .integer($0) } ?? .null), ("rule", .text(found.rule.rawValue)),
                            ("sentence", .text(found.sentence)),
                        ])
                    })
            ),
        ])
    }
}
