import Chronicle

/// Keeps one projection up with the log. Rows and position move in one transaction, so a crash anywhere repeats or loses nothing.
public struct ProjectionRunner: Sendable {
    private let projection: any Projection
    private let store: any EventStore
    private let batchEvents: Int

    public init(_ projection: any Projection, on store: any EventStore, batchEvents: Int = 2_000) {
        (self.projection, self.store, self.batchEvents) = (projection, store, max(1, batchEvents))
    }

    /// Follows the log until the task is cancelled. What `changes(for:)` or the store throws is thrown here.
    public func run() async throws {
        while !Task.isCancelled {
            let reached = try await catchUp()
            _ = try await store.wait(after: reached, timeout: .seconds(30))
        }
    }

    /// Applies everything there is; returns the sequence reached. A model that never ran, in this version or with these tables, is made from
    /// the whole log beside its old rows.
    public func catchUp() async throws -> Int64 {
        var reached = try await store.position(of: projection.positionName)
        let outdated = try await store.outdatedTables()
        if reached == 0 || projection.tables.contains(where: outdated.contains) {
            let projection = projection
            reached = try await store.rebuild(projection.tables, of: projection.positionName) { try projection.changes(for: $0) }
        }
        while case let events = try await store.read(after: reached, limit: batchEvents), let last = events.last?.envelope.sequence {
            let step = ProjectionPosition(projection.positionName, from: reached, to: last)
            try await store.write(try projection.changes(for: events), position: step)
            reached = last
            try Task.checkCancellation()
        }
        return reached
    }
}
