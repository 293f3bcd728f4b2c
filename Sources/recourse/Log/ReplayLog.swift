import ArgumentParser
import Chronicle
import EventStorage
import Runtime

/// `log replay`: folds the whole log and compares what follows from it with what is stored.
struct ReplayLog: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Fold the whole log into cases and compare every row with what is stored.",
        discussion: "Rows that differ end with exit code 1: recourse store rebuild makes them anew.\n\nExample: recourse log replay")
    @OptionGroup var shared: SharedOptions

    private static let pageEvents = 8_192

    mutating func run() async throws {
        let me = self
        try await OpenDesk.use(shared) { desk in
            let clock = ContinuousClock()
            let began = clock.now
            let replay = try await desk.desk.replay()
            var derived = DerivedTables(CaseReplay.tables)
            var after: Int64 = 0
            while true {
                let page = try await desk.store.read(after: after, limit: ReplayLog.pageEvents)
                for change in try replay.rows(for: page) { derived.apply(change) }
                guard let last = page.last else { break }
                after = last.envelope.sequence
            }
            let milliseconds = max(1, (clock.now - began).components.seconds * 1_000 + (clock.now - began).components.attoseconds / 1_000_000_000_000_000)
            var differing = 0
            for table in CaseReplay.tables {
                let (rows, different) = try await derived.compare(table, with: desk.store)
                differing += different
                me.say(table, rows, different)
            }
            me.sum(replay, milliseconds: milliseconds, differing)
            if differing > 0 { throw Failure("\(differing) rows are not what the log says; make them anew with: recourse store rebuild") }
        }
    }

    private func say(_ table: RowTable, _ rows: Int, _ different: Int) {
        if shared.json {
            print(JSON.object([("table", .text(table.name)), ("rows", .integer(rows)), ("different", .integer(different))]).line)
        } else {
            print("\(table.name): \(rows) rows, \(different == 0 ? "all as the log says" : "\(different) different")")
        }
    }

    private func sum(_ replay: CaseReplay, milliseconds: Int64, _ differing: Int) {
        let perSecond = replay.eventCount * 1_000 / milliseconds
        if shared.json {
            let fields: [(String, JSON)] = [
                ("events", .integer(replay.eventCount)), ("cases", .integer(replay.caseCount)), ("eventsPerSecond", .integer(perSecond)),
                ("different", .integer(differing)),
            ]
            print(JSON.object(fields).line)
        } else {
            print("replayed \(replay.eventCount) events into \(replay.caseCount) cases, \(perSecond) events/s")
        }
    }
}

/// Rows in memory as changes make them, to be held against those in the store.
struct DerivedTables {
    private var rows: [String: [[RowValue]: [RowValue]]] = [:]

    init(_ tables: [RowTable]) { for table in tables { rows[table.name] = [:] } }

    mutating func apply(_ change: RowChange) {
        switch change {
        case .put(let table, let values): rows[table.name]?[DerivedTables.key(of: values, table)] = values
        case .delete(let table, let key): rows[table.name]?[key] = nil
        case .add(let table, let key, let column, let by):
            guard let position = table.columns.firstIndex(where: { $0.name == column }) else { return }
            var values = rows[table.name]?[key] ?? DerivedTables.empty(table, key)
            if case .integer(let count) = values[position] { values[position] = .integer(count + by) }
            rows[table.name]?[key] = values[position] == .integer(0) ? nil : values
        }
    }

    /// How many rows the log gives, and how many are different, missing or too many in the store.
    func compare(_ table: RowTable, with store: any EventStore) async throws -> (rows: Int, different: Int) {
        var expected = rows[table.name] ?? [:]
        let count = expected.count
        var different = 0
        var after: [RowValue]?
        repeat {
            let page = try await store.rows(RowQuery(table, after: after, limit: 5_000))
            for row in page.rows where expected.removeValue(forKey: DerivedTables.key(of: row, table)) != row { different += 1 }
            after = page.next
        } while after != nil
        return (count, different + expected.count)
    }

    private static func key(of row: [RowValue], _ table: RowTable) -> [RowValue] {
        table.key.compactMap { name in table.columns.firstIndex { $0.name == name }.map { row[$0] } }
    }

    private static func empty(_ table: RowTable, _ key: [RowValue]) -> [RowValue] {
        table.columns.map { column in table.key.firstIndex(of: column.name).map { key[$0] } ?? .integer(0) }
    }
}
