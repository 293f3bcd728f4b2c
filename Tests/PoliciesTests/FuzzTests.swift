import Policies
import TestKit
import Testing

@Suite struct FuzzTests {
    /// Deletes, inserts or exchanges a few bytes; often whole lines or marks of YAML, because plain noise dies in the first stage.
    private static func mutate(_ bytes: [UInt8], _ random: inout Seeded) -> [UInt8] {
        var bytes = bytes
        let marks = Array("{}[]:,-#&*!|>'\"%@`\t\n 0aZ~?".utf8)
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let at = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes.remove(at: at)
            case 1: bytes.insert(marks.randomElement(using: &random) ?? 0, at: at)
            case 2: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 3: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...60, using: &random)))
            default: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + Int.random(in: 1...60, using: &random))], at: at)
            }
        }
        return bytes
    }

    @Test("No mutation of a file crashes the loader, and a refusal always says where", arguments: 0..<60 as Range<UInt64>)
    func mutations(seed: UInt64) throws {
        var random = Seeded(seed)
        var files = DefaultPack.files
        let index = Int.random(in: 0..<files.count, using: &random)
        files[index] = PackFile(path: files[index].path, bytes: FuzzTests.mutate(files[index].bytes, &random))
        let found = PolicyLoader.load(files)
        let errors = found.diagnostics.filter { $0.severity == .error }
        #expect((found.policy == nil) == !errors.isEmpty, "seed \(seed), \(files[index].path)")
        #expect(errors.allSatisfy { !$0.message.isEmpty && !$0.place.file.isEmpty }, "seed \(seed), \(files[index].path)")
    }

    @Test("No noise in place of a file crashes the parser", arguments: 0..<40 as Range<UInt64>)
    func noise(seed: UInt64) throws {
        var random = Seeded(seed &+ 1_000)
        for _ in 0..<50 {
            let start = try #require(DefaultPack.files.randomElement(using: &random))
            var bytes = start.bytes
            for _ in 0..<8 { bytes = FuzzTests.mutate(bytes, &random) }
            // Alone, so that only the YAML stage runs: it is the one that touches foreign code.
            #expect(PolicyLoader.load([PackFile(path: start.path, bytes: bytes)]).policy == nil, "seed \(seed), \(start.path)")
        }
    }
}
