import Chronicle
import Crypto
import Disputes
import EventStorage
import Synchronization
import TestKit
import Testing

@testable import Runtime

@Suite("Rows made anew from the log")
struct CaseReplayTests {
    /// What a replay is asked with: so many lanes, so many events at once.
    static let ways = [(lanes: 1, batch: 1), (1, 7), (2, 1), (2, 3), (3, 1_000), (8, 5)]

    @Test("In batches of any size, in any number of lanes, keeping closed cases or not, the rows are those the desk wrote", arguments: ways)
    func sameRows(lanes: Int, batch: Int) async throws {
        // given a desk with cases that closed, and some of them went on afterwards
        let folder = try Folder()
        let (desk, store) = try await CaseReplayTests.desk(in: folder)
        try await CaseReplayTests.work(desk)
        let log = try await store.read(after: 0, limit: 10_000)
        let ranks = try await desk.policies.all().mapValues { $0.tiers.mapValues(\.rank) }
        // when the log is replayed, once with a memory and once without
        for looksBack in [false, true] {
            let replay = CaseReplay(ranks: ranks, lanes: lanes)
            let earlier = CountedLooks(log: log)
            let made = try MemoryStore(tables: CaseTables.all)
            for start in stride(from: 0, to: log.count, by: batch) {
                let events = Array(log[start..<min(start + batch, log.count)])
                try await made.write(try replay.rows(for: events, lookingBack: looksBack ? earlier : nil), position: nil)
            }
            // then every row is the same, and closed cases were read again only when they had been let go of
            for table in CaseReplay.tables {
                let query = RowQuery(table, limit: 1_000)
                #expect(try await made.rows(query).rows == (try await store.rows(query).rows), "\(table.name), looking back: \(looksBack)")
            }
            #expect(replay.caseCount == 12)
            #expect(replay.eventCount == Int64(log.count))
            #expect((earlier.looks.withLock { $0 } > 0) == (looksBack && batch < 1_000))
        }
        await desk.keys.close()
    }

    @Test("A rebuild of a whole desk changes no row") func wholeDesk() async throws {
        let folder = try Folder()
        let (desk, store) = try await CaseReplayTests.desk(in: folder)
        try await CaseReplayTests.work(desk)
        var before: [[[RowValue]]] = []
        for table in CaseReplay.tables { before.append(try await store.rows(RowQuery(table, limit: 1_000)).rows) }
        let replay = try await desk.replay()
        _ = try await store.rebuild(CaseReplay.tables, of: nil) { try replay.rows(for: $0, lookingBack: $1) }
        for (table, rows) in zip(CaseReplay.tables, before) { #expect(try await store.rows(RowQuery(table, limit: 1_000)).rows == rows, "\(table.name)") }
        await desk.keys.close()
    }

    private static func desk(in folder: Folder) async throws -> (Desk, MemoryStore) {
        let store = try MemoryStore(tables: CaseTables.all)
        let keys = try await PersonKeys(opening: folder.path + "/keys.log", wrapping: MasterKey(SymmetricKey(size: .bits256)))
        let desk = Desk(store: store, keys: keys, vault: try EvidenceVault(opening: folder.path + "/evidence"))
        try await desk.publish(DefaultPack.files, by: .machine("test"))
        return (desk, store)
    }

    /// Twelve complaints: a third stay open, a third are closed, a third are closed and go on when others have been worked on.
    private static func work(_ desk: Desk) async throws {
        let importer = Request(by: .machine("import-cfpb"))
        let ids = (1...12).map { CaseID(at: Scene.start, randomness: UInt128($0 * 7)) }
        for id in ids { _ = try await desk.perform(Props.complaint("CMP-01", jurisdiction: nil, id: id), on: id, importer) }
        for id in ids.dropFirst(4) {
            _ = try await desk.perform(.importHistory(.init(state: "Closed", holder: .system, changed: ["state"], closes: true)), on: id, importer)
        }
        for round in 0..<2 {
            for id in ids.dropFirst(8).dropLast(round * 2) {
                let again = CaseCommand.importHistory(.init(state: "Active", holder: .staff, changed: ["reopen"], reopens: true))
                let end = CaseCommand.importHistory(.init(state: "Closed", holder: .system, changed: ["state"], closes: true))
                _ = try await desk.perform(again, on: id, importer)
                if round == 0 { _ = try await desk.perform(end, on: id, importer) }
            }
        }
    }

    /// The log as an engine would let a fold look back at it.
    private final class CountedLooks: EarlierEvents, Sendable {
        let log: [StoredEvent]
        let looks = Mutex(0)

        init(log: [StoredEvent]) { self.log = log }

        func events(of stream: StreamID, through version: Int) -> [StoredEvent] {
            looks.withLock { $0 += 1 }
            return log.filter { $0.envelope.stream == stream && $0.envelope.version <= version }
        }
    }
}
