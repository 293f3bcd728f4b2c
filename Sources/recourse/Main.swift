import ArgumentParser

/// The one executable. What it can do is the list of its subcommands; each teaches itself with `--help`.
@main
struct Recourse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recourse",
        abstract: "The dispute desk of a digital-asset exchange.",
        discussion: """
            Everything that happens to a dispute is one event in one append-only log; what should happen is a policy pack; the rest follows.

            First steps:
              $ recourse store init --rehearsal --store Data/try
              $ export RECOURSE_STORE=Data/try
              $ recourse policy publish Policy
              $ recourse user add amir --role R2 --level L2
              $ recourse import cfpb Examples/complaints/cfpb_2023-06_10000.csv.gz
              $ recourse desk

            Exit codes: 0 done, 1 refused (one sentence on standard error says why), 2 damaged log, 64 wrong command line.
            """,
        version: Version.text,
        subcommands: [
            DeskCommand.self, MeasuresCommand.self, CaseCommands.self, ImportCommands.self, PolicyCommands.self, LogCommands.self, VerifyProof.self,
            StoreCommands.self,
            UserCommands.self, KeyCommands.self, ProviderCommands.self, SignInCommand.self, WebhookCommands.self, ServeCommand.self,
            ExchangeCommands.self, TickCommand.self, EraseCommand.self, CausesCommands.self, ChangesCommand.self, MapCommand.self, ConformanceCommand.self,
            ForecastCommands.self, StaffingCommands.self, RosterCommands.self, PredictCommand.self, ExportCommand.self, Version.self,
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
        } catch {
            if let failure = Failure(of: error) { failure.leave() }
            exit(withError: error)
        }
    }
}

struct Version: ParsableCommand {
    static let text = "0.1.0"
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Print the version.", discussion: "Example: recourse version")

    @Flag(name: .long, help: "Print as JSON.")
    var json = false

    func run() {
        print(json ? JSON.object([("version", .text(Version.text))]).line : "recourse \(Version.text)")
    }
}
