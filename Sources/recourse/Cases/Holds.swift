import ArgumentParser
import Chronicle
import Disputes
import Policies
import RecourseClient
import Timekeeping
import Wire

struct PlaceHold: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "hold", abstract: "Ask the exchange to freeze the escrow.", discussion: "Example: recourse case hold P2P-1001 --as amir")
    @OptionGroup var act: ActOptions
    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.placeHold(act.named) }
}

struct LiftHold: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "unhold", abstract: "Let the escrow go again without a decision.", discussion: "Example: recourse case unhold P2P-1001 --as amir")
    @OptionGroup var act: ActOptions
    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.liftHold(act.named) }
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
    func perform(_ desk: Connection) async throws -> CaseChange {
        guard let authority else { return try await desk.client.liftLegalHold(act.named) }
        return try await desk.client.placeLegalHold(act.named, LegalHoldBody(authority: authority, reference: reference))
    }
}
