import ArgumentParser
import Chronicle
import EventStorage
import RecourseClient
import Runtime
import SQLiteStorage

/// `recourse log …`: the log as evidence.
struct LogCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Verify, prove, export and replay the log.",
        discussion: "Example: recourse log verify",
        subcommands: [VerifyLog.self, ProveEvent.self, SignCheckpoint.self, ProveGrowth.self, ExportLog.self, ReplayLog.self])
}

/// `log verify`: derives the whole log again.
struct VerifyLog: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Derive the whole log again and compare: bodies, leaves, tree, checkpoints.",
        discussion: """
            The last line reads “verified N events, root HEX”. Damage ends with exit code 2 and the first bad event on standard error.

            Example: recourse log verify --store Data/desk
            """)

    @Flag(name: .long, help: "Show progress even where nobody seems to look.") var progress = false
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let me = self
        try await OpenDesk.useLog(shared) { store, folder in
            let key = WholeFile.exists(folder.logKey) ? try LogKey.signer(of: folder).verifier : nil
            if key == nil { Console.complain("recourse: \(folder.logKey) is not here; the signatures of checkpoints are not checked, only their roots") }
            let seen = me.progress || Console.complaintsAreSeen
            let rootOf = key.map { key -> @Sendable (KeptCheckpoint) throws -> Digest in { try Checkpoint(verifying: $0.note, by: [key]).root } }
            let tell: @Sendable (Int64) -> Void = { if seen { Console.progress("\($0) events verified") } }
            let found = try await EventStorage.verify(store, rootOf: rootOf, progress: tell)
            if seen { Console.progress("") }
            if me.shared.json {
                let fields: [(String, JSON)] = [
                    ("events", .integer(found.events)), ("root", .text(found.root.description)), ("checkpoints", .integer(found.checkpoints)),
                ]
                return print(JSON.object(fields).line)
            }
            print("\(found.checkpoints) \(found.checkpoints == 1 ? "checkpoint" : "checkpoints") handed out before agree")
            print("verified \(found.events) events, root \(found.root)")
        }
    }
}

/// `log checkpoint`: the log's signature over how it stands.
struct SignCheckpoint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint", abstract: "Sign how the log stands now, keep the signature, and print it.",
        discussion: "Whoever has a checkpoint can later tell that nothing before it was changed.\n\nExample: recourse log checkpoint > today.note")
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let shared = shared
        try await Connection.use(shared) { desk in
            let note = String(decoding: try await desk.client.signCheckpoint(), as: UTF8.self)
            guard shared.json else { return print(note, terminator: "") }
            let checkpoint = try Checkpoint(parsing: try SignedNote(parsing: note).text)
            print(
                JSON.object([
                    ("size", .integer(checkpoint.size)), ("root", .text(checkpoint.root.description)), ("note", .text(note)),
                ]).line)
        }
    }
}

/// `log prove`: one event, its place in the log, the log's signature, in a file.
struct ProveEvent: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove", abstract: "Prove one event: a file anyone can check without us.",
        discussion: """
            Check it with: recourse verify FILE

            Example: recourse log prove --sequence 42 --out event-42.proof
            """)

    @Option(name: .long, help: ArgumentHelp("The event's place in the log.", valueName: "number")) var sequence: Int64
    @Option(name: .long, help: ArgumentHelp("Where to write it; standard output otherwise.", valueName: "file")) var out: String?
    @Flag(name: .customLong("withhold-body"), help: "Prove that the event is there without saying what it says.") var withholdBody = false
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let me = self
        try await Connection.use(shared) { desk in
            let bytes = try await desk.client.proveEvent(me.sequence, withholdingBody: me.withholdBody)
            guard let out = me.out else { return print(String(decoding: bytes, as: UTF8.self)) }
            try WholeFile.write(bytes, to: out)
            let event = try ProofBundle(parsing: bytes).verify(trusting: nil)
            let size = event.checkpoint.size
            if me.shared.json {
                print(JSON.object([("sequence", .integer(me.sequence)), ("size", .integer(size)), ("file", .text(out))]).line)
            } else {
                print("\(out): event \(me.sequence) (\(event.type)) in a log of \(size) events, signed by \(event.key.name)")
            }
        }
    }
}

/// `log growth`: that the log only grew since a head it signed.
struct ProveGrowth: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "growth", abstract: "Prove that the log only grew since a checkpoint: a file anyone can check without us.",
        discussion: "Check it with: recourse verify FILE\n\nExample: recourse log growth --since 42 > growth.proof")
    @Option(name: .long, help: ArgumentHelp("How many events the earlier checkpoint speaks of.", valueName: "number")) var since: Int64
    @Option(name: .long, help: ArgumentHelp("Where to write it; standard output otherwise.", valueName: "file")) var out: String?
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let (since, out) = (since, out)
        try await Connection.use(shared) { desk in
            let bytes = try await desk.client.proveGrowth(since: since)
            guard let out else { return print(String(decoding: bytes, as: UTF8.self)) }
            try WholeFile.write(bytes, to: out)
        }
    }
}

