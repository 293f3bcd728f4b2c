import Chronicle
import Disputes
import Foundation
import Policies
import Runtime
import Wire

extension Operation {
    /// What people arrange for themselves: their views of the queue, its columns, the language and zone they read in.
    static let arranging: [Operation] = [
        Operation("show-arrangement", .get, "/v1/arrangement", for: staffOnly) { visit in
            try await visit.shown(try await visit.counter.desk.arrangement(of: try visit.member().id))
        },
        Operation("change-arrangement", .patch, "/v1/arrangement", for: staffOnly, bringing: .json) { visit in try await visit.changeArrangement() },
        Operation("list-views", .get, "/v1/views", for: staffOnly) { visit in try await visit.listViews() },
        Operation("save-view", .post, "/v1/views", for: staffOnly, bringing: .json) { visit in
            let body = try visit.arrival.read(SavedViewBody.self)
            let query = try await visit.checkedQuery(body.query)
            let view = try await visit.counter.desk.save(view: body.name, query, for: try visit.member().id)
            return try await visit.shown(view, status: 201)
        },
        Operation("change-view", .patch, "/v1/views/{view}", for: staffOnly, bringing: .json) { visit in
            let body = try visit.arrival.read(SavedViewChangeBody.self)
            let id = try visit.viewID()
            var query: String?
            if let asked = body.query { query = try await visit.checkedQuery(asked) }
            let view = try await visit.counter.desk.change(id, name: body.name, query: query, place: body.place, for: try visit.member().id)
            return try await visit.shown(view)
        },
        Operation("remove-view", .delete, "/v1/views/{view}", for: staffOnly) { visit in
            try await visit.shown(try await visit.counter.desk.remove(try visit.viewID(), for: try visit.member().id))
        },
        Operation("summarise-queue", .get, "/v1/queue/summary", for: staffOnly) { visit in try await visit.summarise() },
    ]
}

extension Visit<Caller> {
    fileprivate func shown(_ arrangement: Arrangement) async throws -> Answer {
        try .of(ArrangementView(language: arrangement.language, zone: arrangement.zone, columns: arrangement.columns), asOf: nil)
    }

    fileprivate func changeArrangement() async throws -> Answer {
        let body = try arrival.read(ArrangementBody.self)
        let id = try member().id
        var arrangement = try await counter.desk.arrangement(of: id)
        if let language = body.language {
            guard language.isEmpty || Language(language) != nil else { throw Problem(.refused, "“\(language)” is not a language", field: "language") }
            arrangement.language = language.isEmpty ? nil : language
        }
        if let zone = body.zone {
            guard zone.isEmpty || TimeZone(identifier: zone) != nil else { throw Problem(.refused, "“\(zone)” is not a time zone", field: "zone") }
            arrangement.zone = zone.isEmpty ? nil : zone
        }
        if let columns = body.columns {
            if let odd = columns.first(where: { QueueColumn(rawValue: $0) == nil }) {
                let known = QueueColumn.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(.refused, "“\(odd)” is not a column; columns are: \(known)", field: "columns")
            }
            guard Set(columns).count == columns.count else { throw Problem(.refused, "a column stands there once", field: "columns") }
            arrangement.columns = columns.isEmpty ? nil : columns
        }
        try await counter.desk.arrange(arrangement, for: id)
        return try await shown(arrangement)
    }

    // MARK: Views

    /// What the house keeps for everybody; the pages have their names.
    private static var ofTheHouse: [(id: String, query: String)] {
        [("all", ""), ("mine", "owner=me"), ("unassigned", "owner=none"), ("due-today", "due=today"), ("second-key", "phase=approval")]
    }

    fileprivate func viewID() throws(Problem) -> SavedViewID {
        let named = try arrival.parameter("view")
        guard let id = SavedViewID(named) else { throw Problem(.notFound, "you keep no view “\(named)”") }
        return id
    }

