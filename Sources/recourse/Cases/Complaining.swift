import ArgumentParser
import Chronicle
import Disputes
import EventStorage
import Policies
import Runtime

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
        try await OpenDesk.use(act.shared) { desk in
            let about = try await desk.dispute(me.act.named)
            if let attach = me.attach {
                try await desk.carryOut([.attachComplaint(try await desk.desk.find(attach))], on: about.id)
                return
            }
            let before = try await desk.store.head().sequence
            let opening = try await me.opening(about, desk)
            _ = try await desk.perform([.open(opening)], on: opening.id)
            try await desk.attach(opening.id, to: about.id)
            try await desk.tick()
            guard let complaint = try await desk.desk.dispute(opening.id) else { throw Refusal.noSuchCase }
            try await desk.report(complaint, repeated: false, since: before)
        }
    }

    private func opening(_ about: Case, _ desk: OpenDesk) async throws -> CaseCommand.Opening {
        let policy = try await desk.desk.policies.inForce()
        let complainant = try desk.party(of, in: about)
        let id = CaseID(at: desk.now, randomness: desk.desk.surroundings.random())
        var sealed: Sealed?
        if let statement { sealed = try await desk.desk.seal(statement, in: id, limits: policy.limits, by: .party(complainant.id)) }
        let party = Party(
            id: complainant.id, side: .filer, capacity: .user, language: complainant.language, jurisdiction: jurisdiction ?? complainant.jurisdiction,
            account: complainant.account)
        return CaseCommand.Opening(
            id: id, type: try Typed.code("COMPLAINT"),
            claim: Claim(by: complainant.id, reason: try reason ?? Typed.code("CMP-01"), statement: sealed), parties: [party],
            language: complainant.language, jurisdiction: jurisdiction ?? complainant.jurisdiction, channel: "cli", about: about.id,
            simulated: desk.isRehearsal)
    }
}
