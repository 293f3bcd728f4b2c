import ArgumentParser
import Chronicle
import RecourseClient
import Wire

/// `policy propose`: the first of two.
struct ProposePolicy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "propose", abstract: "Propose the next pack; somebody else approves it.",
        discussion: """
            Prints what would change, in words. Once approved it comes into force on its own day (effective-from in pack.yaml), or at once where that
            day has come.

            Example: recourse policy propose Policy --because "longer windows for bank holidays" --as petra
            """)

    @Argument(help: ArgumentHelp("The pack.", valueName: "folder")) var folder: String
    @Option(name: .long, help: ArgumentHelp("Why.", valueName: "text")) var because: String
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let (files, because) = (try PackFolder.body(folder), because)
        try await Connection.use(shared) { desk in
            try desk.demandActor()
            try await desk.show(try await desk.client.proposePolicy(ProposalBody(files: files, because: because)))
        }
    }
}

/// `policy proposals`: what waits, and what became of the rest.
struct ListProposals: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "proposals", abstract: "List proposed packs, or show one with what it would change.",
        discussion: "Example: recourse policy proposals 2")

    @Argument(help: ArgumentHelp("The number of one.", valueName: "number")) var number: Int?
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let number = number
        try await Connection.use(shared) { desk in
            if let number { return try await desk.show(try await desk.client.showProposal(number)) }
            let proposals = try await desk.client.listProposals().proposals
            if proposals.isEmpty, !desk.options.json { return print("No pack was proposed yet.") }
            for proposal in proposals { try await desk.show(proposal) }
        }
    }
}

/// `policy approve`: the second of two.
struct ApproveProposal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Approve a pack somebody else proposed.", discussion: "Example: recourse policy approve 2 --as omid")

    @Argument(help: ArgumentHelp("The proposal's number.", valueName: "number")) var number: Int
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let number = number
        try await Connection.use(shared) { desk in
            try desk.demandActor()
            try await desk.show(try await desk.client.approveProposal(number))
        }
    }
}

/// `policy decline`: or not.
struct DeclineProposal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decline", abstract: "Turn down a pack somebody else proposed.",
        discussion: "Example: recourse policy decline 2 --because \"the calendar ends in June\" --as omid")

    @Argument(help: ArgumentHelp("The proposal's number.", valueName: "number")) var number: Int
    @Option(name: .long, help: ArgumentHelp("Why.", valueName: "text")) var because: String
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let (number, because) = (number, because)
        try await Connection.use(shared) { desk in
            try desk.demandActor()
            try await desk.show(try await desk.client.declineProposal(number, because: because))
        }
    }
}

extension Connection {
    fileprivate func show(_ proposal: ProposalView) async throws {
        guard !options.json else { return print(proposal.line) }
        let handles = try await handles()
        func name(_ actor: Actor) -> String { if case .staff(let id) = actor { handles[id] ?? id.description } else { actor.description } }
        let state =
            switch (proposal.state, proposal.settledBy) {
            case (.waiting, _): "waits for a second person"
            case (.approved, let by?): "approved by \(name(by)), in force from \(proposal.effectiveFrom)"
            case (.declined, let by?): "declined by \(name(by)): \(harmless(proposal.declinedBecause ?? ""))"
            default: proposal.state.rawValue
            }
        print("\(proposal.number)  \(harmless(proposal.title)), version \(harmless(proposal.version)) (\(proposal.hash.short)): \(state)")
        print("   proposed by \(name(proposal.by)), \(Moments.exact(proposal.at)) UTC: \(harmless(proposal.because))")
        for change in proposal.changes ?? [] { print("   - \(harmless(change))") }
    }
}
