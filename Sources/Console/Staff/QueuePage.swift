import Chronicle
import Disputes
import Policies
import RecourseClient
import Wire

/// The queue: the views there are, what is in this one, and what can be done with several cases at once.
struct QueuePage: Page {
    static let template = "queue"
    let frame: StaffFrame
    let filters: QueueFilters
    let page: CasePage
    let summary: QueueSummary
    let present: [CaseID: [String]]
    let handles: [StaffID: String]
    let people: [String]
    let columns: QueueColumns
    let problem: String?

    func title(_ visit: Visit) -> String { heading(visit) }

    func fields(_ visit: Visit) -> Fields {
        let phrases = visit.phrases
        let fields: Fields = [
            "heading": .text(heading(visit)), "none": .flag(page.cases.isEmpty), "summary": .text(summarised(phrases)),
            "tabs": .list(tabs(phrases)), "problem": Field(problem), "here": .text(filters.address), "any": .flag(!page.cases.isEmpty),
            "headings": .list(
                columns.inOrder.map { ["name": .text(phrases(QueueColumns.word($0))), "style": .text(columns.style($0)), "sorted": .flag($0 == .due)] }),
            "width": .text(String(columns.count)), "groups": .list(groups(visit)),
            "shown": .text(phrases("shown_of", page.cases.count.grouped, phrases.bounded(summary.all), Int(page.asOf).grouped)),
            "more": Field(page.next.map { RecourseClient.address("/queue", filters.sorted + [("after", $0)]) }),
            "keep": keep(phrases), "aside": aside(phrases),
            "acts": .list(BulkAct.offered.map { ["code": .text($0.rawValue), "name": .text(phrases("bulk.\($0.rawValue)"))] }),
        ]
        return fields.with(choices(visit))
    }

    private func heading(_ visit: Visit) -> String {
        if let view = frame.views.views.first(where: { isHere($0) }) { return view.name ?? visit.phrases("view.\(view.id)") }
        if filters["snoozed"] != nil { return visit.phrases("put_aside") }
        if filters["phase"] == "appeal" { return visit.phrases("appeals") }
        return visit.phrases("queue")
    }

    private func isHere(_ view: SavedViewView) -> Bool { filters.ofView == view.query }

    /// All there is in the view, whether it stands on this page or not.
    private func summarised(_ phrases: Phrases) -> String {
        let parts = [("late_cases", summary.late), ("soon_cases", summary.soon), ("free_cases", summary.free)].filter { $0.1.count > 0 }.map {
            phrases.counted($0.0, $0.1)
        }
        let all = phrases.counted("n_open", summary.all)
        return parts.isEmpty ? all + "." : all + ": " + parts.joined(separator: "; ") + "."
    }

    private func tabs(_ phrases: Phrases) -> [Fields] {
        frame.views.views.map { view in
            [
                "name": .text(view.name ?? phrases("view.\(view.id)")), "href": .text(view.query.isEmpty ? "/queue" : "/queue?" + view.query),
                "current": .flag(isHere(view)), "count": .text(phrases.bounded(BoundedCount(count: view.count, more: view.more))), "own": .flag(view.own),
            ]
        }
    }

    /// A view nobody keeps yet can be kept, under a name.
    private func keep(_ phrases: Phrases) -> Field {
        guard let query = filters.ofView, !query.isEmpty, !frame.views.views.contains(where: isHere) else { return .none }
        return .group(["query": .text(query)])
    }

    /// What this list leaves out, said where it is left out.
    private func aside(_ phrases: Phrases) -> Field {
        guard frame.views.snoozed > 0, filters["snoozed"] == nil else { return .none }
        return .group(["words": .text(phrases.counted("aside", frame.views.snoozed))])
    }

