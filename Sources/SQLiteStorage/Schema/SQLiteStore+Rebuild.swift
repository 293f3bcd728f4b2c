import Chronicle
import EventStorage

extension SQLiteStore {
    /// Shadow and swap: the new rows grow in shadow tables, batch by batch between the desk's own appends; then, in one transaction, the last
    /// few events are applied and the shadows take the place of the live tables. Shadows left by a crash are dropped at the next opening.
    public func rebuild(
        _ tables: [RowTable], of projection: String?, with changes: @escaping @Sendable ([StoredEvent]) throws -> [RowChange]
    ) async throws -> Int64 {
        for table in tables where self.tables[table.name] != table {
            throw StoreError.malformed(reason: "the store was not opened with the table \(table.name) as it is declared here")
        }
        try outdated.begin(tables)
        var done = false
        defer { outdated.end(tables, done: done) }
        let shadows = Set(tables.map(\.name))
        try await write { desk in
            for table in tables { try RowTables(session: desk.session).makeShadow(of: table) }
        }
        do {
            let reached = try await fill(shadows, with: changes)
            for table in tables { try await write { desk in try RowTables(session: desk.session).indexShadow(of: table) } }
            let asOf = try await writer.transaction { desk in
                try desk.catchUp(after: reached) { try self.checked(changes($0), within: shadows) }
                for table in tables {
                    desk.rows.forget(table)
                    try RowTables(session: desk.session).swapIn(table, of: projection)
                }
                if let projection { try desk.place(projection, at: desk.log.head.sequence) }
                return desk.log.head.sequence
            }
            done = true
            return asOf
        } catch {
            try await write { desk in
                for table in tables {
                    desk.rows.forget(table)
                    try RowTables(session: desk.session).dropShadow(of: table)
                }
            }
            throw error
        }
    }

    /// Applies the log until less than a batch is left. The next batch is read while this one is folded and written.
    private func fill(_ shadows: Set<String>, with changes: @escaping @Sendable ([StoredEvent]) throws -> [RowChange]) async throws -> Int64 {
        var reached: Int64 = 0
        var batch = try await read(after: 0, limit: rebuildBatchEvents)
        while batch.count == rebuildBatchEvents, let last = batch.last?.envelope.sequence {
            async let next = read(after: last, limit: rebuildBatchEvents)
            let rows = try checked(changes(batch), within: shadows)
            try await write { desk in
                for row in rows { try desk.rows.apply(row, toShadow: true) }
            }
            reached = last
            batch = try await next
        }
        return reached
    }

    private func checked(_ changes: [RowChange], within shadows: Set<String>) throws(StoreError) -> [RowChange] {
        for change in changes {
            try change.check(tables: tables)
            guard shadows.contains(change.table.name) else {
                throw .malformed(reason: "the table \(change.table.name) is not one of those being made anew")
            }
        }
        return changes
    }
}

extension WriterDesk {
    /// Applies the end of the log to the shadows; while it runs nobody else writes, so it does end.
    func catchUp(after sequence: Int64, with changes: ([StoredEvent]) throws -> [RowChange]) throws {
        var reached = sequence
        while case let batch = try LogReading(session: session).events(after: reached, limit: rebuildBatchEvents), let last = batch.last {
            for row in try changes(batch) { try rows.apply(row, toShadow: true) }
            reached = last.envelope.sequence
        }
    }
}

/// Small enough that an append waiting behind a batch waits some tens of milliseconds.
private let rebuildBatchEvents = 4_096
