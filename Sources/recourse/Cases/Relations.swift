import ArgumentParser
import Chronicle
import Disputes
import Policies
import RecourseClient
import Timekeeping
import Wire

struct ReopenCase: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "reopen", abstract: "Open a closed case again; it is never a new one.",
        discussion: "Example: recourse case reopen P2P-1001 --because \"The bank took the money back.\" --as lee")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("Why.", valueName: "text")) var because: String
    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.reopenCase(act.named, BecauseBody(because: because)) }
}

struct CloseCase: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Close a case without deciding it.",
        discussion: "Example: recourse case close P2P-1001 --because \"Opened by mistake.\" --as lee")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("Why.", valueName: "text")) var because: String
    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.closeCase(act.named, BecauseBody(because: because)) }
}

struct MergeCase: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Close a case as the same dispute as another, which goes on.",
        discussion: "Example: recourse case merge 9RCEH7XK --into P2P-1001 --as lee")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("The case that goes on.", valueName: "case")) var into: String

    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.mergeCase(act.named, OtherCaseBody(other: into)) }
}

struct UnmergeCase: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "unmerge", abstract: "Undo a merge; the case goes on where it stood.",
        discussion: "Example: recourse case unmerge 9RCEH7XK --because \"Another order.\" --as lee")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("Why.", valueName: "text")) var because: String

    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.unmergeCase(act.named, BecauseBody(because: because)) }
}

struct LinkCase: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: "Say that a case is one of many with the same cause, or that it is not.",
        discussion: """
            Examples:
              recourse case link P2P-1001 --incident 9RCEH7XK --as lee
              recourse case link P2P-1001 --remove --as lee
            """)
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("The case of the common cause.", valueName: "case")) var incident: String?
    @Flag(name: .long, help: "Remove the link.") var remove = false
    func validate() throws { if remove == (incident != nil) { throw ValidationError("say either --incident or --remove") } }

    func perform(_ desk: Connection) async throws -> CaseChange {
        guard let incident else { return try await desk.client.unlinkIncident(act.named) }
        return try await desk.client.linkIncident(act.named, OtherCaseBody(other: incident))
    }
}
