import ArgumentParser
import Chronicle
import Disputes
import Policies
import Runtime

/// The case an act is about, and what every command takes.
struct ActOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The case: its id, the last 8 characters of it, the order's number, or source:number.", valueName: "case"))
    var named: String

    @OptionGroup var shared: SharedOptions
}

/// A subcommand that does something to one case. What it says to the rules is all it defines; opening, carrying out, the consequences
/// and the report are the same for every act.
protocol CaseAct: AsyncParsableCommand {
    var act: ActOptions { get }
    func commands(on dispute: Case, _ desk: OpenDesk) async throws -> [CaseCommand]
}

extension CaseAct {
    mutating func run() async throws {
        let act = self
        try await OpenDesk.use(act.act.shared) { desk in
            let dispute = try await desk.dispute(act.act.named)
            let commands = try await act.commands(on: dispute, desk)
            try await desk.carryOut(commands, on: dispute.id)
        }
    }
}

extension OpenDesk {
    /// Performs, lets the consequences happen, and says what came of it.
    @discardableResult
    func carryOut(_ commands: [CaseCommand], on id: CaseID, and others: [CaseCommand] = [], on other: CaseID? = nil) async throws -> Case {
        let before = try await store.head().sequence
        let performed: Performed
        if let other {
            performed = try await desk.performBoth(commands, on: id, and: others, on: other, try await request())
        } else {
            performed = try await perform(commands, on: id)
        }
        try await tick()
        guard let after = try await desk.dispute(id) else { throw Refusal.noSuchCase }
        try await report(after, repeated: performed.repeated, since: before)
        return after
    }

    /// One line on the screen, or one object: which case, what happened to it, where it stands now.
    func report(_ dispute: Case, repeated: Bool, since sequence: Int64) async throws {
        let events = try await desk.history(dispute.id).filter { $0.sequence > sequence }
        let short = String(dispute.id.crockford.suffix(8))
        let happened = events.map { $0.body.type.name }
        if options.json {
            let fields: [(String, JSON)] = [
                ("id", .text(dispute.id.description)), ("short", .text(short)), ("repeated", .boolean(repeated)),
                ("events", .list(happened.map { .text($0) })), ("version", .integer(dispute.version)), ("phase", .text(dispute.phase.rawValue)),
                ("step", .text(dispute.step.text)), ("simulated", .boolean(dispute.simulated)), ("asOf", .integer(try await store.head().sequence)),
            ]
            return print(JSON.object(fields).line)
        }
        let title = try await policy(of: dispute).workflows[dispute.workflow]?.steps[dispute.step]?.title ?? dispute.step.text
        let mark = dispute.simulated ? " SIMULATED" : ""
        let what = repeated ? "done before, nothing new" : happened.isEmpty ? "nothing changed" : happened.joined(separator: ", ")
        print("\(short)\(mark)  \(what)  → \(title)")
    }
}
