import Chronicle
import Crypto
import Foundation
import TestKit
import Testing

@testable import Runtime

@Suite struct SealerTests {
    private let folder: Folder
    private let wrapping = MasterKey(SymmetricKey(size: .bits256))

    init() throws { folder = try Folder() }

    private func keys() async throws -> PersonKeys { try await PersonKeys(opening: folder.path + "/keys.log", wrapping: wrapping) }

    @Test("What was sealed opens again, whatever it is", arguments: 0..<30 as Range<UInt64>)
    func roundTrip(_ seed: UInt64) async throws {
        var random = Seeded(seed)
        let sealer = Sealer(try await keys())
        let owner = try stream("party_\(random.next())")
        let plain = random.bytes(Int.random(in: 0...2_000, using: &random))
        let context = "case/\(random.next())"
        let sealed = try await sealer.seal(plain, for: owner, context: context)
        #expect(sealed.box.count == plain.count + Box.overheadBytes)
        #expect(try await sealer.openBytes(sealed, context: context) == .readable(plain), "seed \(seed)")
        // The same again gives another box: a reader of the log cannot tell that two people have one name.
        #expect(try await sealer.seal(plain, for: owner, context: context) != sealed)
    }

    @Test("A box in another context, of another owner or with a single flipped bit is refused") func misplaced() async throws {
        let sealer = Sealer(try await keys())
        let (ada, bob) = (try stream("party_ada"), try stream("party_bob"))
        let sealed = try await sealer.seal("Ada Lovelace", for: ada, context: "party/name")
        _ = try await sealer.seal("Bob", for: bob, context: "party/name")
        #expect(try await sealer.open(sealed, context: "party/name") == .readable("Ada Lovelace"))
        await #expect(throws: SealingError.denied(owner: ada, context: "party/iban")) { try await sealer.open(sealed, context: "party/iban") }
        await #expect(throws: SealingError.denied(owner: bob, context: "party/name")) {
            try await sealer.open(Sealed(owner: bob, box: sealed.box), context: "party/name")
        }
        for byte in sealed.box.indices {
            var box = sealed.box
            box[byte] ^= 1
            await #expect(throws: SealingError.denied(owner: ada, context: "party/name")) {
                try await sealer.open(Sealed(owner: ada, box: box), context: "party/name")
            }
        }
        await #expect(throws: SealingError.self) { try await sealer.open(Sealed(owner: ada, box: []), context: "party/name") }
    }

    @Test("An erased person is erased: in the log, in old copies of it, after reopening, and for ever") func erased() async throws {
        let ada = try stream("party_ada")
        let bob = try stream("party_bob")
        let first = try await keys()
        let sealer = Sealer(first)
        let copyOfTheLog = try JSONEncoder().encode([
            try await sealer.seal("Ada", for: ada, context: "c"), try await sealer.seal("Bob", for: bob, context: "c"),
        ])
        try await first.destroy(ada)
        #expect(await !first.exists(ada))
        #expect(await first.isErased(ada))
        for _ in 0..<2 {
            let boxes = try JSONDecoder().decode([Sealed].self, from: copyOfTheLog)
            #expect(try await sealer.open(boxes[0], context: "c") == .erased)
            #expect(try await sealer.open(boxes[1], context: "c") == .readable("Bob"))
        }
        await #expect(throws: SealingError.erased(ada)) { try await sealer.seal("Ada again", for: ada, context: "c") }
        try await first.destroy(ada)
        await first.close()

        let again = try await keys()
        let boxes = try JSONDecoder().decode([Sealed].self, from: copyOfTheLog)
        #expect(try await Sealer(again).open(boxes[0], context: "c") == .erased)
        #expect(try await Sealer(again).open(boxes[1], context: "c") == .readable("Bob"))
        await #expect(throws: SealingError.erased(ada)) { try await again.ensureKeys(for: [bob, ada]) }
    }

    @Test("A box of somebody this key file has never met is a mismatch, not an erasure") func stranger() async throws {
        let stranger = try stream("party_x")
        let sealer = Sealer(try await keys())
        await #expect(throws: SealingError.noKey(stranger)) { try await sealer.open(Sealed(owner: stranger, box: [1]), context: "c") }
    }
}
