import Chronicle
import EventStorage
import Foundation
import GRDB
import SQLiteStorage
import TestKit
import Testing

@Suite("Damage is found and named")
struct DamageTests {
    static let events = 300

    /// The bytes of a closed store of 300 events.
    static func store() async throws -> [UInt8] {
        let folder = try Folder()
        let store = try SQLiteStore(path: folder.path("store.sqlite"), tables: EventStoreConformance.tables)
        var samples = SampleEvents(seed: 9)
        for number in 0..<events / 3 { _ = try await store.append(Append(to: SampleEvents.stream(number % 6), expecting: .any, samples.events(3))) }
        try store.close()
        return try Bytes.read(folder.path("store.sqlite"))
    }

    private static let blobs = ["actor", "correlation", "payload", "salt", "commitment", "leaf_hash"]
    private static let integers = ["stream", "version", "type", "occurred", "recorded", "policy", "causation"]

    @Test("A flipped bit anywhere in an event is found, and the event named", arguments: 1...8)
    func flippedBit(seed: Int) async throws {
        let original = try await DamageTests.store()
        var generator = Seeded(UInt64(seed))
        for trial in 0..<12 {
            let folder = try Folder()
            let path = folder.path("store.sqlite")
            try Bytes.write(original, to: path)
            let count = trial % 3 == 0 ? 2 : 1
            var flipped: [(Int64, String)] = []
            let raw = try RawStore(path, unguarded: true)
            while flipped.count < count {
                let sequence = Int64.random(in: 1...Int64(DamageTests.events), using: &generator)
                let column = (DamageTests.blobs + DamageTests.integers).randomElement(using: &generator) ?? "payload"
                if try DamageTests.flip(raw, sequence, column, &generator) { flipped.append((sequence, column)) }
            }
            try raw.close()
            let first = flipped.map(\.0).min() ?? 0
            let store = try SQLiteStore(path: path, tables: EventStoreConformance.tables)
            do throws(StoreError) {
                _ = try await verify(store)
                Issue.record("seed \(seed), trial \(trial): \(flipped) went unnoticed")
            } catch .damaged(let sequence, let reason) {
                #expect(sequence == first, "seed \(seed), trial \(trial): \(flipped): \(reason)")
            } catch {
                Issue.record("seed \(seed), trial \(trial): \(flipped): \(error)")
            }
            try store.close()
        }
    }