/// `recourse verify FILE`: checks a proof with nothing but the file.
struct VerifyProof: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check a proof of one event, or a party's case file; no store and no network is needed.",
        discussion: """
            Give --key with the log's published key: a proof only shows that whoever has the key in the file signed it. What was changed in a case
            file is named, part by part, and ends with exit code 1.

            Examples:
              recourse verify event-42.proof
              recourse verify recourse-case-4T7B2K9Q.json --exhibit receipt.pdf
            """)

    @Argument(help: ArgumentHelp("The proof, or the case file.", valueName: "file")) var file: String
    @Option(name: .long, help: ArgumentHelp("A file that should be an exhibit of the case file; may be given again.", valueName: "file"))
    var exhibit: [String] = []
    @Option(name: .long, help: ArgumentHelp("The log's key, as it publishes it.", valueName: "key")) var key: String?
    @Flag(name: .long, help: "Print as JSON.") var json = false

    func run() throws {
        var bytes = try WholeFile.read(file)
        // Standard output ends with a line feed the proof does not have.
        if bytes.last == 10 { bytes.removeLast() }
        if GrowthProof.isFormat(of: bytes) { return try verifyGrowth(bytes) }
        if CaseFileCheck.isOne(bytes) {
            return try CaseFileCheck(bytes: bytes, exhibits: exhibit, json: json).run(trusting: try? trusted(), isTrusted: key != nil)
        }
        guard exhibit.isEmpty else { throw Failure("a proof of one event holds no exhibits") }
        let bundle: ProofBundle
        let event: VerifiedEvent
        do throws(ProofError) {
            bundle = try ProofBundle(parsing: bytes)
            event = try bundle.verify(trusting: try trusted())
        } catch {
            throw Failure("the proof does not hold: \(error)")
        }
        guard !json else { return print(event.json.line) }
        let envelope = event.envelope
        print("Proven: event \(envelope.sequence) of the log \(event.checkpoint.origin), \(event.type), of \(envelope.stream) (its \(envelope.version)).")
        print("It happened \(envelope.occurred) and was recorded \(envelope.recorded), by \(envelope.actor).")
        print("It is in the log of \(event.checkpoint.size) events whose root \(event.checkpoint.root)")
        print("was signed with the key \(event.key).")
        if key == nil { print("Compare that key with the one the log publishes; give it with --key to have it compared.") }
        if let payload = event.payload {
            print("What it says (sealed parts stay sealed): \(String(decoding: payload, as: UTF8.self))")
        } else {
            print("What it says is withheld or was erased; that it was there and when is proven all the same.")
        }
    }

    private func verifyGrowth(_ bytes: [UInt8]) throws {
        let (old, new, signer): (Checkpoint, Checkpoint, VerifierKey)
        do throws(ProofError) { (old, new, signer) = try GrowthProof(parsing: bytes).verify(trusting: try trusted()) } catch {
            throw Failure("the proof does not hold: \(error)")
        }
        guard !json else {
            return print(
                JSON.object([
                    ("proven", .boolean(true)), ("old_size", .integer(old.size)), ("old_root", .text(old.root.description)),
                    ("size", .integer(new.size)), ("root", .text(new.root.description)), ("key", .text(signer.description)),
                ]).line)
        }
        print("Proven: the log \(new.origin) only grew, from \(old.size) events to \(new.size).")
        print("Its root was \(old.root) and is \(new.root);")
        print("both were signed with the key \(signer).")
        if key == nil { print("Compare that key with the one the log publishes; give it with --key to have it compared.") }
    }

    private func trusted() throws(ProofError) -> VerifierKey? {
        guard let key else { return nil }
        do { return try VerifierKey(parsing: key) } catch { throw .note(error) }
    }
}

extension VerifiedEvent {
    fileprivate var json: JSON {
        .object([
            ("proven", .boolean(true)), ("sequence", .integer(envelope.sequence)), ("stream", .text(envelope.stream.text)),
            ("version", .integer(envelope.version)), ("type", .text(type.description)), ("occurred", .text(envelope.occurred.description)),
            ("recorded", .text(envelope.recorded.description)), ("actor", .text(envelope.actor.description)),
            ("size", .integer(checkpoint.size)), ("root", .text(checkpoint.root.description)), ("key", .text(key.description)),
            ("payload", payload.map { .written(String(decoding: $0, as: UTF8.self)) } ?? .null),
        ])
    }
}

/// `log export`: the log as lines of JSON.
struct ExportLog: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print events, one JSON object a line; sealed parts stay sealed.",
        discussion: "Example: recourse log export --from 1 --to 100 > log.jsonl")
    @Option(name: .long, help: ArgumentHelp("The first event.", valueName: "number")) var from: Int64 = 1
    @Option(name: .long, help: ArgumentHelp("The last event.", valueName: "number")) var to: Int64?
    @OptionGroup var shared: SharedOptions

    private static let pageEvents = 2_000

    func validate() throws {
        if from < 1 { throw ValidationError("events are counted from 1") }
        if let to, to < from { throw ValidationError("--to \(to) lies before --from \(from)") }
    }

    mutating func run() async throws {
        let me = self
        try await OpenDesk.useLog(shared) { store, _ in
            var after = me.from - 1
            let last = min(me.to ?? .max, try await store.head().sequence)
            while after < last {
                let page = try await store.read(after: after, limit: min(ExportLog.pageEvents, Int(last - after)))
                guard let end = page.last else { return }
                for event in page { print(event.json.line) }
                after = end.envelope.sequence
            }
        }
    }
}

extension StoredEvent {
    fileprivate var json: JSON {
        .object([
            ("sequence", .integer(envelope.sequence)), ("stream", .text(envelope.stream.text)), ("version", .integer(envelope.version)),
            ("type", .text(type.description)), ("occurred", .text(envelope.occurred.description)), ("recorded", .text(envelope.recorded.description)),
            ("actor", .text(envelope.actor.description)), ("policy", .text(envelope.policy)), ("causation", envelope.causation.map { .integer($0) } ?? .null),
            ("correlation", .text(envelope.correlation.description)), ("commitment", .text(commitment.description)),
            ("salt", salt.isEmpty ? .null : .text(Base64.encode(salt))),
            ("payload", payload.isEmpty ? .null : .written(String(decoding: payload, as: UTF8.self))),
        ])
    }
}
