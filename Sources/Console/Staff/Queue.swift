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

extension Visit {
    private static var pageRows: Int { 50 }

    fileprivate func queue() async throws -> PageReply {
        var problem: String?
        if let text = request.query["q"]?.trimmed, !text.isEmpty {
            do { return .goOn(to: "/cases/\(try await client.showCase(text).summary.short)") } catch let failed as Problem where failed.status < 500 {
                problem = failed.detail
            }
        }
        let frame = try await StaffFrame(self)
        var query = CaseQuery()
        query.phase = request.query["phase"].flatMap(Phase.init)
        query.type = request.query["type"].flatMap(CaseTypeCode.init)
        query.language = request.query["language"].flatMap(Language.init)
        query.owner = request.query["owner"].flatMap { $0 == "none" || $0.isEmpty ? nil : $0 }
        query.free = request.query["owner"] == "none"
        query.tier = request.query["tier"].flatMap { $0.isEmpty ? nil : $0 }
        query.dueBefore = request.query["before"].flatMap(Instant.init)
        if request.query["due"] == "late" { query.dueBefore = now }
        if request.query["due"] == "soon" { (query.dueAfter, query.dueBefore) = (now, now + .hours(2)) }
        if query.dueBefore != nil, request.query["before"] != nil { query.dueAfter = now }
        let cases = try await client.listCases(query, after: request.query["after"], limit: Visit.pageRows)
        let users = try await client.listUsers().users
        let handles = Dictionary(users.map { ($0.id, $0.handle) }) { $1 }
        let page = QueuePage(frame: frame, page: cases, handles: handles, problem: problem)
        return try render(page, nav: frame.nav(self))
    }
}

struct QueuePage: Page {
    static let template = "queue"
    let frame: StaffFrame
    let page: CasePage
    let handles: [StaffID: String]
    let problem: String?

    func title(_ visit: Visit) -> String { visit.phrases("queue") }

    func fields(_ visit: Visit) -> Fields {
        let (phrases, query) = (visit.phrases, visit.request.query)
        func tab(_ name: String, _ owner: String?, _ count: Int?) -> Fields {
            [
                "name": .text(phrases(name)), "href": .text(owner.map { "/queue?owner=\($0)" } ?? "/queue"),
                "current": .flag(query["owner"] == owner && query["phase"] == nil), "count": count.map { .init(count: $0) } ?? .none,
            ]
        }
        func option(_ code: String, _ name: String, _ chosen: String?) -> Fields {
            ["code": .text(code), "name": .text(name), "chosen": .flag(code == chosen)]
        }
        let spoken = Set(frame.counts.counts.map(\.language)).sorted()
        let filters = query.filter { ["owner", "phase", "due", "type", "language", "tier", "before"].contains($0.key) && !$0.value.isEmpty }.sorted {
            $0.key < $1.key
        }
        let here = RecourseClient.address("/queue", filters.map { ($0.key, $0.value) })
        let late = page.cases.filter { $0.due.map { $0 <= visit.now } ?? false }.count
        let soon = page.cases.filter { $0.due.map { $0 > visit.now && $0 - visit.now <= .hours(2) } ?? false }.count
        let free = frame.count { !$0.owned }
        let summary =
            [
                late > 0 ? phrases.counted("late_cases", late) : nil, soon > 0 ? phrases.counted("soon_cases", soon) : nil, phrases.counted("free_cases", free),
            ].compactMap(\.self).joined(separator: "; ") + "."
        return [
            "heading": .text(heading(visit)), "none": .flag(page.cases.isEmpty), "summary": .text(summary.prefix(1).uppercased() + summary.dropFirst()),
            "tabs": .list([
                tab("everything", nil, frame.count { _ in true }), tab("mine", "me", nil), tab("no_owner", "none", free),
            ]),
            "kept": .list(filters.filter { $0.key != "type" && $0.key != "language" }.map { ["name": .text($0.key), "value": .text($0.value)] }),
            "types": .list(frame.words.types.map { option($0.code, $0.title, query["type"]) }),
            "languages": .list(spoken.map { option($0, phrases.known("language.\($0)") ?? $0, query["language"]) }),
            "problem": Field(problem), "here": .text(here), "any": .flag(!page.cases.isEmpty), "groups": .list(groups(visit)),
            "shown": .text(phrases("shown", page.cases.count.grouped, Int(page.asOf).grouped)),
            "more": Field(page.next.map { RecourseClient.address("/queue", filters.map { ($0.key, $0.value) } + [("after", $0)]) }),
        ]
    }

    private func heading(_ visit: Visit) -> String {
        let query = visit.request.query
        if query["owner"] == "me" { return visit.phrases("my_work") }
        if query["phase"] == "approval" { return visit.phrases("second_keys") }
        if query["phase"] == "appeal" { return visit.phrases("appeals") }
        return visit.phrases("queue")
    }

    /// Late, within two hours, later, at rest: in the order of the queue, each with a heading of its own.
    private func groups(_ visit: Visit) -> [Fields] {
        var groups: [(name: String, meaning: String, rows: [CaseSummary])] = []
        for row in page.cases {
            let meaning = row.due.map(visit.clock.meaning) ?? "rest"
            let name = ["is-late": "group_late", "is-soon": "group_soon", "": "group_later"][meaning] ?? "group_rest"
            if groups.last?.name != name { groups.append((name, meaning == "rest" ? "" : meaning, [])) }
            groups[groups.count - 1].rows.append(row)
        }
        return groups.map { group in
            [
                "name": .text(visit.phrases(group.name)), "meaning": .text(group.meaning), "count": .text(visit.phrases.counted("n_cases", group.rows.count)),
                "rows": .list(group.rows.map { row($0, visit) }),
            ]
        }
    }

    private func row(_ summary: CaseSummary, _ visit: Visit) -> Fields {
        let owner = summary.owner.map { handles[$0] ?? "?" }
        let amount = summary.amount?.parts
        return [
            "due": .flag(summary.due != nil), "meaning": .text(summary.due.map(visit.clock.meaning) ?? ""),
            "until": .markup(summary.due.map(visit.clock.until) ?? Markup("")), "at": .text(summary.due.map(visit.clock.short) ?? ""),
            "gone": .text(String(gone(summary, visit.now))), "short": .text(summary.short), "reason": .text(frame.words.title(of: summary.reason)),
            "order": Field(summary.order), "number": .text(amount?.number ?? ""), "asset": .text(amount?.asset ?? ""),
            "step": .text(frame.words.title(of: summary.step, in: summary.type)), "owner": Field(owner),
            "initial": .text(owner.map { String($0.prefix(1)) } ?? ""),
            "tier": .text(frame.words.title(ofTier: summary.tier)), "code": .text(summary.reason.text),
        ]
    }

    /// How much of the time from the opening to the deadline has gone, in percent.
    private func gone(_ summary: CaseSummary, _ now: Instant) -> Int {
        guard let due = summary.due, due > summary.opened else { return 100 }
        let share = (now - summary.opened).milliseconds * 100 / (due - summary.opened).milliseconds
        return Int(max(0, min(100, share)))
    }
}
