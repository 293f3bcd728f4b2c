import ArgumentParser
import Chronicle
import Disputes
import Policies
import RecourseClient
import Timekeeping
import Wire

struct FileAppeal: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "appeal", abstract: "Ask for somebody else to decide again.",
        discussion: "Example: recourse case appeal P2P-1003 --grounds \"The video is of another order.\" --as account:omar")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("Why the decision is wrong.", valueName: "text")) var grounds: String
    @Flag(name: .customLong("new-evidence"), help: "There is evidence nobody had.") var newEvidence = false
    func perform(_ desk: Connection) async throws -> CaseChange {
        try await desk.client.fileAppeal(act.named, AppealBody(grounds: grounds, newEvidence: newEvidence))
    }
}

struct CastVote: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "vote", abstract: "Vote on an appeal; nobody sees it before the last vote is in.",
        discussion: """
            Examples:
              recourse case vote P2P-1003 uphold --as sena
              recourse case vote P2P-1003 OUT-CPN --as tomas
            """)
    @OptionGroup var act: ActOptions
    @Argument(help: ArgumentHelp("uphold, or the outcome it should be changed to.", valueName: "ballot")) var ballot: String
    func perform(_ desk: Connection) async throws -> CaseChange {
        try await desk.client.voteOnAppeal(act.named, VoteBody(change: ballot == "uphold" ? nil : try Typed.code(ballot)))
    }
}

struct EscalateAppeal: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "escalate", abstract: "Pass an appeal on to the panel.",
        discussion: "Example: recourse case escalate P2P-1003 --because \"No case like it was decided before.\" --as sena")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("Why one person should not decide it.", valueName: "text")) var because: String
    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.escalateAppeal(act.named, BecauseBody(because: because)) }
}

struct DecideAppeal: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "decide-appeal", abstract: "Write the decision on an appeal.",
        discussion: """
            A changed decision is a new ruling with its five parts, and says why the first was changed.

            Examples:
              recourse case decide-appeal P2P-1003 --result upheld --why "The grounds add nothing new." --as sena
              recourse case decide-appeal P2P-1003 --result overturned --cause OVT-NEW --why "…" --outcome OUT-RET --because "…" … --yes --as sena
            """)
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("upheld, varied or overturned.", valueName: "result")) var result: String
    @Option(name: .long, help: ArgumentHelp("Why the decision was changed.", valueName: "code")) var cause: OverturnCode?
    @Option(name: .long, help: ArgumentHelp("The reasons of the appeal's decision.", valueName: "text")) var why: String
    @OptionGroup var ruling: RulingOptions
    @Flag(name: .long, help: "Sign without asking.") var yes = false
    func perform(_ desk: Connection) async throws -> CaseChange {
        guard let result = Appeal.Result(rawValue: result) else { throw Failure("“\(result)” is not a result; say upheld, varied or overturned") }
        var decision = AppealDecisionBody(result: result, cause: cause, because: why)
        if result != .upheld {
            let written = try ruling.body(for: try await desk.client.showCase(act.named))
            try await desk.confirm(written, onAppeal: true, of: act.named, yes: yes)
            decision.ruling = written
        }
        return try await desk.client.decideAppeal(act.named, decision)
    }
}
