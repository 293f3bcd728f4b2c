import Disputes
import EventStorage

/// The decided cases in memory: read once from their table, then kept up with every ruling this desk writes.
actor PrecedentShelf {
    /// Rows read at a time while filling; between two reads rulings and questions have their turn.
    static let page = 5_000

    private var columns = PrecedentColumns()
    private var filling: Task<Void, any Error>?
    private var isFull = false
    /// Cases ruled on while the shelf was being filled: what was read of them before may be older.
    private var changed: Set<CaseID> = []

    /// Takes note of what was just written.
    func note(_ changes: [RowChange]) {
        for change in changes {
            switch change {
            case .put(CaseTables.precedents, let values):
                guard let known = PrecedentRow.read(values) else { continue }
                columns.put(known)
                changed.insert(known.id)
            case .delete(CaseTables.precedents, let key):
                guard let id = key.first?.text.flatMap(CaseID.init) else { continue }
                columns.remove(id)
                changed.insert(id)
            default: continue
            }
        }
        if isFull { changed = [] }
    }

    func nearest(_ features: CaseFeatures, limit: Int, besides id: CaseID, from store: any EventStore) async throws -> [Neighbour] {
        try await fill(from: store)
        return columns.nearest(features, limit: limit, besides: id)
    }

    /// Reads the table, once; whoever asks meanwhile waits for the same reading, and after a failure the next one tries anew.
    func fill(from store: any EventStore) async throws {
        guard !isFull else { return }
        let task = filling ?? Task { try await self.read(from: store) }
        filling = task
        do { try await task.value } catch {
            if filling == task { filling = nil }
            throw error
        }
    }

    private func read(from store: any EventStore) async throws {
        var query = RowQuery(CaseTables.precedents, limit: PrecedentShelf.page)
        repeat {
            let page = try await store.rows(query)
            for row in page.rows {
                guard let known = PrecedentRow.read(row), !changed.contains(known.id) else { continue }
                columns.put(known)
            }
            query.after = page.next
        } while query.after != nil
        isFull = true
        filling = nil
        changed = []
    }
}
