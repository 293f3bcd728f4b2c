import ArgumentParser
import Chronicle
import Disputes
import Policies
import RecourseClient
import Runtime
import Wire

/// `recourse desk`: how the desk stands, at a glance.
struct DeskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "desk", abstract: "Show the desk: counts, the queue by deadline, one case in full, what to type next.",
        discussion: "Example: recourse desk")

    @Option(name: .long, help: ArgumentHelp("Lines of the queue.", valueName: "count")) var lines = 10
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let me = self
        try await Connection.use(shared) { desk in
            try desk.staffOnly("the desk")
            let counts = try await desk.client.countCases()
            guard !me.shared.json else { return counts.counts.forEach { print($0.line(asOf: counts.asOf)) } }
            let screen = Screen.standard
            me.showCounts(counts.counts, desk.now, screen)
            let page = try await desk.client.listCases(limit: max(1, min(200, me.lines)))
            print(screen.heading("The queue, nearest deadline first"))
            if page.cases.isEmpty {
                print("Nothing is open.")
            } else {
                QueueTable(rows: page.cases, names: try await desk.handles(), now: desk.now, screen: screen).show(isPart: page.next != nil, asOf: page.asOf)
            }
            print("")
            if let row = try await me.caseToShow(desk, page.cases) {
                let name = row.id.description
                CaseView(try await desk.client.showCase(name), try await desk.client.listMessages(name).messages, screen, now: desk.now).show()
            }
            me.showWhatToType(desk, screen, taker: try await me.taker(desk))
        }
    }

    private func showCounts(_ tallies: [CountView], _ now: Instant, _ screen: Screen) {
        print(screen.heading("The desk at \(Moments.exact(now)) UTC"))
        if tallies.isEmpty { return print("No case yet.\n") }
        func count(_ matches: (CountView) -> Bool) -> Int64 { tallies.filter(matches).reduce(0) { $0 + $1.cases } }
        let open = count { $0.phase != .closed }
        let free = count { $0.phase != .closed && !$0.owned }
        screen.print("\(open) open, \(count { $0.phase == .closed }) closed; \(free) open with nobody on them; \(count(\.simulated)) SIMULATED")
        let phases = Phase.allCases.filter { $0 != .closed }.map { phase in (phase, count { $0.phase == phase }) }.filter { $0.1 > 0 }
        if !phases.isEmpty { screen.print(phases.map { "\($0.0.rawValue) \($0.1)" }.joined(separator: " · ")) }
        print("")
    }

    /// The case a person learns most from: one in people's hands, a simulated one before an imported one.
    private func caseToShow(_ desk: Connection, _ rows: [CaseSummary]) async throws -> CaseSummary? {
        for phase in [Phase.investigation, .decision, .negotiation] {
            var query = CaseQuery()
            query.phase = phase
            let cases = try await desk.client.listCases(query, limit: 50).cases
            if let found = cases.first(where: \.simulated) ?? cases.first(where: { $0.order != nil }) { return found }
        }
        return rows.first
    }

    /// Somebody for whom a case is waiting, so that the command shown does something. On a server, whoever asks knows only of themselves.
    private func taker(_ desk: Connection) async throws -> String? {
        guard let store = desk.store else { return nil }
        for (handle, account) in try await store.desk.everyone().prefix(DeskCommand.takersMax) where account.active {
            guard let standing = account.standing, let next = try await store.desk.nextCase(for: standing), next.how == .onceTaken else { continue }
            return handle
        }
        return nil
    }

    private static let takersMax = 20

    private func showWhatToType(_ desk: Connection, _ screen: Screen, taker: String?) {
        let asTaker = desk.options.servedAt == nil ? " --as \(taker ?? "HANDLE")" : ""
        print("")
        print(screen.heading("What to type next"))
        for (command, what) in [
            ("recourse case next --take\(asTaker)", "take the case that is due first"),
            ("recourse case list --limit 20", "more of the queue"),
            ("recourse case show CASE", "another case in full"),
            ("recourse case why CASE", "why each deadline is when it is"),
            ("recourse log verify", "derive the whole log again"),
            ("recourse --help", "everything else"),
        ] { print("  " + padded(command, to: 40) + screen.faint(what)) }
        let store = desk.options.folder.path
        if desk.options.servedAt == nil, store != "Data/desk" { print(screen.faint("with RECOURSE_STORE=\(store), or --store \(store)")) }
    }
}
