import ArgumentParser
import RecourseClient
import Wire

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

/// `import cfpb`: the Consumer Complaint Database, any of its three layouts.
struct ImportComplaints: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cfpb",
        abstract: "Import complaints of the CFPB's Consumer Complaint Database.",
        discussion: """
            Each row becomes a regulated complaint under CFPB-PORTAL (15 and 60 calendar days), with its own number, narrative and answer.
            The last line reads “imported N, rejected M, unchanged K”.

            Example: recourse import cfpb Examples/complaints/cfpb_2023-08_sample.csv
            """)

    @OptionGroup var options: ImportOptions

    mutating func run() async throws { try await options.run("cfpb") }
}

/// `import incidents`: the incident log of an IT desk, as published by the UCI Machine Learning Repository.
struct ImportIncidents: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "incidents",
        abstract: "Import the UCI incident log: each incident a case, each of its rows a step of its history.",
        discussion: """
            The last line reads “imported N, rejected M, unchanged K”, counted in incidents.

            Example: recourse import incidents Examples/incidents/uci_extract.csv
            """)

    @OptionGroup var options: ImportOptions

    mutating func run() async throws { try await options.run("incidents") }
}

/// What every import takes, and how it tells where it is.
struct ImportOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The file: CSV, gzip or zip.", valueName: "file"))
    var file: String

    @Flag(name: .long, help: "Show progress even where nobody seems to look.")
    var progress = false

    @OptionGroup var shared: SharedOptions

    func run(_ format: String) async throws {
        let chunks = try FileChunks(path: file)
        let last = try await Connection.use(shared) { desk in
            let reply = try await desk.client.importRecords(format, Upload(pieces: chunks, bytes: nil))
            var lines = JSONLines()
            var last: ImportTally?
            for try await piece in reply.pieces {
                for line in lines.take(piece) {
                    let tally = try ImportTally(json: line)
                    report(tally)
                    last = tally
                }
            }
            return last
        }
        if Console.complaintsAreSeen { Console.progress("") }
        guard let last, last.finished else { throw Failure("the import broke off; do it again: what is there already is not imported twice") }
        print(shared.json ? last.json.line : last.line)
        if let failure = last.failure { throw Failure(failure) }
    }

    private func report(_ tally: ImportTally) {
        for rejection in tally.rejections {
            if shared.json {
                print(JSON.object([("line", .integer(rejection.line)), ("reason", .text(rejection.reason))]).line)
            } else {
                print("line \(rejection.line): \(harmless(rejection.reason))")
            }
        }
        if Console.complaintsAreSeen {
            Console.progress("\(tally.imported + tally.rejected + tally.unchanged) rows, \(tally.line)")
        } else if progress {
            Console.complain(tally.line)
        }
    }
}

extension ImportTally {
    fileprivate var line: String { "imported \(imported), rejected \(rejected), unchanged \(unchanged)" }
    fileprivate var json: JSON { .object([("imported", .integer(imported)), ("rejected", .integer(rejected)), ("unchanged", .integer(unchanged))]) }
}

/// Lines out of pieces that end where they will.
private struct JSONLines {
    private var rest: [UInt8] = []

    mutating func take(_ piece: [UInt8]) -> [[UInt8]] {
        rest += piece
        var lines = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
        rest = lines.removeLast()
        return lines
    }
}
