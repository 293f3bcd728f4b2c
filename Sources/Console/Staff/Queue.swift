import Chronicle
import Disputes
import Policies
import RecourseClient
import Wire

extension Route {
    static let queue: [Route] = [
        Route(.get, "/queue", for: .staff) { visit in try await visit.queue() },
        Route(.post, "/next", for: .staff) { visit in
            switch try await visit.client.takeNextCase() {
            case .taken(let change): .goOn(to: "/cases/\(change.short)?said=taken")
            case .notTaken(let work): .goOn(to: work.next.map { "/cases/\($0.short)" } ?? "/queue?said=nothing_waits")
            }
        },
        Route(.get, "/search", for: .staff) { visit in .goOn(to: RecourseClient.address("/queue", [("q", visit.request.query["q"] ?? "")])) },
        Route(.get, "/palette.json", for: .staff) { visit in
            let text = (visit.request.query["q"] ?? "").trimmed
            guard text.count > 2, let found = try? await visit.client.showCase(text) else { return try .json(PaletteItems(items: [])) }
            let words = try await visit.vocabulary()
            let item = PaletteItems.Item(
                name: found.summary.short + " " + words.title(of: found.summary.reason), detail: found.stepTitle ?? "", href: "/cases/\(found.summary.short)")
            return try .json(PaletteItems(items: [item]))
        },
    ]
}

/// What the palette offers besides the page's own acts.
struct PaletteItems: WireBody {
    struct Item: WireBody {
        let name: String
        let detail: String
        let href: String
    }
    let items: [Item]
}

/// The filters of a queue as its address has them: what a view is made of, and what every link of the page carries on.
struct QueueFilters: Hashable {
    /// What may be kept as a view.
    static let ofViews: Set<String> = ["owner", "phase", "due", "type", "language", "tier"]
    /// Of an address alone: until an instant, those put aside.
    private static let ofAddresses: Set<String> = ["before", "snoozed"]

    let fields: [String: String]

    init(_ query: [String: String]) {
        fields = query.filter { QueueFilters.ofViews.union(QueueFilters.ofAddresses).contains($0.key) && !$0.value.isEmpty }
    }

    subscript(name: String) -> String? { fields[name] }
    var sorted: [(String, String)] { fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
    var address: String { RecourseClient.address("/queue", sorted) }
    /// As a view keeps it; `nil` where an address says what no view can.
    var ofView: String? { fields.keys.allSatisfy(QueueFilters.ofViews.contains) ? sorted.map { "\($0)=\($1)" }.joined(separator: "&") : nil }

    /// As the desk is asked. What whoever looks has put aside is left out, unless they ask for just that.
    func asked(_ visit: Visit) -> CaseQuery {
        var query = CaseQuery()
        query.phase = fields["phase"].flatMap(Phase.init)
        query.type = fields["type"].flatMap(CaseTypeCode.init)
        query.language = fields["language"].flatMap(Language.init)
        query.owner = fields["owner"].flatMap { $0 == "none" ? nil : $0 }
        query.free = fields["owner"] == "none"
        query.tier = fields["tier"]
        query.due = fields["due"].flatMap(DueWindow.init)
        query.zone = visit.zone.identifier
        if let before = fields["before"].flatMap(Instant.init) { (query.dueAfter, query.dueBefore) = (visit.now, before) }
        query.snoozed = fields["snoozed"] != nil
        query.awake = !query.snoozed
        return query
    }
}

extension Visit {
    private static var pageRows: Int { 50 }

    fileprivate func queue() async throws -> PageReply {
        var problem: String?
        if let text = request.query["q"]?.trimmed, !text.isEmpty {
            do { return .goOn(to: "/cases/\(try await client.showCase(text).summary.short)") } catch let failed as Problem where failed.status < 500 {
                problem = failed.detail
            }
        }
        return try await queue(problem: problem)
    }

    /// - Parameter problem: what was just asked and not done.
    func queue(problem: String?) async throws -> PageReply {
        let filters = QueueFilters(request.query)
        let query = filters.asked(self)
        async let frame = StaffFrame(self)
        async let cases = client.listCases(query, after: request.query["after"], limit: Visit.pageRows)
        async let summary = client.summariseQueue(query)
        async let users = client.listUsers()
        async let present = client.listPresence()
        let (staff, people) = (try await frame, try await users.users)
        let page = QueuePage(
            frame: staff, filters: filters, page: try await cases, summary: try await summary,
            present: Dictionary(try await present.cases.map { ($0.dispute, $0.people) }) { $1 }, handles: Dictionary(people.map { ($0.id, $0.handle) }) { $1 },
            people: people.filter(\.active).map(\.handle), columns: QueueColumns(arrangement), problem: problem)
        return try render(page, nav: staff.nav(self))
    }
}
