import ArgumentParser
import Chronicle
import Disputes
import Policies
import Runtime

struct MakeRuling: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "rule", abstract: "Decide the case, in five parts.",
        discussion: """
            Every point raised is answered; what the ruling does with money is shown first.

            Example:
              recourse case rule P2P-1001 --outcome OUT-REL --because "The video shows the transfer." \\
                --fault FLT-SEL --fault-because "Released nothing after being paid." \\
                --answer 1="Paid in full and on time." --yes --as amir
            """)
    @OptionGroup var act: ActOptions
    @OptionGroup var ruling: RulingOptions
    @Flag(name: .long, help: "Sign without asking.") var yes = false
    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] {
        let draft = try await ruling.draft(on: dispute, desk)
        try await desk.confirm(draft, on: dispute, yes: yes)
        return [.rule(draft)]
    }
}

struct RuleByDefault: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "default", abstract: "Decide against a side that stayed silent after its notices.",
        discussion: """
            The outcome must be the one the reason provides for that side's silence.

            Example:
              recourse case default P2P-1001 --silent seller --outcome OUT-REL --because "Two notices, no answer." \\
                --fault FLT-SEL --fault-because "Did not answer." --answer 1="Not contradicted." --yes --as amir
            """)
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("The silent side.", valueName: "party")) var silent: String
    @OptionGroup var ruling: RulingOptions
    @Flag(name: .long, help: "Sign without asking.") var yes = false
    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] {
        let draft = try await ruling.draft(on: dispute, desk)
        try await desk.confirm(draft, on: dispute, yes: yes)
        return [.ruleByDefault(against: try desk.side(silent, in: dispute), draft)]
    }
}

/// The ruling that waits for its second key.
private func waiting(_ dispute: Case) throws(Refusal) -> RulingID {
    guard case .approval(let waiting) = dispute.stage else { throw .wrongRuling }
    return waiting.ruling.id
}

struct ApproveRuling: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Turn the second key on a ruling.", discussion: "Example: recourse case approve P2P-1003 --as lee")
    @OptionGroup var act: ActOptions
    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] { [.approve(try waiting(dispute))] }
}

struct ReturnRuling: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "return", abstract: "Give a ruling back to whoever made it.",
        discussion: "Example: recourse case return P2P-1003 --because \"Point 2 is not answered.\" --as lee")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("Why.", valueName: "text")) var because: String
    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] { [.returnRuling(try waiting(dispute), reason: because)] }
}

struct ExecuteSettlement: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "execute", abstract: "Instruct again what the exchange refused.", discussion: "Example: recourse case execute P2P-1003 --as eve")
    @OptionGroup var act: ActOptions
    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] { [.retrySettlement] }
}

/// The instruction meant: the one named, or the only one under way.
private func instruction(_ typed: String?, on dispute: Case) throws(Failure) -> InstructionID {
    if let typed {
        let found = dispute.instructions.map(\.id).filter { $0.description == typed || $0.crockford.hasSuffix(typed.uppercased()) }
        guard found.count == 1 else { throw Failure("“\(typed)” does not name one instruction of this case") }
        return found[0]
    }
    let underWay = dispute.instructions.map(\.id).filter { if case .instructed = dispute.progress[$0] { true } else { false } }
    guard underWay.count == 1 else { throw Failure("\(underWay.count) instructions are under way; name one with --instruction") }
    return underWay[0]
}

struct ConfirmSettlement: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "confirm", abstract: "Say that an instruction was carried out.",
        discussion:
            "The exchange confirms by itself; this is for what a person files, such as a chargeback's answer.\n\nExample: recourse case confirm CB-900 --receipt VROL-4711 --as eve"
    )
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("The instruction; needed when several are under way.", valueName: "instruction")) var instruction: String?
    @Option(name: .long, help: ArgumentHelp("The receipt.", valueName: "text")) var receipt: String
    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] {
        [.confirmSettlement(try recourse.instruction(instruction, on: dispute), receipt: receipt)]
    }
}

struct ReportFailure: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "fail", abstract: "Say that an instruction could not be carried out.",
        discussion: "Example: recourse case fail CB-900 --because \"portal refused the file\" --as eve")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("The instruction; needed when several are under way.", valueName: "instruction")) var instruction: String?
    @Option(name: .long, help: ArgumentHelp("Why.", valueName: "text")) var because: String
    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] {
        [.reportFailure(try recourse.instruction(instruction, on: dispute), reason: because)]
    }
}

struct RecordScheme: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "scheme", abstract: "Record what the card network did.",
        discussion: """
            Examples:
              recourse case scheme CB-900 --advanced pre-arbitration --reference VROL-4711 --as machine:acquirer
              recourse case scheme CB-900 --won --reference VROL-4711 --as machine:acquirer
            """)
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("The stage it moved to.", valueName: "stage")) var advanced: String?
    @Flag(name: .long, help: "We won.") var won = false
    @Flag(name: .long, help: "We lost.") var lost = false
    @Option(name: .long, help: ArgumentHelp("The network's reference.", valueName: "text")) var reference: String
    func validate() throws {
        if [advanced != nil, won, lost].filter({ $0 }).count != 1 { throw ValidationError("say one of --advanced, --won, --lost") }
    }
    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand] {
        [.recordScheme(advanced != nil ? .advanced : won ? .won : .lost, stage: try advanced.map { try Typed.code($0) }, reference: reference)]
    }
}
