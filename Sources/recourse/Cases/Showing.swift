import ArgumentParser
import Chronicle
import Disputes
import Policies
import Runtime
import Timekeeping

/// `case show`: one case in full.
struct ShowCase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a case in full: claim, sides, clocks, who held it, offers, ruling, what can be done next.",
        discussion: "Example: recourse case show P2P-1001")
    @OptionGroup var act: ActOptions

    mutating func run() async throws {
        let act = act
        try await OpenDesk.use(act.shared) { desk in
            let (dispute, reader) = try await desk.disputeToRead(act.named)
            let view = try await CaseView(dispute, desk, Screen.standard, for: reader)
            if act.shared.json { print(view.json.line) } else { view.show() }
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
        try await OpenDesk.use(act.shared) { desk in
            let dispute = try await desk.disputeToRead(me.act.named).dispute
            let policy = try await desk.policy(of: dispute)
            let wanted: ClockCode? = try me.clock.map { try Typed.code($0) }
            let clocks = dispute.clocks.filter { wanted == nil || $0.code == wanted }
            if clocks.isEmpty {
                throw wanted.map { Refusal.clockNotRunning($0) } ?? Refusal.noSuchThing("clock on this case")
            }
            let people = try await People(dispute, desk)
            for clock in clocks {
                let why: String
                do { why = try clock.running.due(using: policy.calendars).explanation.text } catch { why = "it cannot be computed: \(error)" }
                let state = clock.running.metAt != nil ? "met" : clock.cancelled ? "cancelled" : clock.missed != nil ? "missed" : "running"
                if me.act.shared.json {
                    let fields: [(String, JSON)] = [
                        ("clock", .text(clock.code.text)), ("regime", .text(clock.regime)), ("due", .text(clock.due.description)),
                        ("state", .text(state)), ("why", .text(why)),
                    ]
                    print(JSON.object(fields).line)
                } else {
                    let screen = Screen.standard
                    let due = state == "running" ? Moments(now: desk.now).both(clock.due) : Moments.exact(clock.due) + " UTC"
                    print(screen.strong(clock.code.text) + ", \(state), due \(due)")
                    screen.print(named(why, dispute, people), indent: 2)
                }
            }
        }
    }
}

extension WhyCase {
    /// Requests and people by what they are called; the ids are for scripts.
    private func named(_ why: String, _ dispute: Case, _ people: People) -> String {
        var why = why
        for request in dispute.requests {
            let asked = "\(request.types.map(\.text).joined(separator: ", ")) of \(people.name(of: request.of))"
            why = why.replacing(request.id.description, with: asked)
        }
        for extended in dispute.clocks.flatMap(\.running.extensions) {
            if let staff = StaffID(extended.authority) { why = why.replacing(extended.authority, with: people.name(of: .staff(staff))) }
        }
        return why
    }
}

/// `case history`: everything that happened, oldest first.
struct HistoryOfCase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "List everything that happened to a case.", discussion: "Example: recourse case history P2P-1001")
    @OptionGroup var act: ActOptions

    mutating func run() async throws {
        let act = act
        try await OpenDesk.use(act.shared) { desk in
            try await desk.staffOnly("the whole history")
            let dispute = try await desk.dispute(act.named)
            let people = try await People(dispute, desk)
            var table = TextTable([("event", .right), ("occurred (UTC)", .left), ("what", .left), ("by", .left)])
            for event in try await desk.desk.history(dispute.id) {
                if act.shared.json {
                    let payload = String(decoding: try event.body.payload(), as: UTF8.self)
                    let fields: [(String, JSON)] = [
                        ("sequence", .integer(event.sequence)), ("version", .integer(event.version)), ("type", .text(event.body.type.description)),
                        ("occurred", .text(event.occurred.description)), ("recorded", .text(event.recorded.description)),
                        ("actor", .text(event.actor.description)), ("payload", .written(payload)),
                    ]
                    print(JSON.object(fields).line)
                } else {
                    table.add([
                        .init(String(event.sequence)), .init(Moments.exact(event.occurred)), .init(Happening.words(event.body.body)),
                        .init(people.name(of: event.actor)),
                    ])
                }
            }
            if !act.shared.json { for line in table.lines(on: .standard) { print(line) } }
        }
    }
}
