import API
import ArgumentParser
import Chronicle
import Correspondence
import Disputes
import Runtime
import Wire

/// How webhooks leave this machine.
struct WebhookOptions: ParsableArguments {
    @Flag(
        name: .customLong("allow-local-webhooks"),
        help: "Let webhooks go to this machine's own addresses, and over http: for trying things out, never for a desk others can reach.")
    var allowLocal = false

    func line() -> HTTPWebhookLine { HTTPWebhookLine(.init(allowsLocal: allowLocal)) }
}

/// `recourse webhook …`: who of the operator's systems is told what happens to cases.
struct WebhookCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook", abstract: "Tell systems of yours what happens to cases; messages go out while the desk is served.",
        discussion: "Example: recourse webhook add https://hooks.example.com/recourse --label \"the ledger\" --kind ruling-made --kind case-closed",
        subcommands: [
            AddWebhook.self, ListWebhooks.self, ShowWebhook.self, EnableWebhook.self, RotateWebhook.self, RemoveWebhook.self, ListDeliveries.self,
            Redeliver.self, ReplayWebhook.self, ListKinds.self,
        ])
}

/// The webhook a command is about.
struct NamedWebhook: ParsableArguments {
    @Argument(help: ArgumentHelp("The webhook's name.", valueName: "hook")) var name: String

    func id() throws(Failure) -> WebhookID {
        guard let id = WebhookID(name) else { throw Failure("“\(name)” is not the name of a webhook: hook_…") }
        return id
    }
}

struct AddWebhook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a webhook, from now on; its secret is shown once.",
        discussion: "Example: recourse webhook add https://hooks.example.com/recourse --label \"the ledger\"")
    @Argument(help: ArgumentHelp("Where messages go: https, a host of the internet.", valueName: "url")) var url: String
    @Option(name: .long, help: ArgumentHelp("A kind of event it wants; repeat for more, leave out for all.", valueName: "kind")) var kind: [String] = []
    @Option(name: .long, help: ArgumentHelp("What it is for.", valueName: "text")) var label: String
    @OptionGroup var webhooks: WebhookOptions
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let me = self
        try await OpenDesk.use(shared) { desk in
            let (address, kinds) = (try WebhookAddress(me.url), try WebhookKinds(me.kind))
            let line = me.webhooks.line()
            let judged: Result<Void, WebhookRefusal>
            do throws(WebhookRefusal) { judged = .success(try await line.examine(address)) } catch { judged = .failure(error) }
            await line.close()
            try judged.get()
            let (webhook, secret) = try await desk.desk.addWebhook(address, kinds, label: me.label, by: try await desk.operatorOrNamed())
            let text = WebhookSecret(random: secret).text
            if me.shared.json {
                print(JSON.object([("id", .text(webhook.id.description)), ("secret", .text(text))]).line)
            } else {
                print(text)
                Console.complain("recourse: this secret is shown once; \(webhook.id) is the webhook's name")
            }
        }
    }
}

struct ListWebhooks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List webhooks: where they go, what they want, how they stand.", discussion: "Example: recourse webhook list")
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let shared = shared
        try await OpenDesk.use(shared) { desk in
            let webhooks = try await desk.desk.webhooks()
            if webhooks.isEmpty, !shared.json { return print("There is no webhook.") }
            var table = TextTable([("webhook", .left), ("goes to", .left), ("wants", .left), ("label", .left), ("pending", .right), ("state", .left)])
            for webhook in webhooks {
                let progress = try await desk.desk.progress(of: webhook.id, at: desk.now)
                guard !shared.json else {
                    print(try json(webhook, progress))
                    continue
                }
                let wants = webhook.kinds.names.isEmpty ? "everything" : webhook.kinds.names.joined(separator: ", ")
                table.add([
                    .init(webhook.id.description), .init(webhook.address.place), .init(wants), .init(harmless(webhook.label)), .init("\(progress.pending)"),
                    .init(state(webhook, progress)),
                ])
            }
            if !shared.json { for line in table.lines(on: .standard) { print(line) } }
        }
    }
}

struct ShowWebhook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one webhook and how it stands.", discussion: "Example: recourse webhook show hook_01JD…")
    @OptionGroup var named: NamedWebhook
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let (shared, id) = (shared, try named.id())
        try await OpenDesk.use(shared) { desk in
            let webhook = try await desk.desk.webhook(id)
            let progress = try await desk.desk.progress(of: id, at: desk.now)
            if shared.json { return print(try json(webhook, progress)) }
            print("\(webhook.id)  \(harmless(webhook.label))")
            print("goes to   \(webhook.address.text)")
            print("wants     \(webhook.kinds.names.isEmpty ? "everything" : webhook.kinds.names.joined(separator: ", "))")
            print("state     \(state(webhook, progress)), since \(Moments.exact(webhook.since))")
            print("read      up to event \(progress.position); \(progress.pending) on their way")
        }
    }
}

struct EnableWebhook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable", abstract: "Send again what was held back, and go on.", discussion: "Example: recourse webhook enable hook_01JD…")
    @OptionGroup var named: NamedWebhook
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let (shared, id) = (shared, try named.id())
        try await OpenDesk.use(shared) { desk in
            _ = try await desk.desk.enableWebhook(id, by: try await desk.operatorOrNamed())
            print(shared.json ? JSON.object([("enabled", .text(id.description))]).line : "\(id) is sent to again, once the desk is served")
        }
    }
}

