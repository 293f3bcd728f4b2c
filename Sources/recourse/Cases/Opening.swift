import ArgumentParser
import Chronicle
import Disputes
import Policies
import RecourseClient
import Runtime
import Wire

/// `case open`: a claim becomes a case.
struct OpenCase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Open a case from a claim.",
        discussion: """
            About an order, the exchange says who its parties are and what lies in escrow. One-sided cases name the account and the amount.

            Examples:
              recourse case open --order P2P-1001 --reason P2P-B01 --by buyer --as account:maria
              recourse case open --reason DEP-01 --party kenji --order DEP-77 --as account:kenji
              recourse case open --reason CRD-13 --scheme visa --party kenji --amount "900 USDT" --as machine:acquirer
              recourse case open --type COMPLAINT --reason CMP-01 --about P2P-1001 --party maria --jurisdiction MY --as ines
            """)

    @Option(name: .long, help: ArgumentHelp("The reason, a code of the pack.", valueName: "code"))
    var reason: ReasonCode

    @Option(name: .long, help: ArgumentHelp("The kind of case; by default the reason's.", valueName: "code"))
    var type: CaseTypeCode?

    @Option(name: .long, help: ArgumentHelp("The exchange's order, card payment or deposit.", valueName: "reference"))
    var order: OrderReference?

    @Option(name: .long, help: ArgumentHelp("Who claims: buyer or seller; by default whoever acts.", valueName: "chair"))
    var by: String?

    @Option(name: .long, help: ArgumentHelp("The account of a one-sided case.", valueName: "account"))
    var party: AccountReference?

    @Option(name: .long, help: ArgumentHelp("What it is about, where no order says so.", valueName: "amount"))
    var amount: String?

    @Option(name: .long, help: ArgumentHelp("What that is worth in the pack's value asset, today.", valueName: "amount"))
    var value: String?

    @Option(name: .long, help: "The claim in the party's words.")
    var statement: String?

    @Option(name: .long, help: ArgumentHelp("The outcome asked for.", valueName: "code"))
    var wanted: OutcomeCode?

    @Option(name: .long, help: ArgumentHelp("One more point to be answered; repeat for more.", valueName: "text"))
    var point: [String] = []

    @Option(name: .long, help: ArgumentHelp("The card scheme of a chargeback.", valueName: "code"))
    var scheme: SchemeCode?

    @Option(name: .long, help: ArgumentHelp("Where the party lives: MY, EU, US-NY.", valueName: "place"))
    var jurisdiction: Jurisdiction?

    @Option(name: .long, help: ArgumentHelp("A regime to put it under, besides those of its jurisdiction.", valueName: "code"))
    var regime: [RegimeCode] = []

    @Option(name: .long, help: ArgumentHelp("The case a complaint is about.", valueName: "case"))
    var about: String?

    @Option(name: .long, help: ArgumentHelp("Where it came from: source:number.", valueName: "reference"))
    var reference: String?

    @Option(name: .long, help: ArgumentHelp("The language of the party (default: en).", valueName: "code"))
    var language: Language?

    @Option(name: .long, help: "How it reached the desk.")
    var channel = "cli"

    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let claim = self
        try await Connection.use(shared) { desk in
            try desk.demandActor()
            let change = try await desk.client.openCase(try claim.body())
            desk.report(change)
            desk.sayWhetherTold(change, about: claim.about)
        }
    }

    /// What was typed, as the desk takes it.
    private func body() throws -> ClaimBody {
        var body = ClaimBody(reason: reason)
        (body.type, body.order, body.by, body.party) = (type, order?.text, by, party?.text)
        body.amount = try amount.map { try Typed.amount($0) }
        body.value = try value.map { try Typed.amount($0) }
        (body.statement, body.wanted, body.points, body.scheme) = (statement, wanted, point, scheme)
        (body.jurisdiction, body.regimes, body.about, body.reference) = (jurisdiction, regime, about, reference)
        (body.language, body.channel) = (language, channel)
        return body
    }
}
