import EventStorage
@testable import SQLiteStorage
import TestKit
import Testing

@Suite("Backup and restore")
struct BackupTests {
    @Test("A backup taken while the desk works is a proven store of some moment, and can be restored and gone on with")
    func backupUnderFire() async throws {
        let folder = try Folder()
        let store = try SQLiteStore(path: folder.path("store.sqlite"), tables: EventStoreConformance.tables)
        var samples = SampleEvents()
        _ = try await store.append(
            Append(
                to: SampleEvents.stream(0), expecting: .none, samples.events(2_000),
                rows: [.put(SampleTables.tally, [.integer(1), .text("x"), .integer(7), .integer(0)])]))
        let writing = Task {
            var samples = SampleEvents(seed: 2)
            var count = 0
            while !Task.isCancelled {
                _ = try await store.append(Append(to: SampleEvents.stream(count % 9), expecting: .any, samples.events(2)))
                count += 1
            }
            return count
        }
        let proof = try await store.backUp(to: folder.path("backup.sqlite"))
        let headAfter = try await store.head().sequence
        writing.cancel()
        #expect(try await writing.value > 0)
        #expect(2_000...headAfter ~= proof.events)
        #expect(try await verify(store).events >= proof.events)
        try store.close()
        #expect(folder.names.filter { $0.hasPrefix("backup") } == ["backup.sqlite"])

        let restored = try await SQLiteStore.restore(from: folder.path("backup.sqlite"), to: folder.path("restored.sqlite"))
        #expect(restored == proof)
        let second = try SQLiteStore(path: folder.path("restored.sqlite"), tables: EventStoreConformance.tables)
        #expect(try await second.head().root == proof.root)
        #expect(try await second.outdatedTables() == [])
        #expect(try await second.rows(RowQuery(SampleTables.tally)).rows == [[.integer(1), .text("x"), .integer(7), .integer(0)]])
        _ = try await second.append(Append(to: SampleEvents.stream(77), expecting: .none, samples.events(1)))
        try second.close()
    }

    @Test("Nothing that exists is overwritten, and nothing is left of an attempt")
    func overwriting() async throws {
        let folder = try Folder()
        let (path, backup) = (folder.path("store.sqlite"), folder.path("backup.sqlite"))
        let store = try SQLiteStore(path: path)
        try Bytes.write([1, 2, 3], to: backup)
        await #expect(throws: OpeningRefusal.exists(path: backup)) { try await store.backUp(to: backup) }
        #expect(try Bytes.read(backup) == [1, 2, 3])
        await #expect(throws: OpeningRefusal.exists(path: path)) { try await SQLiteStore.restore(from: backup, to: path) }
        await #expect(throws: (any Error).self) { try await SQLiteStore.restore(from: backup, to: folder.path("new.sqlite")) }
        await #expect(throws: (any Error).self) { try await SQLiteStore.restore(from: folder.path("nothing"), to: folder.path("new.sqlite")) }
        await #expect(throws: (any Error).self) { try await store.backUp(to: folder.path("no/such/folder.sqlite")) }
        try store.close()
        #expect(folder.names.filter { !$0.hasPrefix("store") } == ["backup.sqlite"])
    }

    @Test("A backup of a damaged store is refused and leaves no file")
    func damagedSource() async throws {
        let folder = try Folder()
        let path = folder.path("store.sqlite")
        try Bytes.write(await DamageTests.store(), to: path)
        let raw = try RawStore(path, unguarded: true)
        try raw.execute("UPDATE event SET payload = x'00' WHERE sequence = 123")
        try raw.close()
        let store = try SQLiteStore(path: path, tables: EventStoreConformance.tables)
        do {
            try await store.backUp(to: folder.path("backup.sqlite"))
            Issue.record("a damaged store was backed up")
        } catch StoreError.damaged(let sequence, _) {
            #expect(sequence == 123)
        }
        try store.close()
        #expect(folder.names.filter { $0.hasPrefix("backup") } == [])
    }
}
