import ArgumentParser

/// `recourse import …`: other desks' records become cases here.
struct ImportCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take over complaints and incidents from files.",
        discussion: """
            Importing a file twice adds nothing. Rows that cannot be taken are listed with their line and reason; all others go in.

            Example: recourse import cfpb Examples/complaints/cfpb_2023-06_10000.csv.gz
            """,
        subcommands: [ImportComplaints.self, ImportIncidents.self])
}

/// How an import went: what its last line says.
struct ImportTally: Sendable {
    var imported = 0
    var rejected = 0
    var unchanged = 0

    var line: String { "imported \(imported), rejected \(rejected), unchanged \(unchanged)" }
    var json: JSON { .object([("imported", .integer(imported)), ("rejected", .integer(rejected)), ("unchanged", .integer(unchanged))]) }
    var total: Int { imported + rejected + unchanged }
}

/// What became of one thing in a file.
enum Imported: Sendable {
    case new
    case unchanged
    case rejected(line: Int, reason: String)
}

/// What every import takes, and how it tells where it is.
struct ImportOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The file: CSV, gzip or zip.", valueName: "file"))
    var file: String

    @Flag(name: .long, help: "Show progress even where nobody seems to look.")
    var progress = false

    @OptionGroup var shared: SharedOptions

    func report(_ outcome: Imported, to tally: inout ImportTally) {
        switch outcome {
        case .new: tally.imported += 1
        case .unchanged: tally.unchanged += 1
        case .rejected(let line, let reason):
            tally.rejected += 1
            if shared.json {
                print(JSON.object([("line", .integer(line)), ("reason", .text(reason))]).line)
            } else {
                print("line \(line): \(harmless(reason))")
            }
        }
    }

    func showProgress(_ tally: ImportTally) {
        if Console.complaintsAreSeen {
            Console.progress("\(tally.total) rows, \(tally.line)")
        } else if progress {
            Console.complain(tally.line)
        }
    }

    func finish(_ tally: ImportTally) {
        if Console.complaintsAreSeen { Console.progress("") }
        print(shared.json ? tally.json.line : tally.line)
    }
}
