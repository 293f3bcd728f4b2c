import API
import ArgumentParser
import Chronicle
import Disputes
import Runtime

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
        try await OpenDesk.use(shared) { desk in
            let id: PartyID
            if let given = PartyID(me.party) {
                id = given
            } else if me.party.hasPrefix("account:"), let account = AccountReference(String(me.party.dropFirst(8))) {
                id = .account(account)
            } else {
                throw Failure("“\(me.party)” is not a party; write account:REFERENCE or party_…")
            }
            let owner = StreamID(id)
            let by = try await desk.counter().caller(named: me.shared.actor).requester
            if case .party = by { throw Failure("a party does not erase anybody; the desk does, when a request about personal data is granted") }
            let missing = desk.standIn == nil ? [] : desk.folder.missingKeys
            guard missing.isEmpty else { throw SealingError.keysElsewhere(missing: missing) }
            if await desk.desk.keys.isErased(owner) {
                // A crash may have come between the key and the record of it.
                try await desk.desk.erase(owner, id, because: me.because, by: by.actor)
                throw Failure("\(id) was erased already")
            }
            guard await desk.desk.keys.exists(owner) else { throw Failure("nothing is sealed for \(id)") }
            if !me.yes {
                guard Console.canAsk else { throw Failure("an erasure cannot be undone; confirm it with --yes") }
                guard Console.confirms("This cannot be undone. Type yes to erase \(id):") else { throw Failure("nothing was erased") }
            }
            try await desk.desk.erase(owner, id, because: me.because, by: by.actor)
            if me.shared.json {
                print(JSON.object([("party", .text(id.description)), ("erased", .boolean(true)), ("because", .text(me.because))]).line)
            } else {
                print("\(id) is erased: what was sealed for them can be read by nobody any more.")
            }
        }
    }
}

/// `recourse tick`: lets time and the exchange act.
struct TickCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tick",
        abstract: "Deliver to the exchange, listen to it, and ring what is due.",
        discussion: "Every command that changes something does this afterwards.\n\nExample: recourse tick")
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        try await OpenDesk.use(shared) { desk in
            let tick = try await desk.tick(always: true)
            if desk.options.json {
                let fields: [(String, JSON)] = [
                    ("carriedOut", .integer(tick.carriedOut)), ("refused", .integer(tick.refused)), ("closedByParties", .integer(tick.closedByParties)),
                    ("woken", .integer(tick.woken)),
                ]
                return print(JSON.object(fields).line)
            }
            print(
                "\(tick.carriedOut) carried out, \(tick.refused) refused by the exchange, \(tick.closedByParties) closed by the parties' own act, "
                    + "\(tick.woken) woken by a deadline")
        }
    }
}