struct RotateWebhook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Give out a new secret, shown once; the old one signs beside it for a while.",
        discussion: "Example: recourse webhook rotate hook_01JD… --hours 48")
    @OptionGroup var named: NamedWebhook
    @Option(name: .long, help: ArgumentHelp("How long the old secret signs, too.", valueName: "count")) var hours = 24
    @OptionGroup var shared: SharedOptions

    func validate() throws { if !(0...168 ~= hours) { throw ValidationError("--hours is a number from 0 to 168") } }

    mutating func run() async throws {
        let (me, id) = (self, try named.id())
        try await OpenDesk.use(shared) { desk in
            let (secret, until) = try await desk.desk.rotateSecret(of: id, overlap: .hours(Int64(me.hours)), by: try await desk.operatorOrNamed())
            let text = WebhookSecret(random: secret).text
            if me.shared.json {
                print(JSON.object([("secret", .text(text)), ("old_until", .text(until.description))]).line)
            } else {
                print(text)
                Console.complain("recourse: this secret is shown once; the old one signs until \(Moments.exact(until)) UTC")
            }
        }
    }
}

struct RemoveWebhook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Send it nothing any more, and forget its secrets.", discussion: "Example: recourse webhook remove hook_01JD…")
    @OptionGroup var named: NamedWebhook
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let (shared, id) = (shared, try named.id())
        try await OpenDesk.use(shared) { desk in
            try await desk.desk.removeWebhook(id, by: try await desk.operatorOrNamed())
            print(shared.json ? JSON.object([("removed", .text(id.description))]).line : "\(id) is gone")
        }
    }
}

struct ListDeliveries: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliveries", abstract: "List what was sent to a webhook and what is on its way, the newest first.",
        discussion: "Example: recourse webhook deliveries hook_01JD… --state failed")
    @OptionGroup var named: NamedWebhook
    @Option(name: .long, help: ArgumentHelp("pending, delivered or failed.", valueName: "state")) var state: String?
    @Option(name: .long, help: ArgumentHelp("At most so many.", valueName: "count")) var limit = 50
    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if let state, Delivery.State(rawValue: state) == nil { throw ValidationError("--state is pending, delivered or failed") }
        if !(1...10_000 ~= limit) { throw ValidationError("--limit is a number from 1 to 10000") }
    }

    mutating func run() async throws {
        let (me, id) = (self, try named.id())
        try await OpenDesk.use(shared) { desk in
            let found = try await desk.desk.deliveries(of: id, me.state.flatMap(Delivery.State.init), limit: me.limit).deliveries
            if found.isEmpty, !me.shared.json { return print("Nothing was sent to it.") }
            var table = TextTable([("event", .right), ("kind", .left), ("case", .left), ("state", .left), ("tries", .right), ("last answer", .left)])
            for delivery in found {
                guard !me.shared.json else {
                    print(String(decoding: try DeliveryView(delivery).json(), as: UTF8.self))
                    continue
                }
                let last = delivery.attempts.last?.outcome
                let answer = [last.map(\.kind.rawValue), last?.status.map { "\($0)" }, last.map { "in \($0.took.milliseconds) ms" }, last?.error]
                let due = delivery.due.map { ", due " + Moments(now: desk.now).relative($0) } ?? ""
                table.add([
                    .init("\(delivery.sequence)"), .init(delivery.kind), .init(String(delivery.dispute.suffix(8))), .init(delivery.state.rawValue + due),
                    .init("\(delivery.attempts.count)"), .init(harmless(answer.compactMap(\.self).joined(separator: " "))),
                ])
            }
            if !me.shared.json { for line in table.lines(on: .standard) { print(line) } }
        }
    }
}

struct Redeliver: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redeliver", abstract: "Send one event once more, under the same name.", discussion: "Example: recourse webhook redeliver hook_01JD… 1042")
    @OptionGroup var named: NamedWebhook
    @Argument(help: ArgumentHelp("The event's sequence.", valueName: "sequence")) var sequence: Int64
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let (shared, id, sequence) = (shared, try named.id(), sequence)
        try await OpenDesk.use(shared) { desk in
            _ = try await desk.desk.redeliver(sequence, to: id)
            print(shared.json ? JSON.object([("redeliver", .integer(sequence))]).line : "event \(sequence) is sent once more, once the desk is served")
        }
    }
}

struct ReplayWebhook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Send everything a webhook wants from an event on once more, each under the same name.",
        discussion: "Example: recourse webhook replay hook_01JD… --from 1")
    @OptionGroup var named: NamedWebhook
    @Option(name: .long, help: ArgumentHelp("The first event's sequence.", valueName: "sequence")) var from: Int64
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let (shared, id, from) = (shared, try named.id(), from)
        try await OpenDesk.use(shared) { desk in
            try await desk.desk.replay(from: from, to: id, by: try await desk.operatorOrNamed())
            print(shared.json ? JSON.object([("replay_from", .integer(from))]).line : "everything from event \(from) on is sent, once the desk is served")
        }
    }
}

struct ListKinds: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kinds", abstract: "List the kinds of events a webhook can want.", discussion: "Example: recourse webhook kinds")
    @Flag(name: .long, help: "Print as JSON.") var json = false

    func run() { for kind in WebhookKinds.all { print(json ? JSON.object([("kind", .text(kind))]).line : kind) } }
}

private func state(_ webhook: Webhook, _ progress: WebhookProgress) -> String {
    switch webhook.standing {
    case .enabled: progress.failingSince.map { "failing since " + Moments.exact($0) } ?? "enabled"
    case .disabled(let because): "disabled: " + harmless(because)
    }
}

private func json(_ webhook: Webhook, _ progress: WebhookProgress) throws -> String {
    String(decoding: try WebhookView(webhook, progress).json(), as: UTF8.self)
}
