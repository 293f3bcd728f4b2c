import EventStorage
import SQLiteStorage
import TestKit
import Testing

@Suite("The schema as law")
struct FirstLayoutTests {
    static func store(_ folder: Folder) async throws -> String {
        let path = folder.path("store.sqlite")
        let store = try SQLiteStore(path: path)
        var samples = SampleEvents()
        _ = try await store.append(Append(to: SampleEvents.stream(1), expecting: .none, samples.events(300)))
        try await store.keep(KeptCheckpoint(sequence: 300, note: "note"))
        try store.close()
        return path
    }

    private static let copied = "stream, version, type, occurred, recorded, actor, policy, causation, correlation, payload, salt, commitment, leaf_hash"

    @Test(
        "What would rewrite the past is refused by the database itself",
        arguments: [
            "UPDATE event SET occurred = occurred + 1 WHERE sequence = 5",
            "UPDATE event SET payload = x'00' WHERE sequence = 5",
            "UPDATE event SET payload = x'' WHERE sequence = 5",
            "UPDATE event SET payload = x'', salt = x'', leaf_hash = zeroblob(32) WHERE sequence = 5",
            "UPDATE event SET payload = x'', salt = x'', policy = NULL WHERE policy IS NOT NULL",
            "UPDATE event SET sequence = 301 WHERE sequence = 300",
            "DELETE FROM event WHERE sequence = 300",
            "DELETE FROM event",
            "INSERT OR REPLACE INTO event SELECT sequence, \(copied) FROM event WHERE sequence = 300",
            "INSERT INTO event SELECT 302, stream, 301, type, occurred, recorded, actor, policy, causation, correlation, payload, salt, commitment, leaf_hash FROM event WHERE sequence = 300",
            "INSERT INTO event SELECT 301, stream, 302, type, occurred, recorded, actor, policy, causation, correlation, payload, salt, commitment, leaf_hash FROM event WHERE sequence = 300",
            "INSERT INTO event SELECT 301, 99, 1, type, occurred, recorded, actor, policy, causation, correlation, payload, salt, commitment, leaf_hash FROM event WHERE sequence = 300",
            "INSERT INTO event SELECT 301, stream, 301, type, occurred, recorded, actor, policy, causation, correlation, payload, x'00', commitment, leaf_hash FROM event WHERE sequence = 300",
            "UPDATE stream SET name = 'other'", "DELETE FROM stream", "UPDATE event_type SET version = 9", "DELETE FROM event_type",
            "UPDATE policy SET hash = zeroblob(32)", "DELETE FROM policy", "UPDATE subtree SET hash = zeroblob(32)", "DELETE FROM subtree",
            "UPDATE checkpoint SET note = ''", "DELETE FROM checkpoint", "DELETE FROM log_head",
            "INSERT INTO log_head SELECT 2, sequence, root, frontier, recorded FROM log_head",
            "UPDATE log_head SET sequence = 299", "UPDATE log_head SET root = zeroblob(32)", "UPDATE log_head SET sequence = 400",
            "INSERT INTO stream (name) VALUES ('')", "INSERT INTO idempotency VALUES ('', zeroblob(32), 's', 1, 1, 1, 1)",
        ])
    func refused(sql: String) async throws {
        let folder = try Folder()
        let raw = try RawStore(try await FirstLayoutTests.store(folder))
        let before = try raw.value(String.self, "SELECT hex(root) || sequence || (SELECT total(occurred) FROM event) FROM log_head")
        #expect(throws: (any Error).self) { try raw.execute(sql) }
        #expect(try raw.value(String.self, "SELECT hex(root) || sequence || (SELECT total(occurred) FROM event) FROM log_head") == before)
    }

    @Test("Redaction, and only redaction, changes an event; the freed bytes are gone from the files")
    func redaction() async throws {
        let folder = try Folder()
        let path = folder.path("store.sqlite")
        let store = try SQLiteStore(path: path)
        var samples = SampleEvents()
        let secret = Array("the name of the payer is Zebedee".utf8)
        let long = Array(repeating: secret, count: 400).flatMap { $0 }
        _ = try await store.append(Append(to: SampleEvents.stream(1), expecting: .none, [samples.event(payload: secret), samples.event(payload: long)]))
        try await store.redact([1, 2])
        #expect(try await verify(store).events == 2)
        for name in folder.names {
            let bytes = try Bytes.read(folder.path(name))
            #expect(!Bytes.contain(bytes, Array("Zebedee".utf8)), "\(name)")
        }
        try store.close()
    }
}
