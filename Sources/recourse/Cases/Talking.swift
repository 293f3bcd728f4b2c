import ArgumentParser
import Chronicle
import Disputes
import Policies
import RecourseClient
import Timekeeping
import Wire

struct SendMessage: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "message", abstract: "Write to the parties, to one of them, or to staff.",
        discussion: "Example: recourse case message P2P-1001 \"We are looking at your video.\" --to filer --as amir")
    @OptionGroup var act: ActOptions
    @Argument(help: ArgumentHelp("What to say.", valueName: "text")) var text: String
    @Option(name: .long, help: ArgumentHelp("parties, filer, other, staff or authority.", valueName: "audience")) var to: String = "parties"
    @Option(name: .long, help: ArgumentHelp("The language it is written in.", valueName: "code")) var language: Language?
    func perform(_ desk: Connection) async throws -> CaseChange {
        guard let audience = Audience(rawValue: to) else {
            throw Failure("“\(to)” is not an audience; write to parties, filer, other, staff or authority")
        }
        return try await desk.client.sendMessage(act.named, MessageBody(text: text, to: audience, language: language))
    }
}

struct WriteNote: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "note", abstract: "Write a note only staff can read.",
        discussion: "Example: recourse case note P2P-1001 \"Name on the receipt differs.\" --as amir")
    @OptionGroup var act: ActOptions
    @Argument(help: ArgumentHelp("The note.", valueName: "text")) var text: String
    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.sendMessage(act.named, MessageBody(text: text, to: .staff)) }
}

struct Acknowledge: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "ack", abstract: "Confirm receipt to whoever claims.", discussion: "Example: recourse case ack P2P-1001 --as ines")
    @OptionGroup var act: ActOptions
    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.acknowledge(act.named) }
}

struct Respond: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "respond", abstract: "Send a regulated answer: holding, final or summary.",
        discussion: "Example: recourse case respond 9RCEH7XK --kind final --outcome OUT-APO --body \"You were right to complain. …\" --as cleo")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("holding, final or summary.", valueName: "kind")) var kind: String
    @Option(name: .long, help: ArgumentHelp("What it comes to.", valueName: "code")) var outcome: OutcomeCode?
    @Option(name: .long, help: ArgumentHelp("The answer.", valueName: "text")) var body: String
    func perform(_ desk: Connection) async throws -> CaseChange {
        guard let kind = ResponseSent.Kind(rawValue: kind) else { throw Failure("“\(kind)” is not a kind of answer; send holding, final or summary") }
        return try await desk.client.sendResponse(act.named, ResponseBody(kind: kind, outcome: outcome, text: body))
    }
}
