import ArgumentParser
import Chronicle
import Disputes
import Policies
import RecourseClient
import Wire

/// `case list`: the queue by the deadline the desk answers for.
struct ListCases: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List cases by their nearest deadline.",
        discussion: """
            Without --all only open cases; with --json one object a line.

            Examples:
              recourse case list --phase investigation --limit 20
              recourse case list --mine --as amir
              recourse case list --all --json
            """)

    @Option(
        name: .long,
        help: ArgumentHelp("intake, negotiation, investigation, decision, approval, execution, appeal-window, appeal, referred.", valueName: "phase"))
    var phase: String?
    @Option(name: .long, help: ArgumentHelp("T0 is the most urgent.", valueName: "tier")) var tier: String?
    @Option(name: .long, help: ArgumentHelp("The kind of case.", valueName: "code")) var type: CaseTypeCode?
    @Option(name: .long, help: ArgumentHelp("The language of the case.", valueName: "code")) var language: Language?
    @Option(name: .long, help: ArgumentHelp("Whose they are.", valueName: "handle")) var owner: String?
    @Flag(name: .long, help: "Those of whoever acts.") var mine = false
    @Flag(name: .long, help: "Those nobody has.") var free = false
    @Option(name: .customLong("due-within"), help: ArgumentHelp("Due within 4 h, 2 d …", valueName: "span")) var dueWithin: String?
    @Flag(name: .long, help: "Closed ones, too.") var all = false
    @Option(name: .long, help: ArgumentHelp("At most so many; with --json all, unless given.", valueName: "count")) var limit: Int?
    @OptionGroup var shared: SharedOptions

    private static let pageMax = 200

    func validate() throws { if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more") } }

    mutating func run() async throws {
        let me = self
        try await Connection.use(shared) { desk in
            if desk.isParty { return try await me.showOwn(desk) }
            let query = try me.query(desk)
            let limit = me.limit ?? (me.shared.json ? Int.max : 50)
            var cases: [CaseSummary] = []
            var shown = 0
            var page: CasePage
            var after: String?
            repeat {
                page = try await desk.client.listCases(query, after: after, limit: min(ListCases.pageMax, limit - shown))
                after = page.next
                shown += page.cases.count
                if me.shared.json { for row in page.cases { print(row.line(asOf: page.asOf)) } } else { cases += page.cases }
            } while after != nil && shown < limit
            guard !me.shared.json else { return }
            QueueTable(rows: cases, names: try await desk.handles(), now: desk.now, screen: .standard).show(isPart: after != nil, asOf: page.asOf)
        }
    }

    /// What a party sees: the cases it is a party of.
    private func showOwn(_ desk: Connection) async throws {
        var cases: [CaseSummary] = []
        var page: CasePage
        var after: String?
        repeat {
            page = try await desk.client.listCases(after: after, limit: ListCases.pageMax)
            cases += page.cases.filter { all || $0.closed == nil }
            after = page.next
        } while after != nil
        cases.sort { ($0.due ?? .distantFuture, $0.id) < ($1.due ?? .distantFuture, $1.id) }
        let shown = Array(cases.prefix(limit ?? cases.count))
        guard !shared.json else { return shown.forEach { print($0.line(asOf: page.asOf)) } }
        QueueTable(rows: shown, names: [:], now: desk.now, screen: .standard).show(isPart: shown.count < cases.count, asOf: page.asOf)
    }

    private func query(_ desk: Connection) throws -> CaseQuery {
        var query = CaseQuery()
        if let phase {
            guard let known = Phase(rawValue: phase) else {
                throw Failure("“\(phase)” is not a phase; phases are: \(Phase.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            query.phase = known
        }
        (query.tier, query.type, query.language, query.free, query.closed) = (tier, type, language, free, all)
        query.owner = mine ? "me" : owner
        if let dueWithin { query.dueBefore = desk.now + (try Typed.span(dueWithin)) }
        return query
    }
}

/// `case next`: what this agent should work on now.
struct NextCase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "next", abstract: "Show the case you should work on next; take it with --take.",
        discussion: """
            Of a kind you are certified for, one your role moves on and nobody else's, nearest deadline first.

            Example: recourse case next --take --as amir
            """)
    @Flag(name: .long, help: "Take it.") var take = false
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let me = self
        try await Connection.use(shared) { desk in
            guard !desk.isParty else { throw Failure("next work is for members of staff: --as HANDLE") }
            try desk.demandActor()
            if me.take, case .taken(let change) = try await desk.client.takeNextCase() { return desk.report(change) }
            let work = try await desk.client.nextCase()
            guard let next = work.next else {
                if !me.shared.json { print("Nothing is waiting that your role and certificate can move on.") }
                return
            }
            guard !me.shared.json else { return print(next.line(asOf: work.asOf)) }
            QueueTable(rows: [next], names: try await desk.handles(), now: desk.now, screen: .standard).show(isPart: false, asOf: nil)
            let handle = desk.options.actor.map { " --as \($0)" } ?? ""
            if work.takeFirst {
                print("\nTake it: recourse case take \(next.short)\(handle)")
            } else {
                print("\nYour role does this without taking it: recourse case show \(next.short)\(handle)")
            }
        }
    }
}
