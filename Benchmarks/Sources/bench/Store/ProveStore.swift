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
        show("\(Machine.line)")
        try await ProveStore.verify(store, runs: options.runs)
        // Tables declared anew since they were filled have nothing to be compared with.
        let before = try await store.outdatedTables().isEmpty ? ProveStore.fingerprints(store) : [:]
        var rates: [Double] = []
        for _ in 0..<options.rebuilds { rates.append(try await ProveStore.rebuild(store, desk)) }
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
    static func rebuild(_ store: SQLiteStore, _ desk: Desk) async throws -> Double {
        try await Stopwatch.perWallSecond {
            let replay = try await desk.replay()
            return Int(try await store.rebuild(CaseReplay.tables, of: nil) { try replay.rows(for: $0, lookingBack: $1) })
        }
    }

    /// Number and chained SHA-256 of the rows of each table, in the order of its key.
    static func fingerprints(_ store: any EventStore) async throws -> [String: (Int, Digest)] {
        var found: [String: (Int, Digest)] = [:]
        for table in CaseReplay.tables {
            var (rows, hash, after) = (0, Digest(hashing: []), nil as [RowValue]?)
            repeat {
                let page = try await store.rows(RowQuery(table, after: after, limit: 5_000))
                // A chain: each page with the hash of those before it.
                var bytes = hash.bytes
                for value in page.rows.joined() { append(value, to: &bytes) }
                hash = Digest(hashing: bytes)
                rows += page.rows.count
                after = page.next
            } while after != nil
            found[table.name] = (rows, hash)
        }
        return found
    }

    /// A kind, a length where there is one, and the value: no two rows have the same bytes.
    private static func append(_ value: RowValue, to bytes: inout [UInt8]) {
        func append(_ kind: UInt8, _ number: Int64) {
            bytes.append(kind)
            withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
        }
        switch value {
        case .null: bytes.append(0)
        case .integer(let number): append(1, number)
        case .text(let text):
            append(2, Int64(text.utf8.count))
            bytes.append(contentsOf: text.utf8)
        case .blob(let blob):
            append(3, Int64(blob.count))
            bytes.append(contentsOf: blob)
        }
    }
}
