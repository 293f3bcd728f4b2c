import Archives
import Foundation
import TestKit
import Testing

@Suite("Byte source")
struct ByteSourceTests {
    /// Text that deflates well, of `count` bytes.
    private func table(_ count: Int) -> [UInt8] {
        var generator = Seeded(7)
        return (0..<count).map { _ in UInt8.random(in: 97...104, using: &generator) }
    }

    private func problem(_ bytes: [UInt8], limits: ArchiveLimits = .standard) throws -> ArchiveError.Problem? {
        let file = try TemporaryFile(bytes)
        do {
            _ = try Samples.bytes(file.path, limits: limits)
            return nil
        } catch let error as ArchiveError {
            return error.problem
        }
    }

    @Test("What was packed comes out unchanged", arguments: [0, 1, 5, 65_536, 262_143, 262_144, 262_145, 1_000_003])
    func roundTrips(count: Int) throws {
        let bytes = table(count)
        let half = count / 2
        let packings: [(String, [UInt8], ByteSource.Packaging)] = [
            ("plain", bytes, .plain),
            ("gzip", Packed.gzip(bytes), .gzip),
            ("two gzip members", Packed.gzip(Array(bytes[..<half])) + Packed.gzip(Array(bytes[half...])), .gzip),
            ("gzip padded with zeros", Packed.gzip(bytes) + [UInt8](repeating: 0, count: 100_000), .gzip),
            ("zip", Packed.zip([("a.csv", bytes)]), .zip(member: "a.csv")),
            ("stored zip", Packed.zip([("a.csv", bytes)], stored: true), .zip(member: "a.csv")),
            ("zip with a comment", Packed.zip([("a.csv", bytes)], comment: "PK\u{5}\u{6} not the end"), .zip(member: "a.csv")),
            ("zip with a folder first", Packed.zip([("d/", []), ("__MACOSX/._a", [1]), ("d/a.csv", bytes)]), .zip(member: "d/a.csv")),
        ]
        for (name, packed, packaging) in packings {
            let file = try TemporaryFile(packed)
            #expect(try ByteSource(path: file.path).packaging == packaging, "\(name)")
            #expect(try Samples.bytes(file.path) == bytes, "\(name)")
        }
    }

    @Test("No chunk is longer than promised, and none is empty")
    func chunks() throws {
        let file = try TemporaryFile(Packed.gzip(table(1_000_003)))
        let source = try ByteSource(path: file.path)
        var lengths: [Int] = []
        while let chunk = try source.next() { lengths.append(chunk.count) }
        #expect(lengths == [262_144, 262_144, 262_144, 213_571])
        #expect(try source.next() == nil)
    }

    @Test("A gzip file cut off anywhere is refused as cut off")
    func truncatedGzip() throws {
        let whole = try plainBytes("complaints/cfpb_2023-06_10000.csv.gz")
        for end in stride(from: 1_000, to: whole.count, by: 1_000) + [whole.count - 1] {
            #expect(try problem(Array(whole[..<end])) == .truncated, "cut at \(end)")
        }
    }

    @Test("A zip file cut off anywhere is refused as cut off")
    func truncatedZip() throws {
        let whole = Packed.zip([("a.csv", table(100_000))])
        for end in stride(from: 1_000, to: whole.count, by: 1_000) + [whole.count - 1] {
            #expect(try problem(Array(whole[..<end])) == .truncated, "cut at \(end)")
        }
    }

    @Test("A flipped bit never passes for the original", arguments: [1, 2, 3] as [UInt64])
    func flippedBits(seed: UInt64) throws {
        var generator = Seeded(seed)
        let bytes = table(5_000)
        for whole in [Packed.gzip(bytes), Packed.zip([("a.csv", bytes)]), Packed.zip([("a.csv", bytes)], stored: true)] {
            for _ in 0..<60 {
                var damaged = whole
                // Beyond the first bytes, which say how it is packed.
                let at = Int.random(in: 10..<whole.count, using: &generator)
                damaged[at] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                let file = try TemporaryFile(damaged)
                // Fields that say nothing of the content (a date, a comment) may be damaged without harm.
                let read = try? Samples.bytes(file.path)
                #expect(read == nil || read == bytes, "seed \(seed), byte \(at)")
            }
        }
    }

    @Test("Random bytes behind a magic number are refused, and never crash", arguments: 1...40 as ClosedRange<UInt64>)
    func randomBytes(seed: UInt64) throws {
        var generator = Seeded(seed)
        for magic in [[0x1F, 0x8B, 8, 0], [0x50, 0x4B, 3, 4], [0x50, 0x4B, 5, 6]] as [[UInt8]] {
            let noise = (0..<Int.random(in: 0...600, using: &generator)).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            #expect(try problem(magic + noise) != nil, "seed \(seed)")
        }
    }

    @Test("A decompression bomb is given up")
    func bombs() throws {
        let bomb = Packed.gzip([UInt8](repeating: 97, count: 4 << 20))
        let strict = ArchiveLimits(outputBytesMax: 1 << 30, ratioMax: 200, ratioFreeBytes: 1 << 20)
        let small = ArchiveLimits(outputBytesMax: 300_000, ratioMax: 2_000, ratioFreeBytes: 1 << 20)
        #expect(try problem(bomb) == nil)
        #expect(try problem(bomb, limits: strict) == .tooLarge(outputBytes: 1_310_720))
        #expect(try problem(bomb, limits: small) == .tooLarge(outputBytes: 524_288))
    }

    @Test("What cannot be unpacked is refused by name")
    func refusals() throws {
        let bytes = table(1_000)
        #expect(try problem(Packed.zip([("a.csv", bytes)], flags: 1)) == .unsupported("encrypted"))
        #expect(try problem(Packed.zip([("d/", [])])) == .empty)
        #expect(try problem(Packed.zip([])) == .empty)
        #expect(try problem(Packed.gzip(bytes) + [1, 2, 3]) == .corrupt("bytes follow the compressed data"))
        var wrongSum = Packed.zip([("a.csv", bytes)], stored: true)
        wrongSum[40] ^= 1
        #expect(try problem(wrongSum) == .corrupt("the checksum of “a.csv” is wrong"))
        #expect(throws: ArchiveError.self) { try ByteSource(path: "/no/such/file") }
        #expect(throws: ArchiveError.self) { try ByteSource(path: Samples.root) }
    }

    /// The file as it stands on disk.
    private func plainBytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: Samples.path(name))))
    }
}
