import ArgumentParser
import Chronicle
import EventStorage
import RecourseClient
import Runtime
import SQLiteStorage
import Wire

/// `recourse store …`: the folder everything lies in.
struct StoreCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store",
        abstract: "Make, copy, restore, rebuild and measure a store.",
        discussion: "Example: recourse store init --rehearsal --store Data/try",
        subcommands: [MakeStore.self, BackUpStore.self, RestoreStore.self, RebuildStore.self, MeasureStore.self, ShowOutbox.self])
}

struct MakeStore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make an empty store with its keys.",
        discussion: """
            Keep copies of master.key and log.key somewhere safe, apart from the store: without the first everybody's words are erased at once.

            Example: recourse store init --store /srv/recourse
            """)
    @Flag(name: .long, help: "For rehearsals: --at may say when things happened, and every case is marked as simulated.") var rehearsal = false
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let folder = shared.folder
        let key = try await OpenDesk.make(shared, rehearsal: rehearsal)
        if shared.json {
            print(JSON.object([("store", .text(folder.path)), ("rehearsal", .boolean(rehearsal)), ("key", .text(key.description))]).line)
        } else {
            print("\(folder.path): an empty store" + (rehearsal ? " for rehearsals; its cases are SIMULATED" : ""))
            print("The log's key, to publish: \(key)")
            print("Next: recourse policy publish Policy --store \(folder.path)")
        }
    }
}

struct BackUpStore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the log to a file, and prove the copy.",
        discussion: """
            The keys of persons are not in it, on purpose: copy keys/, vault/, master.key and log.key on their own way.

            Example: recourse store backup /backup/desk-2026-11-22.sqlite
            """)
    @Argument(help: ArgumentHelp("Where to; nothing is overwritten.", valueName: "file")) var file: String
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let (file, json) = (file, shared.json)
        let folder = shared.folder
        try folder.requireThere()
        try await SQLiteStore.backUp(storeAt: folder.database, to: file).show(as: "backed up to \(file)", json)
    }
}

struct RestoreStore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Make a store of a backup, and prove it.",
        discussion: """
            Put keys/, vault/, master.key and log.key beside it afterwards; without them nothing sealed can be read.

            Example: recourse store restore /backup/desk-2026-11-22.sqlite /srv/recourse
            """)
    @Argument(help: ArgumentHelp("The backup.", valueName: "file")) var from: String
    @Argument(help: ArgumentHelp("The new store.", valueName: "folder")) var to: String
    @Flag(name: .long, help: "Print as JSON.") var json = false

    mutating func run() async throws {
        let folder = StoreFolder(path: to)
        guard !folder.exists else { throw Failure("there is a store in \(to) already") }
        guard WholeFile.exists(from) else { throw Failure("there is no backup \(from)") }
        let isNew = !WholeFile.exists(to)
        try folder.make(rehearsal: false)
        do {
            try await SQLiteStore.restore(from: from, to: folder.database).show(as: "restored to \(to)", json)
        } catch {
            if isNew { folder.removeEmptyFolders() }
            throw error
        }
    }
}

extension LogVerification {
    fileprivate func show(as what: String, _ json: Bool) {
        if json {
            print(JSON.object([("done", .text(what)), ("events", .integer(events)), ("root", .text(root.description))]).line)
        } else {
            print("\(what); verified \(events) events, root \(root)")
        }
    }
}

struct RebuildStore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "Make the read models anew from the log, beside the live ones.",
        discussion: "A crash on the way leaves the old ones.\n\nExample: recourse store rebuild")
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let json = shared.json
        try await OpenDesk.use(shared) { desk in
            let clock = ContinuousClock()
            let began = clock.now
            let replay = try await desk.desk.replay()
            let asOf = try await desk.store.rebuild(CaseReplay.tables, of: nil) { try replay.rows(for: $0, lookingBack: $1) }
            let milliseconds = max(1, (clock.now - began) / .milliseconds(1))
            let perSecond = Int64(Double(asOf) * 1_000 / milliseconds)
            if json {
                print(JSON.object([("asOf", .integer(asOf)), ("cases", .integer(replay.caseCount)), ("eventsPerSecond", .integer(perSecond))]).line)
            } else {
                print("rebuilt \(CaseReplay.tables.count) tables from \(asOf) events, \(perSecond) events/s")
            }
        }
    }
}

struct MeasureStore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stat", abstract: "Say what is in a store.", discussion: "Example: recourse store stat")
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        try await OpenDesk.use(shared) { desk in
            let head = try await desk.store.head()
            let cases = try await desk.desk.tallies().reduce(Int64(0)) { $0 + $1.cases }
            let persons = await desk.desk.keys.count
            let checkpoints = try await desk.store.checkpoints().count
            let outbox = try await desk.store.count(RowQuery(CaseTables.outbox)).count
            let key = try LogKey.signer(of: desk.folder).verifier
            let fields: [(String, JSON)] = [
                ("store", .text(desk.folder.path)), ("rehearsal", .boolean(desk.isRehearsal)), ("events", .integer(head.sequence)),
                ("root", .text(head.root.description)), ("cases", .integer(cases)), ("persons", .integer(persons)),
                ("checkpoints", .integer(checkpoints)), ("outbox", .integer(outbox)),
                ("databaseBytes", .integer(WholeFile.bytes(below: desk.folder.database))),
                ("vaultBytes", .integer(WholeFile.bytes(below: desk.folder.vault))), ("key", .text(key.description)),
            ]
            guard !desk.options.json else { return print(JSON.object(fields).line) }
            let words = ["rehearsal": "for rehearsals", "databaseBytes": "database, bytes", "vaultBytes": "evidence, bytes", "key": "the log's key"]
            for (name, value) in fields {
                let text: String =
                    switch value {
                    case .text(let text): text
                    case .boolean(let holds): holds ? "yes" : "no"
                    default: value.line
                    }
                print(padded(words[name] ?? name, to: 17) + text)
            }
        }
    }
}

struct ShowOutbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: "Show what waits for the exchange, or send again what was put aside.",
        discussion: """
            Examples:
              recourse store outbox
              recourse store outbox retry ins_01JD…
            """)
    @Argument(help: ArgumentHelp("retry", valueName: "what")) var what: String?
    @Argument(help: ArgumentHelp("The instruction.", valueName: "id")) var id: String?
    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if let what, what != "retry" { throw ValidationError("“\(what)” is not something to do with the outbox; say retry and the instruction") }
        if what == "retry", id == nil { throw ValidationError("say which instruction to send again") }
    }

    mutating func run() async throws {
        let id = id
        try await Connection.use(shared) { desk in
            desk.show(try await { if let id { try await desk.client.retryInstruction(id) } else { try await desk.client.listOutbox() } }())
        }
    }
}

extension Connection {
    fileprivate func show(_ outbox: OutboxList) {
        guard !options.json else { return outbox.entries.forEach { print($0.line(asOf: outbox.asOf)) } }
        if outbox.entries.isEmpty { return print("Nothing waits for the exchange.") }
        var table = TextTable([("instruction", .left), ("kind", .left), ("state", .left), ("attempts", .right), ("next", .left), ("error", .left)])
        for entry in outbox.entries {
            let next = entry.state == "aside" ? "put aside" : entry.due <= now ? "now" : Moments(now: now).relative(entry.due)
            table.add([
                .init(entry.id), .init(entry.kind), .init(entry.state), .init(String(entry.attempts)), .init(next), .init(harmless(entry.error ?? "")),
            ])
        }
        for line in table.lines(on: .standard) { print(line) }
    }
}
