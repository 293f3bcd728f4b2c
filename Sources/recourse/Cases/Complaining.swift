import ArgumentParser
import Chronicle
import Disputes
import Policies
import RecourseClient
import Wire

/// `case complain`: a regulated complaint about a case, or the link to one that is open already.
struct ComplainAbout: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "complain",
        abstract: "Open a regulated complaint about a case, or attach one.",
        discussion: """
            The complainant is the party named; the regimes are those of the jurisdiction.

            Examples:
              recourse case complain P2P-1001 --of buyer --jurisdiction MY --statement "Nobody answered me for days." --as ines
              recourse case complain P2P-1001 --attach case_01JD… --as lee
            """)

    @OptionGroup var act: ActOptions

    @Option(name: .long, help: ArgumentHelp("The party who complains.", valueName: "party"))
    var of = "filer"

    @Option(name: .long, help: ArgumentHelp("The reason, a code of the pack.", valueName: "code"))
    var reason: ReasonCode?

    @Option(name: .long, help: ArgumentHelp("Where the party lives: MY, EU, US-NY.", valueName: "place"))
    var jurisdiction: Jurisdiction?

    @Option(name: .long, help: "The complaint in the party's words.")
    var statement: String?

    @Option(name: .long, help: ArgumentHelp("Only attach this complaint.", valueName: "case"))
    var attach: String?

    mutating func run() async throws {
        let me = self
        try await Connection.use(act.shared) { desk in
            try desk.demandActor()
            if let attach = me.attach { return desk.report(try await desk.client.attachComplaint(me.act.named, OtherCaseBody(other: attach))) }
            let change = try await desk.client.openCase(try me.claim(about: try await desk.client.showCase(me.act.named)))
            desk.report(change)
            desk.sayWhetherTold(change, about: me.act.named)
        }
    }

    private func claim(about case: CaseDetail) throws -> ClaimBody {
        guard let party = `case`.parties.called(of) else { throw `case`.noParty(of) }
        guard let account = party.account else { throw Failure("the desk knows no account of the \(party.capacity.rawValue); a complaint needs one") }
        var claim = ClaimBody(reason: try reason ?? Typed.code("CMP-01"))
        (claim.type, claim.about, claim.party, claim.statement) = (try Typed.code("COMPLAINT"), `case`.summary.id.description, account, statement)
        (claim.language, claim.jurisdiction, claim.channel) = (party.language, jurisdiction ?? party.jurisdiction, "cli")
        return claim
    }
}

extension Connection {
    func sayWhetherTold(_ change: CaseChange, about: String?) {
        guard change.aboutTold == false, let about else { return }
        Console.complain(
            "recourse: the complaint is open; the case it is about was not told, as your role does not include that: a lead says "
                + "recourse case complain \(about) --attach \(change.id)")
    }
}
