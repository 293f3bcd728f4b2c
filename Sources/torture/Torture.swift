import ArgumentParser

/// Lives through kills and losses of power, and counts what did not survive them. Not shipped.
@main
struct Torture: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "torture", abstract: "Kills a working desk again and again and checks what it promised.",
        subcommands: [RunCommand.self, WriterCommand.self, RowsCommand.self, CountCommand.self])
}
