import Foundation
import Policies
import RecourseClient
import Wire

extension Route {
    static let myDesk: [Route] = [
        Route(.get, "/settings", for: .staff) { visit in try await visit.settings() },
        Route(.post, "/settings", for: .staff) { visit in
            let columns = QueueColumn.allCases.compactMap { column in
                visit.request["show_\(column.rawValue)"].map { _ in (column, visit.request["place_\(column.rawValue)"].flatMap(Int.init) ?? 99) }
            }.sorted { $0.1 < $1.1 }.map(\.0.rawValue)
            return try await visit.arrange(
                ArrangementBody(
                    language: visit.request["language"] ?? "", zone: visit.request["zone"] ?? "",
                    columns: visit.request["usual"] == nil ? columns : []))
        },
        Route(.post, "/settings/language", for: .staff) { visit in
            _ = try await visit.client.changeArrangement(ArrangementBody(language: visit.request["language"] ?? ""))
            return .goOn(to: Visit.local(visit.request["next"]) ?? "/queue")
        },
        Route(.post, "/views", for: .staff) { visit in
            do {
                let query = visit.request["query"] ?? ""
                _ = try await visit.client.saveView(SavedViewBody(name: visit.request["name"] ?? "", query: query))
                let kept = QueueFilters(FormText.fields(query).mapValues { $0.last ?? "" })
                return .goOn(to: RecourseClient.address("/queue", kept.sorted + [("said", "view_kept")]))
            } catch let problem as Problem where problem.status < 500 {
                return try await visit.settings(problem: problem.detail)
            }
        },
        Route(.post, "/views/{view}/{what}", for: .staff) { visit in try await visit.changeView() },
    ]
}

extension Visit {
    fileprivate func settings(problem: String? = nil) async throws -> PageReply {
        let frame = try await StaffFrame(self)
        return try render(MyDeskPage(frame: frame, problem: problem), status: problem == nil ? 200 : 422, nav: frame.nav(self))
    }

    fileprivate func arrange(_ body: ArrangementBody) async throws -> PageReply {
        do { _ = try await client.changeArrangement(body) } catch let problem as Problem where problem.status < 500 {
            return try await settings(problem: problem.detail)
        }
        return .goOn(to: "/settings?said=arranged")
    }

    fileprivate func changeView() async throws -> PageReply {
        let id = parameter("view")
        do {
            switch parameter("what") {
            case "name": _ = try await client.changeView(id, SavedViewChangeBody(name: request["name"] ?? ""))
            case "place": _ = try await client.changeView(id, SavedViewChangeBody(place: request["place"].flatMap(Int.init)))
            case "remove": _ = try await client.removeView(id)
            default: throw Problem(.notFound, phrases("no_such_page"))
            }
        } catch let problem as Problem where problem.status < 500 && problem.status != 404 {
            return try await settings(problem: problem.detail)
        }
        return .goOn(to: "/settings?said=arranged")
    }
}

/// How somebody likes their desk: language, zone, columns, and the views they keep.
struct MyDeskPage: Page {
    static let template = "my-desk"
    let frame: StaffFrame
    let problem: String?

    func title(_ visit: Visit) -> String { visit.phrases("my_desk") }

    /// One city a zone people work in; any other can be kept through the API.
    private static let zones = [
        "UTC", "Africa/Cairo", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi", "America/Argentina/Buenos_Aires", "America/Bogota", "America/Chicago",
        "America/Los_Angeles", "America/Mexico_City", "America/New_York", "America/Santiago", "America/Sao_Paulo", "Asia/Bangkok", "Asia/Dubai",
        "Asia/Ho_Chi_Minh", "Asia/Hong_Kong", "Asia/Jakarta", "Asia/Karachi", "Asia/Kolkata", "Asia/Kuala_Lumpur", "Asia/Manila", "Asia/Seoul", "Asia/Shanghai",
        "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney", "Europe/Berlin", "Europe/Istanbul", "Europe/Kyiv", "Europe/Lisbon", "Europe/London",
        "Europe/Madrid",
        "Europe/Paris", "Europe/Warsaw", "Pacific/Auckland",
    ]

    func fields(_ visit: Visit) -> Fields {
        let (phrases, kept) = (visit.phrases, visit.arrangement)
        let columns = QueueColumns(kept)
        let own = frame.views.views.filter(\.own)
        let known = kept?.zone.map { MyDeskPage.zones.contains($0) ? MyDeskPage.zones : [$0] + MyDeskPage.zones } ?? MyDeskPage.zones
        return [
            "problem": Field(problem),
            "languages": .list(
                visit.console.languages.keys.sorted().map {
                    ["code": .text($0), "name": .text(phrases("language.\($0)")), "chosen": .flag(kept?.language == $0)]
                }),
            "zones": .list(known.map { ["code": .text($0), "name": .text($0.replacing("_", with: " ")), "chosen": .flag(kept?.zone == $0)] }),
            "columns": .list(
                (columns.chosen + QueueColumn.allCases.filter { !columns.chosen.contains($0) }).enumerated().map { index, column in
                    [
                        "code": .text(column.rawValue), "name": .text(phrases(QueueColumns.word(column))), "shown": .flag(columns.chosen.contains(column)),
                        "place": .text(String(index + 1)),
                    ]
                }),
            "anyViews": .flag(!own.isEmpty),
            "views": .list(
                own.enumerated().map { index, view in
                    [
                        "id": .text(view.id), "name": .text(view.name ?? ""), "href": .text("/queue?" + view.query), "query": .text(view.query),
                        "count": .text(phrases.bounded(BoundedCount(count: view.count, more: view.more))),
                        "before": index > 0 ? .group(["place": .text(String(index - 1))]) : .none,
                        "after": index < own.count - 1 ? .group(["place": .text(String(index + 1))]) : .none,
                    ]
                }),
        ]
    }
}
