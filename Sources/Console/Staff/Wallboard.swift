import Chronicle
import Disputes
import Policies
import RecourseClient
import Wire

extension Route {
    static let wallboard: [Route] = [
        Route(.get, "/wallboard", for: .staff) { visit in
            let frame = try await StaffFrame(visit)
            var (late, ahead) = (CaseQuery(), CaseQuery())
            late.dueBefore = visit.now
            (ahead.dueAfter, ahead.dueBefore) = (visit.now, visit.now + .hours(12))
            let page = WallboardPage(
                frame: frame, late: try await visit.client.listCases(late, limit: WallboardPage.rows),
                ahead: try await visit.client.listCases(ahead, limit: WallboardPage.rows))
            return try visit.render(page, nav: frame.nav(visit))
        }
    ]
}

/// The desk at a glance, on a wall: what is late, what is about to be, where the work lies. Every number opens the cases behind it.
struct WallboardPage: Page {
    static let template = "wallboard"
    /// So many of the late, and of the nearest deadlines ahead, are looked at; where there are more, the numbers say so.
    static let rows = 200
    let frame: StaffFrame
    let late: Wire.CasePage
    let ahead: Wire.CasePage

    func title(_ visit: Visit) -> String { visit.phrases("wallboard") }

    func fields(_ visit: Visit) -> Fields {
        let open = frame.count { _ in true }
        let dues = ahead.cases.compactMap(\.due)
        let isCut = ahead.next != nil
        func counted(_ count: Int, mayBeMore: Bool) -> String { count.grouped + (mayBeMore ? "+" : "") }
        func measure(_ name: String, _ count: Int, _ href: String, _ meaning: String, mayBeMore: Bool = false, note: String? = nil) -> Fields {
            [
                "name": .text(visit.phrases(name)), "value": .text(counted(count, mayBeMore: mayBeMore)), "href": .text(href),
                "meaning": .text(count > 0 ? meaning : ""), "share": .text(String(open > 0 ? min(100, count * 100 / open) : 0)),
                "note": .text(note ?? visit.phrases("wall_of", open.grouped)),
            ]
        }
        let soon = dues.filter { $0 - visit.now <= .hours(2) }.count
        let phases = Phase.allCases.filter { phase in phase != .closed && frame.count { $0.phase == phase } > 0 }
        let hours = (0..<12).map { hour in
            let from = visit.now + .hours(Int64(hour))
            return (from: from, count: dues.filter { $0 >= from && $0 < from + .hours(1) }.count)
        }
        let inAll = hours.reduce(0) { $0 + $1.count }
        return [
            "asOf": .text(visit.phrases("as_of") + " " + Int(late.asOf).grouped),
            "lead": .text(visit.phrases("wall_lead", visit.phrases.counted("n_cases", open))),
            "measures": .list([
                measure("wall_late", late.cases.count, "/queue?due=late", "is-late", mayBeMore: late.next != nil, note: visit.phrases("wall_none_target")),
                measure("wall_soon", soon, "/queue?due=soon", "is-soon", mayBeMore: isCut && soon == dues.count),
                measure("no_owner", frame.count { !$0.owned }, "/queue?owner=none", ""),
                measure("wall_second", frame.count { $0.phase == .approval }, "/queue?phase=approval", ""),
                measure("appeals", frame.count { $0.phase == .appeal }, "/queue?phase=appeal", ""),
            ]),
            "finding": .text(
                inAll == 0
                    ? visit.phrases("due_by_hour_none")
                    : visit.phrases("due_by_hour", visit.phrases.counted("n_cases", inAll) + (isCut ? " " + visit.phrases("wall_more") : ""))),
            "anyDue": .flag(inAll > 0), "chart": .markup(chart(hours, visit)),
            "hours": .list(hours.map { ["from": .text(visit.clock.short($0.from)), "count": .init(count: $0.count)] }),
            "phases": .list(phases.map { ["name": .text(visit.phrases("phase.\($0.rawValue)"))] }),
            "tiers": .list(
                frame.words.tiers.map { tier in
                    [
                        "code": .text(tier.code.text), "title": .text(tier.title), "total": .init(count: frame.count { $0.tier == tier.rank }),
                        "cells": .list(
                            phases.map { phase in
                                let count = frame.count { $0.tier == tier.rank && $0.phase == phase }
                                return ["count": count == 0 ? .none : .init(count: count), "href": .text("/queue?tier=\(tier.code)&phase=\(phase.rawValue)")]
                            }),
                    ]
                }),
        ]
    }

    /// Bars of what falls due, hour by hour; each opens what is due until its end.
    private func chart(_ hours: [(from: Instant, count: Int)], _ visit: Visit) -> Markup {
        let most = max(1, hours.map(\.count).max() ?? 1)
        let width = 100.0 / Double(hours.count)
        var svg = ""
        for (index, hour) in hours.enumerated() {
            let x = Double(index) * width
            let height = hour.count * 130 / most
            let middle = tenths(x + width / 2)
            if hour.count > 0 {
                let label = visit.phrases("due_between", String(hour.count), visit.clock.short(hour.from), visit.clock.short(hour.from + .hours(1))).escaped
                svg += "<a href=\"/queue?before=\((hour.from + .hours(1)).description.escaped)\" aria-label=\"\(label)\">"
                svg +=
                    "<rect class=\"column\" x=\"\(tenths(x + width * 0.1))%\" y=\"\(172 - height)\" width=\"\(tenths(width * 0.8))%\" height=\"\(height)\" rx=\"2\"/>"
                svg += "<text class=\"value\" x=\"\(middle)%\" y=\"\(166 - height)\" text-anchor=\"middle\">\(hour.count)</text></a>"
            }
            if index % 2 == 0 { svg += "<text x=\"\(middle)%\" y=\"192\" text-anchor=\"middle\">\(visit.clock.short(hour.from).escaped)</text>" }
        }
        return Markup(svg)
    }

    private func tenths(_ value: Double) -> String { let scaled = Int((value * 10).rounded()); return "\(scaled / 10).\(scaled % 10)" }
}
