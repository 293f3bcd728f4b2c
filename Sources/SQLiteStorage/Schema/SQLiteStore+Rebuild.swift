import Chronicle
import EventStorage

extension SQLiteStore {
    /// Shadow and swap: the new rows grow in shadow tables, batch by batch between the desk's own appends; then, in one transaction, the last
    /// few events are applied and the shadows take the place of the live tables. Shadows left by a crash are dropped at the next opening.
    public func rebuild(
        _ tables: [RowTable], of projection: String?,
        with changes: @escaping @Sendable ([StoredEvent], any EarlierEvents) throws -> [RowChange]
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
                let log = LogReading(session: desk.session)
                try desk.catchUp(after: reached) { try self.checked(changes($0, log), within: shadows) }
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

    /// Applies the log until little of it is left. While one batch is folded the next is read and the rows of the one before are written.
    private func fill(
        _ shadows: Set<String>, with changes: @escaping @Sendable ([StoredEvent], any EarlierEvents) throws -> [RowChange]
    ) async throws -> Int64 {
        var reached: Int64 = 0
        var folded: [RowChange] = []
        var batch = try await read(after: 0, limit: rebuildBatchEvents)
        while batch.count >= rebuildRestEvents, let last = batch.last?.envelope.sequence {
            let rows = folded
            async let written: Void = writeToShadows(rows)
            async let next = read(after: last, limit: rebuildBatchEvents)
            folded = try await fold(batch, within: shadows, with: changes)
            try await written
            batch = try await next
            reached = last
        }
        try await writeToShadows(folded)
        return reached
    }

    private func fold(
        _ batch: [StoredEvent], within shadows: Set<String>,
        with changes: @escaping @Sendable ([StoredEvent], any EarlierEvents) throws -> [RowChange]
    ) async throws -> [RowChange] {
        // What `changes` throws goes to the caller as it is, so it must not pass through the readers as if it were theirs.
        let folded = try await readers.read { session in
            Result { try self.checked(changes(batch, LogReading(session: session)), within: shadows) }
        }
        return try folded.get()
    }

    private func writeToShadows(_ changes: [RowChange]) async throws {
        var rest = changes[...]
        while !rest.isEmpty {
            let slice = rest.prefix(rebuildSliceRows)
            try await write { desk in
                for row in slice { try desk.rows.apply(row, toShadow: true) }
            }
            rest = rest.dropFirst(rebuildSliceRows)
        }
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

/// Large, so that a case which moves several times within a batch is written once.
private let rebuildBatchEvents = 32_768
/// With fewer than these left the rest is done in the last transaction, during which nobody else writes: some tens of milliseconds.
private let rebuildRestEvents = 4_096
/// Rows in one transaction: an append waiting behind it waits some tens of milliseconds.
private let rebuildSliceRows = 4_096
