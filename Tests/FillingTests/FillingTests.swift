import Chronicle
import EventStorage
import Filling
import Foundation
import Runtime
import TestKit
import Testing

/// A filled store must be worth measuring: truly decided, whole, and the same for the same seed.
@Suite("Filling a store")
struct FillingTests {
    static let end = Instant("2026-11-01T00:00:00Z") ?? .epoch

    @Test("No life is refused by the default pack, and each is the same when lived again", arguments: [1, 2, 3] as [UInt64])
    func lives(seed: UInt64) throws {
        let set = try StageSet(try DefaultPack.policy())
        var met: Set<Story> = []
        var events = 0
        for number in 0..<300 {
            let begin = Self.end - .days(100) + .minutes(Int64(number))
            let (life, story) = try Life.lived(number, seed: seed, on: set, from: begin, until: Self.end)
            let again = try Life.lived(number, seed: seed, on: set, from: begin, until: Self.end).0
            #expect(life.file == again.file, "seed \(seed), case \(number)")
            met.insert(story)
            events += life.eventCount
        }
        #expect(met == Set(Story.allCases), "seed \(seed)")
        #expect((10...16).contains(events / 300), "seed \(seed): \(events / 300) events a case")
    }

    @Test("Nothing happens after the end: a case that was not over by then is left open")
    func end() throws {
        let set = try StageSet(try DefaultPack.policy())
        for number in 0..<200 {
            let (life, _) = try Life.lived(number, seed: 9, on: set, from: Self.end - .seconds(30), until: Self.end)
            #expect(life.acts.allSatisfy { $0.at <= Self.end }, "case \(number)")
        }
    }

    @Test("The log of a filled store verifies, and its rows are those its log gives")
    func whole() async throws {
        let path = NSTemporaryDirectory() + "filling-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        // given a store of three hundred cases
        let folder = DeskFolder(path)
        try folder.make()
        let store = try folder.openStore()
        let desk = try await folder.openDesk(over: store)
        try await desk.publish(DefaultPack.files, by: .machine("test"))
        let filled = try await Filling(cases: 300, seed: 4, until: Self.end).fill(desk)
        // then its log is whole
        #expect(filled.cases == 300)
        #expect(try await verify(store).events == Int64(filled.events) + 1, "the cases' events and the published pack")
        // and a rebuild changes no row
        var before: [String: [[RowValue]]] = [:]
        for table in CaseReplay.tables { before[table.name] = try await store.rows(RowQuery(table, limit: 10_000)).rows }
        let replay = try await desk.replay()
        _ = try await store.rebuild(CaseReplay.tables, of: nil) { try replay.rows(for: $0, lookingBack: $1) }
        for table in CaseReplay.tables {
            #expect(try await store.rows(RowQuery(table, limit: 10_000)).rows == before[table.name], "\(table.name)")
        }
        #expect(before[CaseTables.cases.name]?.count == 300)
        await desk.keys.close()
        try store.close()
    }

    @Test("A folder that holds a store is not filled again")
    func twice() throws {
        let path = NSTemporaryDirectory() + "filling-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try DeskFolder(path).make()
        try DeskFolder(path).openStore().close()
        #expect(throws: FillingError.exists(path: path)) { try DeskFolder(path).make() }
    }
}
