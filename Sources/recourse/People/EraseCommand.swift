import ArgumentParser
import Chronicle
import Disputes
import RecourseClient
import Runtime
import Wire

/// `recourse erase`: destroys a person's key, and with it all they said.
struct EraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Erase a person: destroy the key their words are sealed with, for ever.",
        discussion: """
            The log still verifies. It cannot be undone; copies of the key file elsewhere must be given up, too.

            Example: recourse erase account:maria --because "request PRV-01 of 2026-11-22" --yes
            """)
    @Argument(help: ArgumentHelp("account:REFERENCE, or party_….", valueName: "party")) var party: String
    @Option(name: .long, help: ArgumentHelp("Why.", valueName: "text")) var because: String
    @Flag(name: .long, help: "Do it without asking.") var yes = false
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let me = self
        guard !because.isEmpty else { throw Failure("an erasure needs its reason") }
        let id = try named()
        if !yes {
            guard Console.canAsk else { throw Failure("an erasure cannot be undone; confirm it with --yes") }
            guard Console.confirms("This cannot be undone. Type yes to erase \(id):") else { throw Failure("nothing was erased") }
        }
        try await Connection.use(shared) { desk in
            guard !desk.isParty else { throw Failure("a party does not erase anybody; the desk does, when a request about personal data is granted") }
            _ = try await desk.client.erasePerson(id, because: me.because)
            if me.shared.json {
                print(JSON.object([("party", .text(id.description)), ("erased", .boolean(true)), ("because", .text(me.because))]).line)
            } else {
                print("\(id) is erased: what was sealed for them can be read by nobody any more.")
            }
        }
    }

    private func named() throws(Failure) -> PartyID {
        if let given = PartyID(party) { return given }
        if party.hasPrefix("account:"), let account = AccountReference(String(party.dropFirst(8))) { return .account(account) }
        throw Failure("“\(party)” is not a party; write account:REFERENCE or party_…")
    }
}

/// `recourse tick`: lets time and the exchange act.
struct TickCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tick",
        abstract: "Deliver to the exchange, listen to it, and ring what is due.",
        discussion: """
            Every command that changes something does this afterwards, and a desk that is served does it by itself.

            Example: recourse tick
            """)
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        try await Connection.use(shared) { desk in
            let done = try await desk.client.lookAfter()
            if desk.options.json { return print(done.line) }
            print(
                "\(done.carriedOut) carried out, \(done.refused) refused by the exchange, \(done.closedByParties) closed by the parties' own act, "
                    + "\(done.woken) woken by a deadline")
        }
    }
}
