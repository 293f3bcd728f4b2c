import ArgumentParser
import Chronicle
import Disputes
import EventStorage
import Policies
import RecourseClient
import Timekeeping
import Wire

/// `case show`: one case in full.
struct ShowCase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a case in full: claim, sides, clocks, who held it, offers, ruling, what can be done next.",
        discussion: "Example: recourse case show P2P-1001")
    @OptionGroup var act: ActOptions

    mutating func run() async throws {
        let act = act
        try await Connection.use(act.shared) { desk in
            let detail = try await desk.client.showCase(act.named)
            guard !act.shared.json else { return print(detail.line) }
            CaseView(detail, try await desk.client.listMessages(act.named).messages, .standard, now: desk.now).show()
        }
    }
}

/// `case why`: why each deadline is when it is.
struct WhyCase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Explain why a deadline is when it is.", discussion: "Example: recourse case why P2P-1001 decision")
    @OptionGroup var act: ActOptions
    @Argument(help: ArgumentHelp("One clock; all of them otherwise.", valueName: "clock")) var clock: String?

    mutating func run() async throws {
        let me = self
        try await Connection.use(act.shared) { desk in
            let wanted: ClockCode? = try me.clock.map { try Typed.code($0) }
            let list = try await desk.client.explainClocks(me.act.named)
            let clocks = list.clocks.filter { wanted == nil || $0.clock.code == wanted }
            if clocks.isEmpty { throw wanted.map { Refusal.clockNotRunning($0) } ?? Refusal.noSuchThing("clock on this case") }
            guard !me.act.shared.json else { return clocks.forEach { print($0.line(asOf: list.asOf)) } }
            let detail = try await desk.client.showCase(me.act.named)
            let people = desk.isParty ? People(detail) : People(detail, (try? await desk.handles()) ?? [:])
            let screen = Screen.standard
            for told in clocks {
                let clock = told.clock
                let state = clock.met != nil ? "met" : clock.cancelled ? "cancelled" : clock.missed != nil ? "missed" : "running"
                let due = state == "running" ? Moments(now: desk.now).both(clock.due) : Moments.exact(clock.due) + " UTC"
                print(screen.strong(clock.code.text) + ", \(state), due \(due)")
                screen.print(me.named(told.why ?? "it cannot be computed", detail, people), indent: 2)
            }
        }
    }

    /// Requests and people by what they are called; the ids are for scripts.
    private func named(_ why: String, _ detail: CaseDetail, _ people: People) -> String {
        var why = why
        for request in detail.requests {
            let asked = "\(request.types.map(\.text).joined(separator: ", ")) of \(people.name(of: request.of))"
            why = why.replacing(request.id.description, with: asked)
        }
        return people.naming(why)
    }
}

/// `case history`: everything that happened, oldest first.
struct HistoryOfCase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "List everything that happened to a case.", discussion: "Example: recourse case history P2P-1001")
    @OptionGroup var act: ActOptions

    mutating func run() async throws {
        let act = act
        try await Connection.use(act.shared) { desk in
            try desk.staffOnly("the whole history")
            let list = try await desk.client.listEvents(act.named)
            guard !act.shared.json else { return list.events.forEach { print($0.line(asOf: list.asOf)) } }
            let people = People(try await desk.client.showCase(act.named), try await desk.handles())
            var table = TextTable([("event", .right), ("occurred (UTC)", .left), ("what", .left), ("by", .left)])
            for event in list.events {
                table.add([
                    .init(String(event.sequence)), .init(Moments.exact(event.occurred)), .init(harmless(try event.words)), .init(people.name(of: event.actor)),
                ])
            }
            for line in table.lines(on: .standard) { print(line) }
        }
    }
}

extension EventView {
    /// What happened, in a few words; the event's own name where this program is older than the desk.
    fileprivate var words: String {
        get throws {
            guard let type = EventType(description: type), let event = try? body.json().withUnsafeBytes({ try CaseEvent.read(type, from: $0) }) else {
                return type
            }
            return Happening.words(event.body)
        }
    }
}
