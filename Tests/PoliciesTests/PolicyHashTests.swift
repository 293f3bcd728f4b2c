import Chronicle
import Policies
import TestKit
import Testing

@Suite struct PolicyHashTests {
    @Test("The order of reading does not change the hash", arguments: 0..<10 as Range<UInt64>)
    func order(seed: UInt64) throws {
        var random = Seeded(seed)
        #expect(PolicyHash(of: DefaultPack.files.shuffled(using: &random)) == PolicyHash(of: DefaultPack.files), "seed \(seed)")
    }

    @Test("A single changed byte anywhere changes the hash", arguments: 0..<50 as Range<UInt64>)
    func singleByte(seed: UInt64) throws {
        var random = Seeded(seed)
        var files = DefaultPack.files
        let index = Int.random(in: 0..<files.count, using: &random)
        var bytes = files[index].bytes
        bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        files[index] = PackFile(path: files[index].path, bytes: bytes)
        #expect(PolicyHash(of: files) != PolicyHash(of: DefaultPack.files), "seed \(seed)")
    }

    @Test("A byte cannot wander from one file into the next, nor from a path into its content")
    func boundaries() {
        func hash(_ files: (String, String)...) -> PolicyHash { PolicyHash(of: files.map { PackFile(path: $0, bytes: Array($1.utf8)) }) }
        let packs = [
            hash(("a", "xy"), ("b", "z")), hash(("a", "x"), ("b", "yz")), hash(("ax", "y"), ("b", "z")), hash(("a", "xybz")), hash(("a", "xy")), hash(),
        ]
        #expect(Set(packs).count == packs.count)
    }

    @Test("The hash of a known pack is the one written down: it is the name of rules for ever")
    func known() {
        let hash = PolicyHash(of: [PackFile(path: "b", bytes: [3]), PackFile(path: "a", bytes: [1, 2])])
        var bytes: [UInt8] = []
        for (path, content) in [("a", [1, 2] as [UInt8]), ("b", [3])] {
            bytes += [0, 0, 0, 0, 0, 0, 0, UInt8(path.utf8.count)] + Array(path.utf8)
            bytes += [0, 0, 0, 0, 0, 0, 0, UInt8(content.count)] + content
        }
        #expect(hash == PolicyHash(Digest(hashing: bytes)))
    }

    @Test("A loaded policy carries the hash of its files")
    func carried() throws {
        #expect(try DefaultPack.policy().hash == PolicyHash(of: DefaultPack.files))
    }
}
