import ArgumentParser
import Chronicle
import Policies
import RecourseClient
import Wire

/// `recourse policy …`: the rules as data.
struct PolicyCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Check, compare, explain and publish policy packs.",
        discussion: "Example: recourse policy check Policy",
        subcommands: [
            CheckPolicy.self, ComparePolicies.self, ExplainPolicy.self, PublishPolicy.self, ShowPolicy.self, ProposePolicy.self, ListProposals.self,
            ApproveProposal.self, DeclineProposal.self,
        ])
}

/// `policy check`: every complaint about a pack, with its place.
struct CheckPolicy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "List everything that is wrong with a pack.",
        discussion: "The last line reads “0 errors, N warnings”; with errors the exit code is 1.\n\nExample: recourse policy check Policy")

    @Argument(help: ArgumentHelp("The pack.", valueName: "folder")) var folder: String
    @Flag(name: .long, help: "Print as JSON, one complaint a line.") var json = false

    func run() throws {
        let (_, diagnostics) = PolicyLoader.load(try PackFolder.read(folder))
        for found in diagnostics { print(json ? found.json.line : "\(found)") }
        let errors = diagnostics.filter { $0.severity == .error }.count
        let warnings = diagnostics.count - errors
        if json {
            print(JSON.object([("errors", .integer(errors)), ("warnings", .integer(warnings))]).line)
        } else {
            print("\(errors) \(errors == 1 ? "error" : "errors"), \(warnings) \(warnings == 1 ? "warning" : "warnings")")
        }
        if errors > 0 { throw ExitCode(Failure.Code.refused.rawValue) }
    }
}

extension Diagnostic {
    fileprivate var json: JSON {
        .object([
            ("code", .text(code.rawValue)), ("severity", .text(severity.rawValue)), ("file", .text(place.file)), ("line", .integer(place.line)),
            ("column", .integer(place.column)), ("message", .text(message)), ("hint", .text(hint)),
        ])
    }
}

/// `policy diff`: what changed between two packs, in words.
struct ComparePolicies: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Say in words what changed from one pack to another.",
        discussion: "Example: recourse policy diff Policy /tmp/next-policy")

    @Argument(help: ArgumentHelp("The earlier pack.", valueName: "folder")) var old: String
    @Argument(help: ArgumentHelp("The later pack.", valueName: "folder")) var new: String
    @Flag(name: .long, help: "Print as JSON, one change a line.") var json = false

    func run() throws {
        let changes = PolicyDiff.between(try PackFolder.policy(old), try PackFolder.policy(new))
        for change in changes {
            print(json ? JSON.object([("table", .text(change.table.rawValue)), ("change", .text(change.sentence))]).line : change.sentence)
        }
        if changes.isEmpty, !json { print("Nothing changed.") }
    }
}

/// `policy explain`: a row of the pack as people read it.
struct ExplainPolicy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Print a row of the pack in words, or the whole procedure.",
        discussion: """
            The pack in force in the store, or the one in --pack.

            Examples:
              recourse policy explain P2P-B01 --pack Policy
              recourse policy explain --all
            """)

    @Argument(help: ArgumentHelp("A code: of a reason, a clock, an outcome, a step, a regime …", valueName: "code")) var code: String?
    @Flag(name: .long, help: "The whole procedure.") var all = false
    @Option(name: .long, help: ArgumentHelp("A pack on disk instead of the one in force.", valueName: "folder")) var pack: String?
    @OptionGroup var shared: SharedOptions

    func validate() throws { if all == (code != nil) { throw ValidationError("give a code, or --all") } }

    mutating func run() async throws {
        let words = try await words()
        if shared.json { print(words.line) } else { PolicyText.show(words.text) }
    }

    private func words() async throws -> PolicyWords {
        guard let pack else {
            let code = code
            return try await Connection.use(shared) { desk in
                if let code { try await desk.client.explainPolicy(code) } else { try await desk.client.explainProcedure() }
            }
        }
        let explain = PolicyExplain(try PackFolder.policy(pack))
        guard let code else { return PolicyWords(code: nil, text: explain.procedure()) }
        guard let text = explain.explain(code) else { throw Failure("the policy pack has no row “\(code)”") }
        return PolicyWords(code: code, text: text)
    }
}

/// `policy publish`: put a pack in force for new cases.
struct PublishPolicy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Put a pack in force for new cases; open cases keep theirs.",
        discussion: """
            A pack with errors is refused. The pack's files go into the log. Once a pack is in force, replacing it takes two (recourse policy propose);
            rehearsals do without.

            Example: recourse policy publish Policy
            """)

    @Argument(help: ArgumentHelp("The pack.", valueName: "folder")) var folder: String
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let files = try PackFolder.body(folder)
        try await Connection.use(shared) { desk in
            let policy = try await desk.client.publishPolicy(PackBody(files: files))
            policy.show(desk.options.json, note: policy.unchanged ? "in force already; nothing changed" : "in force for new cases from now on")
        }
    }
}

struct ShowPolicy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Say which pack is in force.", discussion: "Example: recourse policy show")
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        try await Connection.use(shared) { desk in try await desk.client.showPolicy().show(desk.options.json, note: "in force for new cases") }
    }
}

extension PolicyView {
    fileprivate func show(_ json: Bool, note: String) {
        guard !json else { return print(line) }
        print("\(title), version \(version) (\(hash.short)): \(note)")
        print("\(caseTypes) kinds of case, \(reasons) reasons, \(clocks) clocks, \(regimes) regimes, \(letters) letters")
    }
}

/// What a pack says, on a screen: broken between words, each line under its own beginning. A file or a pipe gets the lines whole.
private enum PolicyText {
    static func show(_ text: String) {
        guard Console.isTerminal else { return print(text) }
        let screen = Screen.standard
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let indent = line.prefix { $0 == " " }.count
            let hang = indent + (line.dropFirst(indent).hasPrefix("- ") ? 2 : 0)
            for (number, part) in wrapped(String(line.dropFirst(indent)), to: max(20, screen.columns - hang)).enumerated() {
                print(String(repeating: " ", count: number == 0 ? indent : hang) + part)
            }
        }
    }
}
