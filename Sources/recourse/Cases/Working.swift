import ArgumentParser
import Chronicle
import Disputes
import Policies
import RecourseClient
import Timekeeping
import Wire

/// `case take`: the case is mine now.
struct TakeCase: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "take", abstract: "Take a case that nobody has.", discussion: "Example: recourse case take P2P-1001 --as amir")
    @OptionGroup var act: ActOptions
    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.assignCase(act.named) }
}

struct AssignCase: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "assign", abstract: "Give a case to somebody.", discussion: "Example: recourse case assign P2P-1001 --to bea --as lee")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("The member of staff.", valueName: "handle")) var to: String
    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.assignCase(act.named, AssignmentBody(to: to)) }
}

struct ReleaseCase: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Give a case back to the queue.", discussion: "Example: recourse case release P2P-1001 --as amir")
    @OptionGroup var act: ActOptions
    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.releaseCase(act.named) }
}

struct SetTier: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "tier", abstract: "Say how urgent a case is.",
        discussion: "Example: recourse case tier P2P-1001 --to T0 --because \"withdrawal in flight\" --as lee")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("T0 to T4.", valueName: "tier")) var to: TierCode
    @Option(name: .long, help: ArgumentHelp("Why.", valueName: "text")) var because: String
    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.setTier(act.named, TierBody(tier: to, because: because)) }
}

struct DeclareRelation: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "relation", abstract: "Declare that somebody on staff stands in a relation to a party.",
        discussion: "Example: recourse case relation P2P-1001 --of amir --because \"cousin of the seller\" --as amir")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("The member of staff.", valueName: "handle")) var of: String
    @Option(name: .long, help: ArgumentHelp("The relation.", valueName: "text")) var because: String
    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.declareRelation(act.named, RelationBody(staff: of, because: because)) }
}

struct ConcludeInvestigation: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "conclude", abstract: "End the investigation: enough is known to decide.",
        discussion: "Example: recourse case conclude P2P-1001 --as amir")
    @OptionGroup var act: ActOptions
    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.concludeInvestigation(act.named) }
}

struct ExtendClock: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "extend", abstract: "Extend a deadline, with a reason.",
        discussion: """
            A regime's clock goes to the regime's own longest term; other clocks by what --by says.

            Example: recourse case extend P2P-1001 evidence-window --by 24h --because "bank is closed" --as lee
            """)
    @OptionGroup var act: ActOptions
    @Argument(help: ArgumentHelp("The clock.", valueName: "clock")) var clock: String
    @Option(name: .long, help: ArgumentHelp("By how much: 90 min, 24 h, 2 d.", valueName: "span")) var by: String?
    @Option(name: .long, help: ArgumentHelp("Why.", valueName: "text")) var because: String
    func perform(_ desk: Connection) async throws -> CaseChange {
        let by = try by.map { try Typed.span($0).milliseconds }
        return try await desk.client.extendClock(act.named, try Typed.code(clock), ExtensionBody(by: by, because: because))
    }
}
