import Chronicle
import EventStorage
import Filling
import Runtime
import SQLiteStorage

/// `bench prove`: the whole log derived again, the read models made anew, and the rows held against what they were.
struct ProveStore {
    let options: Options

    func run() async throws {
        let folder = DeskFolder(options.store)
        let store = try folder.openStore()
        let desk = try await folder.openDesk(over: store)
        let policy = try await desk.policies.inForce()
        show("\(Machine.line)")
        try await ProveStore.verify(store, runs: options.runs)
        // Tables declared anew since they were filled have nothing to be compared with.
        let before = try await store.outdatedTables().isEmpty ? ProveStore.fingerprints(store) : [:]
        var rates: [Double] = []
        for _ in 0..<options.rebuilds { rates.append(try await ProveStore.rebuild(store, RowsFromLog(policy))) }
        show(Figure(name: "prove: rebuilding the read models", value: median(rates), unit: "events/s", target: 100_000).line)
        let after = try await ProveStore.fingerprints(store)
        for (table, (rows, hash)) in before.sorted(by: { $0.key < $1.key }) {
            guard let now = after[table], now == (rows, hash) else { throw FillingError.missing("the same rows in \(table) after a rebuild") }
            show("prove: \(table): \(rows) rows, the same after a rebuild (\(hash.description.prefix(12)))")
        }
        show(Figure(name: "prove: memory of the process, at most", value: Machine.memoryMegabytes.most, unit: "MB").line)
        await desk.keys.close()
        try store.close()
    }

    static func verify(_ store: SQLiteStore, runs: Int) async throws {
        var rates: [Double] = []
        for _ in 0..<runs {
            rates.append(try await Stopwatch.perWallSecond { Int(try await EventStorage.verify(store).events) })
        }
        show(Figure(name: "prove: verifying the whole log", value: median(rates), unit: "events/s", target: 300_000).line)
    }

    /// Events a second through a rebuild of every table that follows from cases.
    static func rebuild(_ store: SQLiteStore, _ rows: RowsFromLog) async throws -> Double {
        try await Stopwatch.perWallSecond { Int(try await store.rebuild(RowsFromLog.tables, of: nil) { try rows.changes(for: $0) }) }
    }

    /// Number and chained SHA-256 of the rows of each table, in the order of its key.
    static func fingerprints(_ store: any EventStore) async throws -> [String: (Int, Digest)] {
        var found: [String: (Int, Digest)] = [:]
        for table in RowsFromLog.tables {
            var (rows, hash, after) = (0, Digest(hashing: []), nil as [RowValue]?)
            repeat {
                let page = try await store.rows(RowQuery(table, after: after, limit: 5_000))
                // A chain: each page with the hash of those before it.
                hash = Digest(hashing: hash.bytes + page.rows.flatMap { "\($0)".utf8 })
                rows += page.rows.count
                after = page.next
            } while after != nil
            found[table.name] = (rows, hash)
        }
        return found
    }
}