    private func choices(_ visit: Visit) -> Fields {
        let phrases = visit.phrases
        func options(_ name: String, _ all: [(String, String)]) -> Field {
            .list(all.map { ["code": .text($0.0), "name": .text($0.1), "chosen": .flag(filters[name] == $0.0)] })
        }
        let spoken = Set(frame.counts.counts.map(\.language)).sorted()
        let phases = Phase.allCases.filter { $0 != .closed }
        let owners = [("me", phrases("mine")), ("none", phrases("no_owner"))] + people.sorted().map { ($0, $0) }
        return [
            "types": options("type", frame.words.types.map { ($0.code, $0.title) }),
            "languages": options("language", spoken.map { ($0, phrases.known("language.\($0)") ?? $0) }),
            "phases": options("phase", phases.map { ($0.rawValue, phrases("phase.\($0.rawValue)")) }),
            "tiers": options("tier", frame.words.tiers.map { ($0.code.text, $0.code.text + " " + $0.title) }),
            "dues": options("due", DueWindow.allCases.map { ($0.rawValue, phrases("due.\($0.rawValue)")) }), "owners": options("owner", owners),
            "kept": .list(filters.sorted.filter { ["before", "snoozed"].contains($0.0) }.map { ["name": .text($0.0), "value": .text($0.1)] }),
            "narrowed": .flag(["phase", "tier", "due", "owner", "language"].contains { filters[$0] != nil }),
        ]
    }

    // MARK: Rows

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
                "name": .text(visit.phrases(group.name)), "meaning": .text(group.meaning), "count": .text(visit.phrases.counted("n_here", group.rows.count)),
                "rows": .list(group.rows.map { row($0, visit) }),
            ]
        }
    }

    private func row(_ summary: CaseSummary, _ visit: Visit) -> Fields {
        let owner = summary.owner.map { handles[$0] ?? "?" }
        let amount = summary.amount?.parts
        let looking = present[summary.id] ?? []
        let order = columns.chosen.contains(.order) ? nil : summary.order
        return [
            "id": .text(summary.id.description), "version": .text(String(summary.version)),
            "due": .flag(summary.due != nil), "meaning": .text(summary.due.map(visit.clock.meaning) ?? ""),
            "until": .markup(summary.due.map(visit.clock.until) ?? Markup("")), "at": .text(summary.due.map(visit.clock.short) ?? ""),
            "gone": .text(String(gone(summary, visit.now))), "short": .text(summary.short), "reason": .text(frame.words.title(of: summary.reason)),
            "order": Field(order), "number": .text(amount?.number ?? ""), "asset": .text(amount?.asset ?? ""), "owner": Field(owner),
            "initial": .text(owner.map { String($0.prefix(1)) } ?? ""), "someone": .flag(!looking.isEmpty),
            "looking": .text(looking.isEmpty ? "" : visit.phrases("looking", looking.joined(separator: ", "))),
            "cells": .list(columns.inOrder.map { columns.cell($0, text($0, summary, visit)) }),
        ]
    }

    private func text(_ column: QueueColumn?, _ summary: CaseSummary, _ visit: Visit) -> String {
        switch column {
        case .number?: summary.short
        case .step?: frame.words.title(of: summary.step, in: summary.type)
        case .tier?: frame.words.title(ofTier: summary.tier)
        case .code?: summary.reason.text
        case .language?: visit.phrases.known("language.\(summary.language.text)") ?? summary.language.text
        case .opened?: visit.clock.short(summary.opened)
        case .order?: summary.order ?? ""
        case .kind?: frame.words.types.first { $0.code == summary.type.text }?.title ?? summary.type.text
        case nil, .due?, .amount?, .owner?: ""
        }
    }

    /// How much of the time from the opening to the deadline has gone, in percent.
    private func gone(_ summary: CaseSummary, _ now: Instant) -> Int {
        guard let due = summary.due, due > summary.opened else { return 100 }
        let share = (now - summary.opened).milliseconds * 100 / (due - summary.opened).milliseconds
        return Int(max(0, min(100, share)))
    }
}

extension Phrases {
    /// `4,812`, or `1,000+` where nobody counted further.
    func bounded(_ count: BoundedCount) -> String { count.count.grouped + (count.more ? "+" : "") }

    func counted(_ name: String, _ count: BoundedCount) -> String {
        self(name + (count.count == 1 && !count.more ? ".one" : ".other"), bounded(count))
    }
}
