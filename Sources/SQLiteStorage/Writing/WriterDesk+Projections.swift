import EventStorage

extension WriterDesk {
    /// Moves a projection, in the transaction that writes its rows.
    func step(to position: ProjectionPosition, writing tables: Set<RowTable>) throws {
        try position.check(actual: try LogReading(session: session).position(of: position.projection), head: log.head.sequence)
        try place(position.projection, at: position.sequence)
        for table in tables { try RowTables(session: session).assign(table, to: position.projection) }
    }

    func place(_ projection: String, at sequence: Int64) throws {
        let upsert = try session.prepare(
            "INSERT INTO projection (name, sequence) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET sequence = excluded.sequence")
        upsert.bind(projection, at: 1)
        upsert.bind(sequence, at: 2)
        try upsert.run()
    }
}