    /// Flips one bit of one column; false where a uniqueness constraint does not let it.
    private static func flip(_ raw: RawStore, _ sequence: Int64, _ column: String, _ generator: inout Seeded) throws -> Bool {
        if blobs.contains(column) {
            guard let data = try raw.value(Data.self, "SELECT \(column) FROM event WHERE sequence = ?", [sequence]) else { return false }
            var bytes = [UInt8](data)
            bytes[Int.random(in: bytes.indices, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            try raw.execute("UPDATE event SET \(column) = ? WHERE sequence = ?", [Data(bytes), sequence])
        } else {
            let number = try raw.value(Int64.self, "SELECT coalesce(\(column), 0) FROM event WHERE sequence = ?", [sequence]) ?? 0
            let flipped = number ^ (1 << Int64.random(in: 0..<63, using: &generator))
            do { try raw.execute("UPDATE event SET \(column) = ? WHERE sequence = ?", [flipped, sequence]) } catch { return false }
        }
        return true
    }

    struct Tampering: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let sql: String
        let sequence: Int64
    }

    static let tamperings = [
        Tampering(testDescription: "an event deleted", sql: "DELETE FROM event WHERE sequence = 77", sequence: 77),
        Tampering(testDescription: "an event moved below the log", sql: "UPDATE event SET sequence = -4 WHERE sequence = 77", sequence: 77),
        Tampering(
            testDescription: "two events exchanged",
            sql:
                "UPDATE event SET sequence = -1 WHERE sequence = 20; UPDATE event SET sequence = 20 WHERE sequence = 30; UPDATE event SET sequence = 30 WHERE sequence = -1",
            sequence: 20),
        Tampering(testDescription: "a stream renamed", sql: "UPDATE stream SET name = 'other' WHERE id = 2", sequence: 4),
        Tampering(testDescription: "a stream's row lost", sql: "DELETE FROM stream WHERE id = 3", sequence: 7),
        Tampering(testDescription: "a blob cut short", sql: "UPDATE event SET commitment = x'00' WHERE sequence = 9", sequence: 9),
        Tampering(testDescription: "an empty actor", sql: "UPDATE event SET actor = x'' WHERE sequence = 9", sequence: 9),
        Tampering(testDescription: "a salt emptied without the payload", sql: "UPDATE event SET salt = x'' WHERE sequence = 9", sequence: 9),
        Tampering(testDescription: "a subtree changed", sql: "UPDATE subtree SET hash = zeroblob(32)", sequence: 256),
        Tampering(testDescription: "a subtree lost", sql: "DELETE FROM subtree", sequence: 256),
        Tampering(testDescription: "the head's clock changed", sql: "UPDATE log_head SET recorded = recorded + 1", sequence: 300),
    ]

    @Test("Tampering with the tables is found, and the first bad event named", arguments: tamperings)
    func tampering(_ tampering: Tampering) async throws {
        let folder = try Folder()
        let path = folder.path("store.sqlite")
        try Bytes.write(await DamageTests.store(), to: path)
        let raw = try RawStore(path, unguarded: true)
        try raw.execute(tampering.sql)
        try raw.close()
        let store = try SQLiteStore(path: path, tables: EventStoreConformance.tables)
        do throws(StoreError) {
            _ = try await verify(store)
            Issue.record("went unnoticed")
        } catch .damaged(let sequence, let reason) {
            #expect(sequence == tampering.sequence, "\(reason)")
        } catch {
            Issue.record("\(error)")
        }
        try store.close()
    }

    @Test(
        "A head that does not fit its log is refused at the door",
        arguments: [
            "UPDATE log_head SET root = zeroblob(32)", "UPDATE log_head SET frontier = zeroblob(136)", "UPDATE log_head SET frontier = x''",
            "UPDATE log_head SET sequence = 299", "DELETE FROM event WHERE sequence > 290", "DELETE FROM log_head",
        ])
    func brokenHead(sql: String) async throws {
        let folder = try Folder()
        let path = folder.path("store.sqlite")
        try Bytes.write(await DamageTests.store(), to: path)
        let raw = try RawStore(path, unguarded: true)
        try raw.execute(sql)
        try raw.close()
        #expect(throws: (any Error).self) { try SQLiteStore(path: path) }
    }

    @Test("A flipped byte anywhere in the file is found, or changes no event", arguments: 1...6)
    func flippedFileByte(seed: Int) async throws {
        let original = try await DamageTests.store()
        let sound = try await DamageTests.log(of: original)
        var generator = Seeded(UInt64(seed) &+ 100)
        for _ in 0..<12 {
            var bytes = original
            let place = Int.random(in: bytes.indices, using: &generator)
            bytes[place] ^= UInt8.random(in: 1...255, using: &generator)
            do {
                let log = try await DamageTests.log(of: bytes)
                #expect(log == sound, "seed \(seed): byte \(place)")
            } catch {
                // Found: refused at the door, while reading, or by the verification.
            }
        }
    }

    /// The verified log of a store with these bytes; throws when anything of it is damaged.
    private static func log(of bytes: [UInt8]) async throws -> [StoredEvent] {
        let folder = try Folder()
        try Bytes.write(bytes, to: folder.path("store.sqlite"))
        let store = try SQLiteStore(path: folder.path("store.sqlite"), tables: EventStoreConformance.tables)
        defer { try? store.close() }
        _ = try await verify(store)
        return try await store.read(after: 0, limit: 1_000)
    }
}
