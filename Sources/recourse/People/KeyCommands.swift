import ArgumentParser
import Chronicle
import RecourseClient
import Wire

/// `recourse key …`: keys with which programs come to the desk over HTTP.
struct KeyCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Give out, list and take back keys of access.",
        discussion: "Example: recourse key issue --for machine:exchange --scope read --scope act --label \"the exchange\"",
        subcommands: [IssueKey.self, ListKeys.self, RevokeKey.self])
}

struct IssueKey: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue", abstract: "Give out a key; it is shown once.",
        discussion: """
            A member of staff's key does what they may do, and ends with their account. A machine's does what its scopes say: read, act, \
            administer, audit, monitor, invite.

            Examples:
              recourse key issue --for amir --label "amir's scripts" --days 90
              recourse key issue --for machine:exchange --scope read --scope act --label "the exchange"
            """)

    @Option(name: .customLong("for"), help: ArgumentHelp("A handle, or machine:NAME.", valueName: "who")) var holder: String
    @Option(name: .long, help: ArgumentHelp("What a machine's key opens; repeat for more.", valueName: "scope")) var scope: [String] = []
    @Option(name: .long, help: ArgumentHelp("What it is for.", valueName: "text")) var label: String
    @Option(name: .long, help: ArgumentHelp("How long it is good; for ever, otherwise.", valueName: "count")) var days: Int?
    @OptionGroup var shared: SharedOptions

    func validate() throws { if let days, !(1...3_650 ~= days) { throw ValidationError("--days is a number from 1 to 3650") } }

    mutating func run() async throws {
        let me = self
        try await Connection.use(shared) { desk in
            let key = try await desk.client.issueKey(
                KeyBody(holder: me.holder, scopes: me.scope, label: me.label, expires: me.days.map { desk.now + .days(Int64($0)) }))
            guard !me.shared.json else { return print(key.line) }
            print(key.key)
            Console.complain("recourse: this is shown once; \(key.id) is its name")
        }
    }
}

struct ListKeys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List keys: whose they are, what they open, when they end.", discussion: "Example: recourse key list")
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let shared = shared
        try await Connection.use(shared) { desk in
            let list = try await desk.client.listKeys()
            guard !shared.json else { return list.keys.forEach { print($0.line(asOf: list.asOf)) } }
            if list.keys.isEmpty { return print("No key was given out.") }
            var table = TextTable([("key", .left), ("for", .left), ("opens", .left), ("label", .left), ("state", .left)])
            for key in list.keys {
                let opens = key.scopes.isEmpty ? "what they may do" : key.scopes.joined(separator: ", ")
                let state = key.revoked != nil ? "taken back" : key.expires.map { $0 <= desk.now ? "ran out" : "until " + Moments.exact($0) } ?? "good"
                table.add([.init(key.id), .init(key.holder), .init(opens), .init(harmless(key.label)), .init(state)])
            }
            for line in table.lines(on: .standard) { print(line) }
        }
    }
}

struct RevokeKey: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Take a key back; it opens nothing any more.",
        discussion: "Example: recourse key revoke key_01JD… --because \"laptop lost\"")
    @Argument(help: ArgumentHelp("The key's name, not its secret.", valueName: "key")) var key: String
    @Option(name: .long, help: ArgumentHelp("Why.", valueName: "text")) var because: String
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let me = self
        try await Connection.use(shared) { desk in
            let key = try await desk.client.revokeKey(me.key, because: me.because)
            print(me.shared.json ? key.line : "\(key.id) opens nothing any more")
        }
    }
}
