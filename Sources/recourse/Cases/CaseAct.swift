import ArgumentParser
import Wire

/// The case an act is about, and what every command takes.
struct ActOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The case: its id, the last 8 characters of it, the order's number, or source:number.", valueName: "case"))
    var named: String

    @OptionGroup var shared: SharedOptions
}

/// A subcommand that does something to one case. What it asks of the desk is all it defines; finding the desk, the consequences and the report
/// are the same for every act.
protocol CaseAct: AsyncParsableCommand {
    var act: ActOptions { get }
    func perform(_ desk: Connection) async throws -> CaseChange
}

extension CaseAct {
    mutating func run() async throws {
        let act = self
        try await Connection.use(act.act.shared) { desk in
            try desk.demandActor()
            desk.report(try await act.perform(desk))
        }
    }
}