    /// The filters of a view, in one spelling; refused where the queue could not be asked for them.
    fileprivate func checkedQuery(_ text: String) async throws -> String {
        guard text.utf8.count <= SavedView.queryBytesMax else { throw ArrangementRefusal.queryLength }
        let fields = try Arrival.fields(text)
        let known: Set = ["owner", "phase", "due", "type", "language", "tier"]
        if let odd = fields.keys.filter({ !known.contains($0) }).min() {
            throw Problem(.refused, "a view is made of \(known.sorted().joined(separator: ", ")); not of “\(odd)”", field: "query")
        }
        do { _ = try await asking(Self.asked(fields)).queueFilter() } catch { throw Problem(.refused, Problem(of: error).detail, field: "query") }
        return fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
    }

    /// A view's fields as the list of cases is asked: a view of nobody's cases says `owner=none`.
    private static func asked(_ fields: [String: String]) -> [String: String] {
        var fields = fields.filter { !$0.value.isEmpty }
        if fields["owner"] == "none" {
            fields["owner"] = nil
            fields["free"] = "true"
        }
        return fields
    }

    private func counted(_ query: String, asOf: Int64) async throws -> BoundedCount {
        var fields = Self.asked(try Arrival.fields(query))
        fields["zone"] = arrival.query["zone"]
        fields["awake"] = "true"
        // A view may have been kept under an older pack, or name somebody who left: it is empty, and still there to be deleted.
        do { return try await bounded(fields, asOf: asOf) } catch {
            guard Problem(of: error).status < 500 else { throw error }
            return BoundedCount(count: 0, more: false)
        }
    }

    fileprivate func listViews() async throws -> Answer {
        let (me, desk) = (try member().id, counter.desk)
        _ = try arrival.query("zone", "a time zone such as Europe/Madrid") { TimeZone(identifier: $0) }
        let asOf = try await desk.store.head().sequence
        var views: [SavedViewView] = []
        for (id, query) in Self.ofTheHouse {
            let count = try await counted(query, asOf: asOf)
            views.append(SavedViewView(id: id, name: nil, query: query, count: count.count, more: count.more, own: false))
        }
        for view in try await desk.views(of: me) {
            let count = try await counted(view.query, asOf: asOf)
            views.append(SavedViewView(id: view.id.description, name: view.name, query: view.query, count: count.count, more: count.more, own: true))
        }
        let list = SavedViewList(
            views: views, countMax: BoundedCounts.most, mentions: try await desk.mentions(of: me).count { !$0.isSeen }, news: try await newsCount(),
            snoozed: try await desk.snoozed(by: me).count, asOf: asOf)
        return try .of(list, asOf: asOf)
    }

    fileprivate func shown(_ view: SavedView, status: Int = 200) async throws -> Answer {
        let asOf = try await counter.desk.store.head().sequence
        let count = try await counted(view.query, asOf: asOf)
        let shown = SavedViewView(id: view.id.description, name: view.name, query: view.query, count: count.count, more: count.more, own: true)
        return try .of(shown, status: status, asOf: asOf, location: status == 201 ? "/v1/views/\(view.id)" : nil)
    }

    // MARK: The whole of a queue

    fileprivate func summarise() async throws -> Answer {
        let asOf = try await counter.desk.store.head().sequence
        var filter = arrival.query
        // What is asked for twice is asked for both: what is late of today, what is nobody's of mine.
        let window = filter["due"]
        func count(_ more: [String: String]) async throws -> BoundedCount { try await bounded(filter.merging(more) { $1 }, asOf: asOf) }
        let all = try await count([:])
        let none = BoundedCount(count: 0, more: false)
        let late = window == DueWindow.soon.rawValue ? none : window == DueWindow.late.rawValue ? all : try await count(["due": "late"])
        let soon = window == DueWindow.late.rawValue ? none : window == DueWindow.soon.rawValue ? all : try await count(["due": "soon"])
        let free: BoundedCount
        if filter["owner"] != nil {
            free = none
        } else if filter["free"] == "true" {
            free = all
        } else {
            filter["free"] = "true"
            free = try await count([:])
        }
        return try .of(QueueSummary(all: all, late: late, soon: soon, free: free, countMax: BoundedCounts.most, asOf: asOf), asOf: asOf)
    }
}
