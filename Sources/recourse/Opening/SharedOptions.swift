import ArgumentParser
import Chronicle
import EventStorage

/// What every command takes.
struct SharedOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The store, a folder (default: $RECOURSE_STORE, or Data/desk).", valueName: "folder"))
    var store: String?

    @Option(
        name: .long,
        help: ArgumentHelp("A server instead of a store ($RECOURSE_SERVER); the key to it is in $RECOURSE_KEY.", valueName: "url"))
    var server: String?

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
}

extension Instant: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension Code: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
