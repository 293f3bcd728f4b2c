import ArgumentParser
import Chronicle
import Correspondence
import RecourseClient
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
    @Argument(help: ArgumentHelp("The webhook's name: hook_….", valueName: "hook")) var id: String
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
        try await Connection.use(shared, webhooks: webhooks.line()) { desk in
            let made = try await desk.client.addWebhook(WebhookBody(url: me.url, kinds: me.kind, label: me.label))
            guard !me.shared.json else { return print(made.line) }
            print(made.secret)
            Console.complain("recourse: this secret is shown once; \(made.webhook.id) is the webhook's name")
        }
    }
}

struct ListWebhooks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List webhooks: where they go, what they want, how they stand.", discussion: "Example: recourse webhook list")
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        try await Connection.use(shared) { desk in
            let list = try await desk.client.listWebhooks()
            guard !desk.options.json else { return list.webhooks.forEach { print($0.line(asOf: list.asOf)) } }
            if list.webhooks.isEmpty { return print("There is no webhook.") }
            var table = TextTable([("webhook", .left), ("goes to", .left), ("wants", .left), ("label", .left), ("pending", .right), ("state", .left)])
            for webhook in list.webhooks {
                table.add([
                    .init(webhook.id), .init(harmless(webhook.place)), .init(webhook.wants), .init(harmless(webhook.label)), .init("\(webhook.pending)"),
                    .init(webhook.state),
                ])
            }
            for line in table.lines(on: .standard) { print(line) }
        }
    }
}

struct ShowWebhook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one webhook and how it stands.", discussion: "Example: recourse webhook show hook_01JD…")
    @OptionGroup var named: NamedWebhook
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let id = named.id
        try await Connection.use(shared) { desk in
            let webhook = try await desk.client.showWebhook(id)
            guard !desk.options.json else { return print(webhook.line) }
            print("\(webhook.id)  \(harmless(webhook.label))")
            print("goes to   \(harmless(webhook.url))")
            print("wants     \(webhook.wants)")
            print("state     \(webhook.state), since \(Moments.exact(webhook.since))")
            print("read      up to event \(webhook.position); \(webhook.pending) on their way")
        }
    }
}

struct EnableWebhook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable", abstract: "Send again what was held back, and go on.", discussion: "Example: recourse webhook enable hook_01JD…")
    @OptionGroup var named: NamedWebhook
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let id = named.id
        try await Connection.use(shared) { desk in
            var change = WebhookChangeBody()
            change.enabled = true
            let webhook = try await desk.client.changeWebhook(id, change)
            print(desk.options.json ? webhook.line : "\(webhook.id) is sent to again, while the desk is served")
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
        let me = self
        try await Connection.use(shared) { desk in
            let rotated = try await desk.client.rotateWebhookSecret(me.named.id, RotationBody(overlap: .hours(Int64(me.hours))))
            guard !me.shared.json else { return print(rotated.line) }
            print(rotated.secret)
            Console.complain("recourse: this secret is shown once; the old one signs until \(Moments.exact(rotated.oldUntil)) UTC")
        }
    }
}

struct RemoveWebhook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Send it nothing any more, and forget its secrets.", discussion: "Example: recourse webhook remove hook_01JD…")
    @OptionGroup var named: NamedWebhook
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let id = named.id
        try await Connection.use(shared) { desk in
            let webhook = try await desk.client.removeWebhook(id)
            print(desk.options.json ? webhook.line : "\(webhook.id) is gone")
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
        if let state, !["pending", "delivered", "failed"].contains(state) { throw ValidationError("--state is pending, delivered or failed") }
        if !(1...200 ~= limit) { throw ValidationError("--limit is a number from 1 to 200") }
    }

    mutating func run() async throws {
        let me = self
        try await Connection.use(shared) { desk in
            let list = try await desk.client.listDeliveries(of: me.named.id, state: me.state, limit: me.limit)
            guard !me.shared.json else { return list.deliveries.forEach { print($0.line(asOf: list.asOf)) } }
            if list.deliveries.isEmpty { return print("Nothing was sent to it.") }
            var table = TextTable([("event", .right), ("kind", .left), ("case", .left), ("state", .left), ("tries", .right), ("last answer", .left)])
            for delivery in list.deliveries {
                let last = delivery.attempts.last
                let answer = [last?.outcome, last?.status.map { "\($0)" }, last.map { "in \($0.milliseconds) ms" }, last?.error]
                let due = delivery.due.map { ", due " + Moments(now: desk.now).relative($0) } ?? ""
                table.add([
                    .init("\(delivery.sequence)"), .init(delivery.kind), .init(String(delivery.dispute.suffix(8))), .init(delivery.state + due),
                    .init("\(delivery.attempts.count)"), .init(harmless(answer.compactMap(\.self).joined(separator: " "))),
                ])
            }
            for line in table.lines(on: .standard) { print(line) }
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
        let (id, sequence) = (named.id, sequence)
        try await Connection.use(shared) { desk in
            let delivery = try await desk.client.redeliver(sequence, to: id)
            print(desk.options.json ? delivery.line : "event \(sequence) is sent once more, while the desk is served")
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
        let (id, from) = (named.id, from)
        try await Connection.use(shared) { desk in
            let webhook = try await desk.client.replayWebhook(id, ReplayBody(from: from))
            print(desk.options.json ? webhook.line : "everything from event \(from) on is sent, while the desk is served")
        }
    }
}

struct ListKinds: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kinds", abstract: "List the kinds of events a webhook can want.", discussion: "Example: recourse webhook kinds")
    @Flag(name: .long, help: "Print as JSON.") var json = false

    func run() { for kind in WebhookKinds.all { print(json ? JSON.object([("kind", .text(kind))]).line : kind) } }
}

extension WebhookView {
    fileprivate var wants: String { kinds.isEmpty ? "everything" : kinds.joined(separator: ", ") }

    /// Host and port: the path is the receiver's own affair.
    fileprivate var place: String { url.split(separator: "/").dropFirst().first.map(String.init) ?? url }

    fileprivate var state: String {
        guard enabled else { return "disabled: " + harmless(because ?? "") }
        return failingSince.map { "failing since " + Moments.exact($0) } ?? "enabled"
    }
}
