import Chronicle
import Disputes
import EventStorage

/// What a person arranged for themselves. Rows and no events: nothing is decided by them, and a log that forgets nothing is no place for how somebody
/// likes their screen.
extension Desk {
    public func arrangement(of id: StaffID) async throws(DeskError) -> Arrangement {
        guard let row = try await rows(AttentionTables.arrangements, of: id, limit: 1).first else { return Arrangement() }
        return Arrangement(language: row[1].text, zone: row[2].text, columns: row[3].text.map { $0.split(separator: " ").map(String.init) })
    }

    public func arrange(_ arrangement: Arrangement, for id: StaffID) async throws(DeskError) {
        let columns = arrangement.columns?.joined(separator: " ")
        try await write([
            .put(AttentionTables.arrangements, [.text(id.description), .text(arrangement.language), .text(arrangement.zone), .text(columns)])
        ])
    }

    // MARK: Views

    /// In the order their owner gave them.
    public func views(of id: StaffID) async throws(DeskError) -> [SavedView] {
        try await rows(AttentionTables.views, of: id, limit: SavedView.countMax).compactMap(SavedView.init).sorted { ($0.place, $0.id) < ($1.place, $1.id) }
    }

    /// Keeps a view, as the last of theirs.
    public func save(view name: String, _ query: String, for id: StaffID) async throws(DeskError) -> SavedView {
        let views = try await views(of: id)
        guard views.count < SavedView.countMax else { throw .arrangement(.tooManyViews) }
        let made = SavedView(
            id: SavedViewID(at: surroundings.now(), randomness: surroundings.random()), place: (views.last?.place ?? -1) + 1,
            name: try Desk.checkedName(name), query: try Desk.checkedQuery(query))
        try await write([made.row(of: id)])
        return made
    }

    /// Calls it otherwise, has it say something else, or puts it at another place of theirs (0 is the first). Throws `DeskError`.
    public func change(_ view: SavedViewID, name: String?, query: String?, place: Int?, for id: StaffID) async throws -> SavedView {
        var views = try await views(of: id)
        guard let index = views.firstIndex(where: { $0.id == view }) else { throw DeskError.arrangement(.unknownView(view.description)) }
        if let name { views[index].name = try Desk.checkedName(name) }
        if let query { views[index].query = try Desk.checkedQuery(query) }
        let changed = views.remove(at: index)
        let at = max(0, min(views.count, place ?? index))
        views.insert(changed, at: at)
        for index in views.indices { views[index].place = index }
        try await write(views.map { $0.row(of: id) })
        return views[at]
    }

    @discardableResult
    public func remove(_ view: SavedViewID, for id: StaffID) async throws(DeskError) -> SavedView {
        guard let known = try await views(of: id).first(where: { $0.id == view }) else { throw .arrangement(.unknownView(view.description)) }
        try await write([.delete(AttentionTables.views, key: [.text(id.description), .text(view.description)])])
        return known
    }

    private static func checkedName(_ name: String) throws(DeskError) -> String {
        guard 1...SavedView.nameCharactersMax ~= name.count else { throw .arrangement(.nameLength) }
        return name
    }

    private static func checkedQuery(_ query: String) throws(DeskError) -> String {
        guard query.utf8.count <= SavedView.queryBytesMax else { throw .arrangement(.queryLength) }
        return query
    }

    // MARK: Rows

    /// Everything they arranged, taken away: for whoever leaves.
    func arrangementsForgotten(of id: StaffID) async throws(DeskError) -> [RowChange] {
        var changes: [RowChange] = []
        for table in AttentionTables.own {
            let keys = table.key.count
            for row in try await rows(table, of: id, limit: 10_000) { changes.append(.delete(table, key: Array(row.prefix(keys)))) }
        }
        return changes
    }

    /// Rows whose first column is the person.
    func rows(_ table: RowTable, of id: StaffID, where more: [RowQuery.Condition] = [], order: [RowQuery.Order] = [], limit: Int) async throws(DeskError)
        -> [[RowValue]]
    {
        do {
            return try await store.rows(
                RowQuery(table, where: [.compare("staff", .equal, .text(id.description))] + more, order: order, limit: limit)
            ).rows
        } catch {
            throw .store(error)
        }
    }

    func write(_ changes: [RowChange]) async throws(DeskError) { do { try await store.write(changes, position: nil) } catch { throw .store(error) } }
}

extension SavedView {
    fileprivate init?(_ row: [RowValue]) {
        guard let id = row[1].text.flatMap(SavedViewID.init), let place = row[2].integer, let name = row[3].text, let query = row[4].text else { return nil }
        self.init(id: id, place: Int(place), name: name, query: query)
    }

    fileprivate func row(of staff: StaffID) -> RowChange {
        .put(AttentionTables.views, [.text(staff.description), .text(id.description), .integer(Int64(place)), .text(name), .text(query)])
    }
}
