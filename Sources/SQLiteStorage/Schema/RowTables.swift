import EventStorage

/// The tables of the read models in the database: made from their declarations, rebuilt beside the live ones, swapped in.
struct RowTables {
    let session: Session

    /// Makes what is missing. A table whose declaration changed, or that comes new to a log with events, is made empty and marked as outdated.
    func bringUpToDate(_ tables: [RowTable], logIsEmpty: Bool) throws -> Set<String> {
        var outdated: Set<String> = []
        for table in tables {
            let known = try stored(table)
            if known?.declaration != table.declaration, table.holdsItsOwn {
                try carryOver(table, generation: (known?.generation ?? 0) + 1, isNew: known == nil)
            } else if known?.declaration != table.declaration {
                try session.execute("DROP TABLE IF EXISTS \"\(table.storedName)\"")
                let generation = (known?.generation ?? 0) + 1
                try make(table, as: table.storedName)
                try makeIndexes(of: table, on: table.storedName, generation: generation)
                try record(table, generation: generation, outdated: !logIsEmpty, projection: nil)
                if !logIsEmpty { outdated.insert(table.name) }
            } else if known?.outdated == true {
                outdated.insert(table.name)
            }
            try session.execute("DROP TABLE IF EXISTS \"\(RowTables.shadow(of: table))\"")
        }
        return outdated
    }

    /// Gives a table its new shape and keeps its rows: they are nowhere else. Where the new shape wants what the old rows have not, this
    /// fails, and with it the opening; nothing is lost.
    private func carryOver(_ table: RowTable, generation: Int64, isNew: Bool) throws {
        try makeShadow(of: table)
        if !isNew {
            var present: Set<String> = []
            let info = try session.prepare("SELECT name FROM pragma_table_info('\(table.storedName)')")
            while try info.step() { present.insert(info.text(0)) }
            info.reset()
            let shared = table.columns.map(\.name).filter(present.contains).map { "\"\($0)\"" }.joined(separator: ", ")
            if !shared.isEmpty {
                try session.execute("INSERT INTO \"\(RowTables.shadow(of: table))\" (\(shared)) SELECT \(shared) FROM \"\(table.storedName)\"")
            }
        }
        try makeIndexes(of: table, on: RowTables.shadow(of: table), generation: generation)
        try session.execute("DROP TABLE IF EXISTS \"\(table.storedName)\"")
        try session.execute("ALTER TABLE \"\(RowTables.shadow(of: table))\" RENAME TO \"\(table.storedName)\"")
        try record(table, generation: generation, outdated: false, projection: nil)
    }

    /// Makes an empty table beside the live one, without indexes: filling it first and indexing it then is several times faster.
    func makeShadow(of table: RowTable) throws {
        try session.execute("DROP TABLE IF EXISTS \"\(RowTables.shadow(of: table))\"")
        try make(table, as: RowTables.shadow(of: table))
    }

    func indexShadow(of table: RowTable) throws {
        let generation = (try stored(table)?.generation ?? 0) + 1
        try makeIndexes(of: table, on: RowTables.shadow(of: table), generation: generation)
    }

    /// Puts the shadow in the place of the live table; the caller's transaction makes it one step.
    func swapIn(_ table: RowTable, of projection: String?) throws {
        let generation = (try stored(table)?.generation ?? 0) + 1
        try session.execute("DROP TABLE \"\(table.storedName)\"")
        try session.execute("ALTER TABLE \"\(RowTables.shadow(of: table))\" RENAME TO \"\(table.storedName)\"")
        try record(table, generation: generation, outdated: false, projection: projection)
    }

    func dropShadow(of table: RowTable) throws {
        try session.execute("DROP TABLE IF EXISTS \"\(RowTables.shadow(of: table))\"")
    }

    /// The projection that writes this table from now on.
    func assign(_ table: RowTable, to projection: String) throws {
        let update = try session.prepare("UPDATE row_table SET projection = ? WHERE name = ? AND projection IS NOT ?")
        update.bind(projection, at: 1)
        update.bind(table.name, at: 2)
        update.bind(projection, at: 3)
        try update.run()
    }

    static func shadow(of table: RowTable) -> String { "shadow_" + table.name }

    // Names are checked identifiers (`RowTable.check`), so they may stand in the text.

    private func make(_ table: RowTable, as name: String) throws {
        let columns = table.columns.map { "\"\($0.name)\" \($0.kind.sqlName)\($0.nullable ? "" : " NOT NULL")" }
        let key = table.key.map { "\"\($0)\"" }.joined(separator: ", ")
        try session.execute("CREATE TABLE \"\(name)\" (\(columns.joined(separator: ", ")), PRIMARY KEY (\(key))) STRICT, WITHOUT ROWID")
    }

    private func makeIndexes(of table: RowTable, on name: String, generation: Int64) throws {
        for index in table.indexes {
            let columns = index.columns.map { "\"\($0)\"" }.joined(separator: ", ")
            let filter = index.whereNotNull.map { " WHERE \"\($0)\" IS NOT NULL" } ?? ""
            try session.execute("CREATE INDEX \"\(table.name).\(index.name).\(generation)\" ON \"\(name)\" (\(columns))\(filter)")
        }
    }

    private func stored(_ table: RowTable) throws -> (declaration: String, generation: Int64, outdated: Bool)? {
        let select = try session.prepare("SELECT declaration, generation, outdated FROM row_table WHERE name = ?")
        defer { select.reset() }
        select.bind(table.name, at: 1)
        guard try select.step() else { return nil }
        return (select.text(0), select.integer(1), select.integer(2) == 1)
    }

    private func record(_ table: RowTable, generation: Int64, outdated: Bool, projection: String?) throws {
        let upsert = try session.prepare(
            """
            INSERT INTO row_table (name, declaration, generation, outdated, projection) VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE \
            SET declaration = excluded.declaration, generation = excluded.generation, outdated = excluded.outdated, projection = excluded.projection
            """)
        upsert.bind(table.name, at: 1)
        upsert.bind(table.declaration, at: 2)
        upsert.bind(generation, at: 3)
        upsert.bind(outdated ? 1 : 0, at: 4)
        upsert.bind(projection.map(RowValue.text) ?? .null, at: 5)
        try upsert.run()
    }
}

extension RowColumn.Kind {
    fileprivate var sqlName: String {
        switch self {
        case .integer: "INTEGER"
        case .text: "TEXT"
        case .blob: "BLOB"
        }
    }
}
