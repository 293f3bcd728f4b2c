import ArgumentParser
import Chronicle

/// `export`: the log of cases in the forms other tools for process mining read.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the log of cases as XES, OCEL 2.0 (JSON) or CSV, for other tools.",
        discussion: """
            One event each for everything that happened to a case; a step of the workflow is an activity of its own. Statements, messages, names and
            the ids of parties are not in it, and sealed parts stay sealed. Of a store that is being served a copy of this moment is read.

            Example: recourse export xes --out desk.xes
            """)

    @Argument(help: ArgumentHelp("xes, ocel or csv.", valueName: "form")) var form: ExportForm
    @Option(name: .long, help: ArgumentHelp("Where to write it; standard output otherwise.", valueName: "file")) var out: String?
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let (form, out) = (form, out)
        try await OpenDesk.useLog(shared) { store, _ in
            let log = try await ExportedLog(readingAll: store)
            let text = log.written(as: form)
            guard let out else { return print(text, terminator: "") }
            try WholeFile.write(Array(text.utf8), to: out)
            print("\(log.events.count) events of \(log.cases.count) cases written to \(out)")
        }
    }
}

extension ExportForm: ExpressibleByArgument {}
