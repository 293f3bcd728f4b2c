import ArgumentParser
import Chronicle
import Disputes
import Policies
import RecourseClient
import Timekeeping
import Wire

struct AdmitClaim: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "admit", abstract: "Find a claim admissible.", discussion: "Example: recourse case admit P2P-1001 --as ines")
    @OptionGroup var act: ActOptions
    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.admitClaim(act.named) }
}

struct RefuseClaim: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "refuse", abstract: "Turn a claim down as not admissible.",
        discussion: "Example: recourse case refuse P2P-1001 --ground out-of-time --because \"The order is two years old.\" --as amir")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("The ground, in a word.", valueName: "word")) var ground: String
    @Option(name: .long, help: ArgumentHelp("The reason, as the party will read it.", valueName: "text")) var because: String
    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.refuseClaim(act.named, RefusalBody(ground: ground, because: because)) }
}

struct WithdrawClaim: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "withdraw", abstract: "Let go of one's own claim.", discussion: "Example: recourse case withdraw P2P-1001 --as account:maria")
    @OptionGroup var act: ActOptions
    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.withdrawClaim(act.named) }
}

struct AnswerClaim: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "answer", abstract: "Dispute a claim, or agree to it.",
        discussion: "Example: recourse case answer P2P-1001 --disputes --statement \"Nothing arrived.\" --as account:omar")
    @OptionGroup var act: ActOptions
    @Flag(name: .long, help: "The claim is wrong.") var disputes = false
    @Flag(name: .long, help: "The claim is right.") var agrees = false
    @Option(name: .long, help: "In the party's words.") var statement: String?
    func validate() throws { if disputes == agrees { throw ValidationError("say either --disputes or --agrees") } }
    func perform(_ desk: Connection) async throws -> CaseChange {
        try await desk.client.answerClaim(act.named, AnswerBody(disputes: disputes, statement: statement))
    }
}

struct Counterclaim: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "counterclaim", abstract: "Claim something in return, about the same order.",
        discussion: "Example: recourse case counterclaim P2P-1001 --reason P2P-S01 --statement \"No money arrived.\" --as account:omar")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("The reason.", valueName: "code")) var reason: ReasonCode
    @Option(name: .long, help: "In the party's words.") var statement: String?
    func perform(_ desk: Connection) async throws -> CaseChange {
        try await desk.client.counterclaim(act.named, CounterclaimBody(reason: reason, statement: statement))
    }
}

struct RaisePoint: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "point", abstract: "Raise a point that the ruling must answer.",
        discussion: "Example: recourse case point P2P-1001 \"The seller asked for more money.\" --as account:maria")
    @OptionGroup var act: ActOptions
    @Argument(help: ArgumentHelp("The point.", valueName: "text")) var text: String
    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.raisePoint(act.named, TextBody(text: text)) }
}

struct CallStaff: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "call-staff", abstract: "End the negotiation and ask for staff.",
        discussion: "Example: recourse case call-staff P2P-1001 --as account:maria")
    @OptionGroup var act: ActOptions
    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.callStaff(act.named) }
}
