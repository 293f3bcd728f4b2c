import Chronicle
import Crypto
import Foundation
import Glibc
import TestKit
import Testing

@testable import Runtime

@Suite struct PersonKeysTests {
    private let folder: Folder
    private let wrapping = MasterKey(SymmetricKey(size: .bits256))
    private var path: String { folder.path + "/keys.log" }

    init() throws { folder = try Folder() }

    private func open(files: any FileSystemCalls = SystemFiles()) async throws -> PersonKeys {
        try await PersonKeys(opening: path, wrapping: wrapping, files: files)
    }

    private func owners(_ range: Range<Int>) throws -> [StreamID] { try range.map { try stream("party_\($0)") } }

    @Test("Keys are the same after reopening") func reopens() async throws {
        let people = try owners(0..<100)
        let first = try await open()
        try await first.ensureKeys(for: people)
        var before: [SymmetricKey?] = []
        for person in people { before.append(try await first.key(of: person)) }
        try await first.ensureKeys(for: people)
        await first.close()
        let again = try await open()
        #expect(await again.count == 100)
        for (person, key) in zip(people, before) { #expect(try await again.key(of: person) == key) }
    }

    @Test("A batch costs one write and one fsync") func batch() async throws {
        let files = RecordedFiles()
        let keys = try await open(files: files)
        files.forget()
        try await keys.ensureKeys(for: try owners(0..<1_000) + owners(0..<10))
        #expect(files.notes == [.write(path), .synchronize(path)])
        #expect(await keys.count == 1_000)
    }

    @Test("Many tasks that need the same new people make one key each") func together() async throws {
        let keys = try await open()
        let people = try owners(0..<20)
        let seen = try await withThrowingTaskGroup(of: [SymmetricKey?].self) { group in
            for _ in 0..<30 {
                group.addTask {
                    try await keys.ensureKeys(for: people)
                    var mine: [SymmetricKey?] = []
                    for person in people { mine.append(try await keys.key(of: person)) }
                    return mine
                }
            }
            var all: [[SymmetricKey?]] = []
            for try await mine in group { all.append(mine) }
            return all
        }
        #expect(seen.allSatisfy { $0 == seen[0] && !$0.contains(nil) })
        await keys.close()
        #expect(try folder.bytes("keys.log").count == 128 * 21)
    }

    @Test("Nothing readable about a person is in the file, and nothing of the key is left after destruction") func traces() async throws {
        let keys = try await open()
        let ada = try stream("party_ada")
        try await keys.ensureKeys(for: [ada] + owners(0..<3))
        let key = try #require(try await keys.key(of: ada)).withUnsafeBytes { Array($0) }
        let before = try folder.bytes("keys.log")
        #expect(!before.contains(key))
        #expect(!before.contains("party_ada".utf8))
        let wrapped = Array(before[(128 + 16 + 32)...].prefix(60))
        #expect(try wrapping.unwrap(wrapped, for: ada).withUnsafeBytes { Array($0) } == key)
        try await keys.destroy(ada)
        let after = try folder.bytes("keys.log")
        #expect(after.count == before.count + 128)
        for start in stride(from: 0, to: 60, by: 12) { #expect(!after.contains(wrapped[start..<start + 12])) }
    }

    @Test("The tombstone is durable before the key is overwritten") func order() async throws {
        let files = RecordedFiles()
        let keys = try await open(files: files)
        try await keys.ensureKeys(for: try owners(0..<1))
        files.forget()
        try await keys.destroy(try stream("party_0"))
        #expect(files.notes == [.write(path), .synchronize(path), .write(path), .synchronize(path)])
    }

    @Test("A destruction interrupted after its tombstone is finished at the next opening", arguments: [false, true])
    func interrupted(_ tornOverwrite: Bool) async throws {
        let keys = try await open()
        let people = try owners(0..<3)
        try await keys.ensureKeys(for: people)
        let before = try folder.bytes("keys.log")
        try await keys.destroy(people[1])
        await keys.close()
        // As if the machine had died before (or in the middle of) the overwriting.
        var crashed = try folder.bytes("keys.log")
        let record = 128 * 2
        crashed.replaceSubrange(record..<record + 128, with: before[record..<record + 128])
        if tornOverwrite { crashed.replaceSubrange(record + 60..<record + 90, with: [UInt8](repeating: 0, count: 30)) }
        try folder.write(crashed, to: "keys.log")

        let again = try await open()
        #expect(await again.isErased(people[1]))
        #expect(await again.exists(people[0]))
        #expect(await again.exists(people[2]))
        let after = try folder.bytes("keys.log")
        #expect(!after.contains(before[record + 48..<record + 60]))
        await again.close()
        let third = try await open()
        #expect(await third.isErased(people[1]))
    }

    @Test("Wherever the file is cut, every key acknowledged before the cut is there") func torn() async throws {
        let keys = try await open()
        let people = try owners(0..<4)
        for person in people { try await keys.ensureKeys(for: [person]) }
        await keys.close()
        let whole = try folder.bytes("keys.log")
        for cut in stride(from: 128, through: whole.count, by: 7) {
            try folder.write(Array(whole[..<cut]), to: "keys.log")
            let torn = try await open()
            for (index, person) in people.enumerated() { #expect(await torn.exists(person) == (cut >= 128 * (index + 2)), "cut at \(cut)") }
            try await torn.ensureKeys(for: people)
            await torn.close()
            let after = try await open()
            #expect(await after.count == 4)
            await after.close()
        }
    }

    @Test("A key that rotted is reported, not replaced by a new one") func rot() async throws {
        let keys = try await open()
        for person in try owners(0..<3) { try await keys.ensureKeys(for: [person]) }
        await keys.close()
        try folder.flip("keys.log", byte: 128 + 70)
        await #expect(throws: SealingError.damaged(path: path, atByte: 128)) { try await open() }
    }

    @Test("Another master key is refused at opening") func wrongMaster() async throws {
        let keys = try await open()
        try await keys.ensureKeys(for: try owners(0..<1))
        await keys.close()
        await #expect(throws: SealingError.wrongMasterKey(path: path)) {
            try await PersonKeys(opening: path, wrapping: MasterKey(SymmetricKey(size: .bits256)))
        }
    }

    @Test("One person's record in the place of another's does not open") func swapped() async throws {
        let keys = try await open()
        let people = try owners(0..<2)
        for person in people { try await keys.ensureKeys(for: [person]) }
        await keys.close()
        var bytes = try folder.bytes("keys.log")
        let one = try #require(KeyRecord(bytes: bytes[(128 + 16)..<256])), two = try #require(KeyRecord(bytes: bytes[(256 + 16)..<384]))
        let forged = KeyRecord(kind: .key, owner: two.owner, wrapped: one.wrapped)
        bytes.replaceSubrange(256..<384, with: RecordFrame.encode(forged.bytes, durableBytes: 256))
        try folder.write(bytes, to: "keys.log")
        let again = try await open()
        await #expect(throws: SealingError.denied(owner: people[1], context: "key")) { try await again.key(of: people[1]) }
    }

    @Test("A full disk makes no key and loses none; a destruction that could not be written is not done") func full() async throws {
        let files = RecordedFiles()
        let keys = try await open(files: files)
        let people = try owners(0..<2)
        try await keys.ensureKeys(for: [people[0]])
        files.fail { if case .write = $0 { ENOSPC } else { nil } }
        await #expect(throws: SealingError.diskFull(path: path)) { try await keys.ensureKeys(for: people) }
        await #expect(throws: SealingError.diskFull(path: path)) { try await keys.destroy(people[0]) }
        #expect(await keys.exists(people[0]))
        #expect(await !keys.exists(people[1]))
        files.fail(nil)
        try await keys.ensureKeys(for: people)
        try await keys.destroy(people[0])
        #expect(await keys.isErased(people[0]))
        #expect(await keys.exists(people[1]))
    }

    @Test("Somebody without a key can be erased, too, and gets none afterwards") func erasedBeforehand() async throws {
        let keys = try await open()
        let ada = try stream("party_ada")
        try await keys.destroy(ada)
        await keys.close()
        let again = try await open()
        await #expect(throws: SealingError.erased(ada)) { try await again.ensureKeys(for: [ada]) }
    }

    @Test("Random making, destroying and reopening never disagrees with a plain dictionary", arguments: 0..<12 as Range<UInt64>)
    func model(_ seed: UInt64) async throws {
        var random = Seeded(seed)
        var model: [StreamID: SymmetricKey?] = [:]
        var keys = try await open()
        let people = try owners(0..<12)
        for _ in 0..<60 {
            let person = try #require(people.randomElement(using: &random))
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5:
                if case .some(nil) = model[person] {
                    await #expect(throws: SealingError.erased(person)) { try await keys.ensureKeys(for: [person]) }
                } else {
                    try await keys.ensureKeys(for: [person])
                    let key = try await keys.key(of: person)
                    if let known = model[person] { #expect(known == key, "seed \(seed)") }
                    model[person] = .some(key)
                }
            case 5..<7:
                try await keys.destroy(person)
                model[person] = .some(nil)
            case 7..<8:
                await keys.close()
                keys = try await open()
            default:
                switch model[person] {
                case nil: await #expect(throws: SealingError.noKey(person)) { try await keys.key(of: person) }
                case .some(let key): #expect(try await keys.key(of: person) == key, "seed \(seed)")
                }
            }
        }
    }

    @Test("Ten thousand people are imported in seconds") func many() async throws {
        let keys = try await open()
        let people = try owners(0..<10_000)
        let took = try await ContinuousClock().measure { try await keys.ensureKeys(for: people) }
        #expect(took < .seconds(10))
        let sealer = Sealer(keys)
        let sealing = try await ContinuousClock().measure {
            for person in people { _ = try await sealer.seal("name", for: person, context: "party/name") }
        }
        print("10,000 people: keys \(took), seals \(sealing)")
        #expect(sealing < .seconds(20))
    }
}
