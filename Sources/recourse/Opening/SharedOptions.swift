import ArgumentParser
import Chronicle
import EventStorage

/// What every command takes.
struct SharedOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The store, a folder (default: $RECOURSE_STORE, or Data/desk).", valueName: "folder"))
    var store: String?

    @Flag(name: .long, help: "Print data as JSON, one object a line.")
    var json = false

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("Who acts: a handle, account:REFERENCE, party_…, or machine:NAME (default: $RECOURSE_AS).", valueName: "who"))
    var who: String?

    @Option(name: .long, help: ArgumentHelp("When it happened; only on a store made with --rehearsal.", valueName: "instant"))
    var at: Instant?

    @Option(name: .long, help: ArgumentHelp("A name for this request: sending it twice does it once.", valueName: "key"))
    var key: String?

    @Flag(name: .customLong("no-tick"), help: "Do not ring timers or deliver to the exchange afterwards.")
    var noTick = false

    var folder: StoreFolder { StoreFolder(path: store ?? Console.variable("RECOURSE_STORE") ?? "Data/desk") }
    var actor: String? { who ?? Console.variable("RECOURSE_AS") }

    /// The key with the fingerprint of what was asked: everything on the command line but how to show it and where.
    func idempotency() throws(Failure) -> (key: IdempotencyKey, fingerprint: Digest)? {
        guard let key else { return nil }
        guard let name = IdempotencyKey(key) else { throw Failure("a key has 1 to 128 characters") }
        let shown: Set<String> = ["--json", "--no-tick", "--yes"]
        let asked = CommandLine.arguments.dropFirst().filter { !shown.contains($0) && $0 != store }
        return (name, Digest(hashing: Array(asked.joined(separator: "\u{0}").utf8)))
    }
}

extension Instant: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension Code: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
