import EventStorage
@testable import SQLiteStorage
import TestKit
import Testing

@Suite("The writer")
struct WriterTests {
    @Test("Appends that wait share a transaction, and each gets its own answer")
    func groupCommit() async throws {
        let folder = try Folder()
        let store = try SQLiteStore(path: folder.path("store.sqlite"))
        var samples = SampleEvents()
        let prepared = [(1, ExpectedVersion.none), (2, .none), (1, .exactly(1)), (1, .exactly(1)), (3, .exactly(4)), (2, .any)].map { stream, expecting in
            PreparedAppend(Append(to: SampleEvents.stream(stream), expecting: expecting, samples.events(1)))
        }
        let outcome = try await store.outsideTransaction { desk in
            let before = try desk.session.answer("PRAGMA data_version")
            let frames = { try desk.session.answer("SELECT count(*) FROM event") }
            let results = desk.commit(prepared)
            return (results.map { (try? $0.get())?.lastSequence }, before, try frames())
        }
        #expect(outcome.0 == [1, 2, 3, nil, nil, 4])
        #expect(outcome.2 == "4")
        #expect(try await verify(store).events == 0, "the watch is told by the queue, not by the desk")
        try store.close()
        let reopened = try SQLiteStore(path: folder.path("store.sqlite"))
        #expect(try await verify(reopened).events == 4)
        try reopened.close()
    }

    @Test("What was acknowledged is in the files at once: a copy taken as by a crash has all of it", arguments: [1, 2, 3])
    func crashCopy(seed: Int) async throws {
        let folder = try Folder()
        let crashed = try Folder()
        let store = try SQLiteStore(path: folder.path("store.sqlite"))
        var samples = SampleEvents(seed: UInt64(seed))
        for number in 0..<seed * 40 { _ = try await store.append(Append(to: SampleEvents.stream(number % 7), expecting: .any, samples.events(3))) }
        for name in ["store.sqlite", "store.sqlite-wal"] { try Bytes.write(Bytes.read(folder.path(name)), to: crashed.path(name)) }
        try store.close()
        let survivor = try SQLiteStore(path: crashed.path("store.sqlite"))
        #expect(try await verify(survivor).events == Int64(seed) * 120)
        try survivor.close()
    }

    @Test("The write-ahead log is carried over by the writer when it has grown long")
    func checkpoints() async throws {
        let folder = try Folder()
        let store = try SQLiteStore(path: folder.path("store.sqlite"))
        var samples = SampleEvents()
        for _ in 0..<12 {
            let events = (0..<20).map { _ in samples.event(payload: [UInt8](repeating: 7, count: 100_000)) }
            _ = try await store.append(Append(to: SampleEvents.stream(1), expecting: .any, events))
        }
        let (pages, walBytes) = (try Bytes.read(folder.path("store.sqlite")).count / 4_096, try Bytes.read(folder.path("store.sqlite-wal")).count)
        #expect(pages > 4_000, "the store has \(pages) pages")
        #expect(walBytes < 40_000_000, "the write-ahead log has \(walBytes) bytes")
        #expect(try await verify(store).events == 240)
        try store.close()
    }
}
