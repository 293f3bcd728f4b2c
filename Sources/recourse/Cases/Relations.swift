import ArgumentParser
import Chronicle
import Disputes
import Policies
import Runtime

struct ReopenCase: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "reopen", abstract: "Open a closed case again; it is never a new one.",
        discussion: "Example: recourse case reopen P2P-1001 --because \"The bank took the money back.\" --as lee")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("Why.", valueName: "text")) var because: String
    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] { [.reopen(reason: because)] }
}

struct CloseCase: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Close a case without deciding it.",
        discussion: "Example: recourse case close P2P-1001 --because \"Opened by mistake.\" --as lee")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("Why.", valueName: "text")) var because: String
    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] { [.close(reason: because)] }
}

struct MergeCase: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Close a case as the same dispute as another, which goes on.",
        discussion: "Example: recourse case merge 9RCEH7XK --into P2P-1001 --as lee")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("The case that goes on.", valueName: "case")) var into: String

    mutating func run() async throws {
        let me = self
        try await OpenDesk.use(act.shared) { desk in
            let (duplicate, primary) = (try await desk.dispute(me.act.named), try await desk.dispute(me.into))
            try await desk.carryOut([.merge(into: .init(primary))], on: duplicate.id, and: [.absorb(duplicate.id)], on: primary.id)
        }
    }
    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] { [] }
}

struct UnmergeCase: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "unmerge", abstract: "Undo a merge; the case goes on where it stood.",
        discussion: "Example: recourse case unmerge 9RCEH7XK --because \"Another order.\" --as lee")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("Why.", valueName: "text")) var because: String

    mutating func run() async throws {
        let me = self
        try await OpenDesk.use(act.shared) { desk in
            let duplicate = try await desk.dispute(me.act.named)
            guard let primary = duplicate.links.mergedInto else { throw Refusal.noSuchThing("merge to undo") }
            try await desk.carryOut([.unmerge(reason: me.because)], on: duplicate.id, and: [.releaseDuplicate(duplicate.id)], on: primary)
        }
    }
    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] { [] }
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

    mutating func run() async throws {
        let me = self
        try await OpenDesk.use(act.shared) { desk in
            let child = try await desk.dispute(me.act.named)
            let parent = if let incident = me.incident { try await desk.desk.find(incident) } else { child.links.incident }
            guard let parent else { throw Refusal.noSuchThing("link to remove") }
            try await desk.carryOut(
                [.link(incident: me.remove ? nil : parent)], on: child.id, and: [.linkChild(child.id, removed: me.remove)], on: parent)
        }
    }
    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] { [] }
}
