import ArgumentParser
import Chronicle
import Disputes
import Policies

struct PlaceHold: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "hold", abstract: "Ask the exchange to freeze the escrow.", discussion: "Example: recourse case hold P2P-1001 --as amir")
    @OptionGroup var act: ActOptions
    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] { [.placeHold] }
}

struct LiftHold: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "unhold", abstract: "Let the escrow go again without a decision.", discussion: "Example: recourse case unhold P2P-1001 --as amir")
    @OptionGroup var act: ActOptions
    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] { [.liftHold] }
}

struct LegalHold: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "legal-hold", abstract: "Record an authority's order that freezes the case, or its end.",
        discussion: """
            Examples:
              recourse case legal-hold P2P-1001 --authority "District court of Penang" --reference "AP-11/2026" --as nora
              recourse case legal-hold P2P-1001 --lift --as nora
            """)
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("Who ordered it.", valueName: "name")) var authority: String?
    @Option(name: .long, help: ArgumentHelp("The order's own reference; sealed.", valueName: "text")) var reference: String?
    @Flag(name: .long, help: "The order has ended.") var lift = false
    func validate() throws { if lift == (authority != nil) { throw ValidationError("say either --authority or --lift") } }
    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] {
        guard let authority else { return [.liftLegalHold] }
        return [.placeLegalHold(authority: authority, reference: try await desk.seal(reference, in: dispute))]
    }
}
