import ArgumentParser
import Chronicle
import Disputes
import Policies
import Runtime

/// `recourse desk`: how the desk stands, at a glance.
struct DeskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "desk", abstract: "Show the desk: counts, the queue by deadline, one case in full, what to type next.",
        discussion: "Example: recourse desk")

    @Option(name: .long, help: ArgumentHelp("Lines of the queue.", valueName: "count")) var lines = 10
    @OptionGroup var shared: SharedOptions

    mutating func run() async throws {
        let me = self
        try await OpenDesk.use(shared) { desk in
            try await desk.staffOnly("the desk")
            let tallies = try await desk.desk.tallies()
            guard !me.shared.json else { return me.printJSON(tallies) }
            let screen = Screen.standard
            me.showCounts(tallies, desk, screen)
            let page = try await desk.desk.queue(QueueFilter(), limit: max(1, me.lines))
            print(screen.heading("The queue, nearest deadline first"))
            if page.rows.isEmpty {
                print("Nothing is open.")
            } else {
                QueueTable(rows: page.rows, names: try await desk.handles(), now: desk.now, screen: screen).show(isPart: page.next != nil, asOf: page.asOf)
            }
            print("")
            if let row = try await me.caseToShow(desk, page.rows), let dispute = try await desk.desk.dispute(row.id) {
                try await CaseView(dispute, desk, screen).show()
            }
            me.showWhatToType(desk, screen, taker: try await me.taker(desk))
        }
    }

    private func printJSON(_ tallies: [Desk.Tally]) {
        for tally in tallies {
            let fields: [(String, JSON)] = [
                ("phase", .text(tally.phase.rawValue)), ("tier", .integer(tally.tier)), ("type", .text(tally.type)), ("language", .text(tally.language)),
                ("owned", .boolean(tally.owned)), ("simulated", .boolean(tally.simulated)), ("cases", .integer(tally.cases)),
            ]
            print(JSON.object(fields).line)
        }
    }

    private func showCounts(_ tallies: [Desk.Tally], _ desk: OpenDesk, _ screen: Screen) {
        print(screen.heading("The desk at \(Moments.exact(desk.now)) UTC"))
        if tallies.isEmpty { return print("No case yet.\n") }
        func count(_ matches: (Desk.Tally) -> Bool) -> Int64 { tallies.filter(matches).reduce(0) { $0 + $1.cases } }
        let open = count { $0.phase != .closed }
        let free = count { $0.phase != .closed && !$0.owned }
        screen.print("\(open) open, \(count { $0.phase == .closed }) closed; \(free) open with nobody on them; \(count(\.simulated)) SIMULATED")
        let phases = Phase.allCases.filter { $0 != .closed }.map { phase in (phase, count { $0.phase == phase }) }.filter { $0.1 > 0 }
        if !phases.isEmpty { screen.print(phases.map { "\($0.0.rawValue) \($0.1)" }.joined(separator: " · ")) }
        print("")
    }

    /// The case a person learns most from: one in people's hands, a simulated one before an imported one.
    private func caseToShow(_ desk: OpenDesk, _ rows: [CaseRow]) async throws -> CaseRow? {
        for phase in [Phase.investigation, .decision, .negotiation] {
            var filter = QueueFilter()
            filter.phase = phase
            let page = try await desk.desk.queue(filter, limit: 50)
            if let found = page.rows.first(where: \.simulated) ?? page.rows.first(where: { $0.order != nil }) { return found }
        }
        return rows.first
    }

    /// Somebody for whom a case is waiting, so that the command shown does something.
    private func taker(_ desk: OpenDesk) async throws -> String {
        for (handle, account) in try await desk.desk.everyone().prefix(DeskCommand.takersMax) where account.active {
            guard let standing = account.standing, let next = try await desk.desk.nextCase(for: standing), next.how == .onceTaken else { continue }
            return handle
        }
        return "HANDLE"
    }

    private static let takersMax = 20

    private func showWhatToType(_ desk: OpenDesk, _ screen: Screen, taker: String) {
        let store = desk.folder.path
        print("")
        print(screen.heading("What to type next"))
        for (command, what) in [
            ("recourse case next --take --as \(taker)", "take the case that is due first"),
            ("recourse case list --limit 20", "more of the queue"),
            ("recourse case show CASE", "another case in full"),
            ("recourse case why CASE", "why each deadline is when it is"),
            ("recourse log verify", "derive the whole log again"),
            ("recourse --help", "everything else"),
        ] { print("  " + padded(command, to: 40) + screen.faint(what)) }
        if store != "Data/desk" { print(screen.faint("with RECOURSE_STORE=\(store), or --store \(store)")) }
    }
}
