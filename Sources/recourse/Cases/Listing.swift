import ArgumentParser
import Chronicle
import Disputes
import EventStorage
import Policies
import Runtime

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

    private static let pageMax = 500

    func validate() throws { if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more") } }

    mutating func run() async throws {
        let me = self
        try await OpenDesk.use(shared) { desk in
            if let party = try await desk.readingParty() { return try await me.showOwn(of: party, desk) }
            let filter = try await me.filter(desk)
            let limit = me.limit ?? (me.shared.json ? Int.max : 50)
            let names = me.shared.json ? [:] : try await desk.handles()
            var rows: [CaseRow] = []
            var shown = 0
            var (after, asOf): ([RowValue]?, Int64) = (nil, 0)
            repeat {
                let page = try await desk.desk.queue(filter, after: after, limit: min(ListCases.pageMax, limit - shown))
                (after, asOf) = (page.next, page.asOf)
                shown += page.rows.count
                if me.shared.json { for row in page.rows { print(row.json(asOf: asOf).line) } } else { rows += page.rows }
            } while after != nil && shown < limit
            guard !me.shared.json else { return }
            QueueTable(rows: rows, names: names, now: desk.now, screen: .standard).show(isPart: after != nil, asOf: asOf)
        }
    }

    /// What a party sees: the cases it is a party of.
    private func showOwn(of party: PartyID, _ desk: OpenDesk) async throws {
        let page = try await desk.store.rows(RowQuery(CaseTables.parties, where: [.compare("party", .equal, .text(party.description))], limit: 10_000))
        var rows: [CaseRow] = []
        for row in page.rows {
            guard case .text(let text) = row[1], let id = CaseID(text), let dispute = try await desk.desk.dispute(id) else { continue }
            let rank = try await desk.policy(of: dispute).tiers[dispute.tier]?.rank ?? 9
            if all || !dispute.isClosed { rows.append(CaseRow(dispute, tierRank: rank)) }
        }
        rows.sort { ($0.due ?? .distantFuture, $0.id) < ($1.due ?? .distantFuture, $1.id) }
        let shown = Array(rows.prefix(limit ?? rows.count))
        guard !shared.json else { return shown.forEach { print($0.json(asOf: page.asOf).line) } }
        QueueTable(rows: shown, names: [:], now: desk.now, screen: .standard).show(isPart: shown.count < rows.count, asOf: page.asOf)
    }

    private func filter(_ desk: OpenDesk) async throws -> QueueFilter {
        var filter = QueueFilter()
        if let phase {
            guard let known = Phase(rawValue: phase) else {
                throw Failure("“\(phase)” is not a phase; phases are: \(Phase.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            filter.phase = known
        }
        let policy = try await desk.desk.policies.inForce()
        if let tier {
            // A rank, or the code the pack gives it: 1, T1.
            let code: TierCode? = try? Typed.code(tier)
            filter.tier = Int(tier) ?? code.flatMap { policy.tiers[$0]?.rank }
            guard let rank = filter.tier, policy.tiers.values.contains(where: { $0.rank == rank }) else {
                throw Failure("“\(tier)” is not a tier; tiers are: \(policy.tiers.keys.map(\.text).sorted().joined(separator: ", "))")
            }
        }
        if let type, policy.caseTypes[type] == nil {
            throw Failure("“\(type)” is not a kind of case; kinds are: \(policy.caseTypes.keys.map(\.text).sorted().joined(separator: ", "))")
        }
        (filter.type, filter.language, filter.unowned, filter.includeClosed) = (type, language, free, all)
        if let owner { filter.owner = try await desk.desk.staff(owner).id }
        if mine {
            guard case .staff(let standing) = try await desk.requester() else { throw Failure("--mine is for members of staff") }
            filter.owner = standing.id
        }
        if let dueWithin { filter.dueBefore = desk.now + (try Typed.span(dueWithin)) }
        return filter
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
        try await OpenDesk.use(shared) { desk in
            guard case .staff(let standing) = try await desk.requester() else { throw Failure("next work is for members of staff: --as HANDLE") }
            guard let (row, how) = try await desk.desk.nextCase(for: standing) else {
                if !me.shared.json { print("Nothing is waiting that your role and certificate can move on.") }
                return
            }
            if me.take, how == .onceTaken {
                try await desk.carryOut([.take], on: row.id)
            } else if me.shared.json {
                print(row.json(asOf: try await desk.store.head().sequence).line)
            } else {
                QueueTable(rows: [row], names: try await desk.handles(), now: desk.now, screen: .standard).show(isPart: false, asOf: nil)
                let handle = desk.options.actor ?? "HANDLE"
                switch how {
                case .onceTaken: print("\nTake it: recourse case take \(row.short) --as \(handle)")
                case .asItIs: print("\nYour role does this without taking it: recourse case show \(row.short) --as \(handle)")
                }
            }
        }
    }
}

extension CaseRow {
    /// One object a case; the names of its fields are for ever.
    func json(asOf: Int64) -> JSON {
        .object([
            ("id", .text(id.description)), ("short", .text(short)), ("type", .text(type.text)), ("reason", .text(reason.text)),
            ("phase", .text(phase.rawValue)), ("step", .text(step.text)), ("tier", .integer(tier)), ("due", .text(due)), ("dueClock", .text(dueClock)),
            ("owner", .text(owner)), ("opened", .text(opened.description)), ("closed", .text(closed)), ("how", .text(how?.rawValue)),
            ("amount", .text(amount)), ("order", .text(order)), ("reference", .text(reference)), ("simulated", .boolean(simulated)),
            ("asOf", .integer(asOf)),
        ])
    }
}

extension OpenDesk {
    /// Handles of everyone on staff.
    func handles() async throws -> [StaffID: String] {
        var names: [StaffID: String] = [:]
        for (handle, account) in try await desk.everyone() { if let id = account.standing?.id { names[id] = handle } }
        return names
    }
}
