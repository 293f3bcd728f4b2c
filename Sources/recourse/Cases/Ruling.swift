import ArgumentParser
import Chronicle
import Disputes
import Policies
import RecourseClient
import Timekeeping
import Wire

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
    func perform(_ desk: Connection) async throws -> CaseChange {
        let ruling = try ruling.body(for: try await desk.client.showCase(act.named))
        try await desk.confirm(ruling, of: act.named, yes: yes)
        return try await desk.client.rule(act.named, ruling)
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
    func perform(_ desk: Connection) async throws -> CaseChange {
        let detail = try await desk.client.showCase(act.named)
        let ruling = try ruling.body(for: detail)
        try await desk.confirm(ruling, of: act.named, yes: yes)
        return try await desk.client.ruleByDefault(act.named, DefaultRulingBody(against: silent, ruling: ruling))
    }
}

struct ApproveRuling: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Turn the second key on a ruling.", discussion: "Example: recourse case approve P2P-1003 --as lee")
    @OptionGroup var act: ActOptions
    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.approveRuling(act.named) }
}

struct ReturnRuling: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "return", abstract: "Give a ruling back to whoever made it.",
        discussion: "Example: recourse case return P2P-1003 --because \"Point 2 is not answered.\" --as lee")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("Why.", valueName: "text")) var because: String
    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.returnRuling(act.named, BecauseBody(because: because)) }
}

struct ExecuteSettlement: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "execute", abstract: "Instruct again what the exchange refused.", discussion: "Example: recourse case execute P2P-1003 --as eve")
    @OptionGroup var act: ActOptions
    func perform(_ desk: Connection) async throws -> CaseChange { try await desk.client.retrySettlement(act.named) }
}

extension Connection {
    /// The instruction meant: the one named, or the only one under way.
    fileprivate func instruction(_ typed: String?, of named: String) async throws -> InstructionID {
        let detail = try await client.showCase(named)
        if let typed {
            let found = detail.instructions.map(\.id).filter { $0.description == typed || $0.crockford.hasSuffix(typed.uppercased()) }
            guard found.count == 1 else { throw Failure("“\(typed)” does not name one instruction of this case") }
            return found[0]
        }
        let underWay = detail.instructions.filter { $0.progress == .instructed }
        guard underWay.count == 1 else { throw Failure("\(underWay.count) instructions are under way; name one with --instruction") }
        return underWay[0].id
    }

    /// Shows what a ruling does and has it confirmed: by `--yes`, or by a person at a terminal.
    func confirm(_ ruling: RulingBody, onAppeal: Bool = false, of named: String, yes: Bool) async throws {
        let foreseen = try await client.foreseeRuling(named, ForeseeBody(ruling: ruling, onAppeal: onAppeal))
        if !options.json { for line in foreseen.lines { print("  " + line) } }
        guard !yes else { return }
        guard Console.canAsk, !options.json else { throw Failure("this is decided about money; confirm it with --yes") }
        guard Console.confirms("Type yes to sign:") else { throw Failure("not signed; nothing was done") }
    }
}

extension CaseDetail {
    func noParty(_ typed: String) -> Failure {
        Failure("“\(typed)” is not a party of this case; its parties are: \(parties.map(\.capacity.rawValue).joined(separator: ", "))")
    }
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
    func perform(_ desk: Connection) async throws -> CaseChange {
        try await desk.client.confirmInstruction(act.named, try await desk.instruction(instruction, of: act.named), ReceiptBody(receipt: receipt))
    }
}

struct ReportFailure: CaseAct {
    static let configuration = CommandConfiguration(
        commandName: "fail", abstract: "Say that an instruction could not be carried out.",
        discussion: "Example: recourse case fail CB-900 --because \"portal refused the file\" --as eve")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("The instruction; needed when several are under way.", valueName: "instruction")) var instruction: String?
    @Option(name: .long, help: ArgumentHelp("Why.", valueName: "text")) var because: String
    func perform(_ desk: Connection) async throws -> CaseChange {
        try await desk.client.failInstruction(act.named, try await desk.instruction(instruction, of: act.named), BecauseBody(because: because))
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
    func perform(_ desk: Connection) async throws -> CaseChange {
        let what: SchemeEventRecorded.What = advanced != nil ? .advanced : won ? .won : .lost
        return try await desk.client.recordSchemeEvent(act.named, SchemeEventBody(what: what, stage: advanced, reference: reference))
    }
}
