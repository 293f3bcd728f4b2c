import ArgumentParser
import RootCauses

/// `recourse causes …`: which slice explains why a KPI moved.
struct CausesCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "causes",
        abstract: "Say which combinations of attributes explain why a KPI moved.",
        discussion: """
            The file is a table of leaves: attribute columns of any names, and `real` and `predict`; for a ratio instead `real_a`, `real_b`, `predict_a`,
            `predict_b` (numerators and denominators, now and as predicted).

            Example: recourse causes week.csv
            Example: recourse causes evaluate Data/rca --json
            """,
        subcommands: [FindCauses.self, EvaluateCauses.self], defaultSubcommand: FindCauses.self)
}

/// `causes find`: one table.
struct FindCauses: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "find",
        abstract: "Find the causes in one table.",
        discussion: """
            A row that cannot be read refuses the whole file; each such row is named.

            Example: recourse causes week.csv --json
            """)

    @Argument(help: ArgumentHelp("The table: CSV, plain, gzip or zip.", valueName: "file"))
    var file: String

    @Option(name: .long, help: ArgumentHelp("At most so many shuffles behind each p-value; 0 for none.", valueName: "number"))
    var shuffles = 999

    @Option(name: .long, help: ArgumentHelp("The seed of the shuffles.", valueName: "number"))
    var seed: UInt64 = 1

    @Flag(name: .long, help: "Print as JSON.")
    var json = false

    func validate() throws {
        guard 0...100_000 ~= shuffles else { throw ValidationError("--shuffles must be 0 to 100000.") }
    }

    func run() throws {
        let table = try LeafFile(path: file).table()
        let started = ProcessorTime.now
        let causes = RootCauses(of: table, shuffles: shuffles, seed: seed)
        let spent = ProcessorTime.now - started
        let report = CausesReport(causes: causes, file: file, seed: seed, milliseconds: spent)
        print(json ? report.json.line : harmless(report.text))
    }
}

/// `causes evaluate`: tables whose causes are known.
struct EvaluateCauses: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Count how many known causes are found, exactly.",
        discussion: """
            A folder holds tables and `labels.csv` with the columns `file` and `root_causes` (`a=a1&b=b2;c=c3`); a folder of such folders is taken one by
            one. The score is micro F1: what was found exactly, too much, and not, summed over the tables.

            Example: recourse causes evaluate Data/rca
            """)

    @Argument(help: ArgumentHelp("The folders.", valueName: "folder"))
    var folders: [String]

    @Flag(name: .long, help: "Print as JSON, one object a folder.")
    var json = false

    func run() throws {
        for folder in try LabelledFolder.found(in: folders) {
            let score = try folder.score()
            print(json ? score.json.line : score.text)
        }
    }
}
