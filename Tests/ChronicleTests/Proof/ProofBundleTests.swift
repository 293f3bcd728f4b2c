import Testing

@testable import Chronicle

@Suite("Proof files")
struct ProofBundleTests {
    /// Event 11 of a log of 13, with a file proving it.
    private func bundle(disclosingBody: Bool = true, origin: String = "recourse.example/log") throws -> (ProofBundle, StoredEvent, NoteSigner) {
        let event = try Specimen.event(sequence: 11)
        var hashes = (0..<13).map { MerkleTree.leafHash([$0]) }
        hashes[10] = Leaf.hash(of: event)
        let signer = try Signers.signer("recourse.example/log", seed: 9)
        let note = try Checkpoint(origin: origin, size: 13, root: MerkleTree.root(of: hashes)).signed(by: signer)
        let path = try InclusionProof.plan(leafIndex: 10, treeSize: 13)
            .assemble { MerkleTree.root(of: hashes[Int($0.index << Int64($0.level))..<Int(($0.index + 1) << Int64($0.level))]) }
        return (ProofBundle(of: event, disclosingBody: disclosingBody, path: path, checkpoint: note, key: signer.verifier), event, signer)
    }

    @Test("A file proves its event, with the body or without", arguments: [true, false])
    func verifies(disclosingBody: Bool) throws {
        let (bundle, event, signer) = try bundle(disclosingBody: disclosingBody)
        let read = try ProofBundle(parsing: bundle.bytes())
        #expect(read == bundle)
        let verified = try read.verify(trusting: signer.verifier)
        #expect(verified.envelope == event.envelope && verified.type == event.type && verified.checkpoint.size == 13 && verified.key == signer.verifier)
        #expect(verified.payload == (disclosingBody ? event.payload : nil))
    }

    @Test("A redacted event is still proven")
    func redacted() throws {
        var (bundle, event, signer) = try bundle()
        (event.payload, event.salt) = ([], [])
        bundle = ProofBundle(of: event, disclosingBody: true, path: bundle.path, checkpoint: try SignedNote(parsing: bundle.checkpoint), key: signer.verifier)
        #expect(bundle.body == nil)
        #expect(try bundle.verify().payload == nil)
    }

    @Test("Every single flipped bit of a file is refused", arguments: [true, false])
    func flippedBits(disclosingBody: Bool) throws {
        let bytes = try bundle(disclosingBody: disclosingBody).0.bytes()
        for bit in 0..<bytes.count * 8 {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: ProofError.self, "bit \(bit)") { try ProofBundle(parsing: damaged).verify() }
        }
    }

    @Test("A file cut short anywhere is refused")
    func truncated() throws {
        let bytes = try bundle().0.bytes()
        for length in 0..<bytes.count {
            #expect(throws: ProofError.self, "\(length) bytes") { try ProofBundle(parsing: Array(bytes.prefix(length))).verify() }
        }
    }

    @Test("A file that says the same in other words is refused")
    func otherWords() throws {
        let text = String(decoding: try bundle().0.bytes(), as: UTF8.self)
        for other in [text + "\n", text.replacing(",\"stream\"", with: ", \"stream\""), text.replacing("\"key\"", with: "\"extra\":1,\"key\"")] {
            #expect(throws: ProofError.self) { try ProofBundle(parsing: Array(other.utf8)) }
        }
    }

    @Test("A proof that does not hold says why")
    func reasons() throws {
        let (good, _, signer) = try bundle()
        var bundle = good
        bundle.body?.payload.append(32)
        #expect(throws: ProofError.payloadDiffers) { try bundle.verify() }
        bundle = good
        bundle.envelope.version += 1
        #expect { try bundle.verify() } throws: { if case ProofError.rootDiffers = $0 { true } else { false } }
        bundle = good
        bundle.path.removeLast()
        #expect(throws: ProofError.pathTooShort) { try bundle.verify() }
        bundle = good
        bundle.envelope.sequence = 14
        #expect(throws: ProofError.leafOutside(index: 13, size: 13)) { try bundle.verify() }
        bundle.envelope.sequence = .min
        #expect(throws: ProofError.leafOutside(index: .min, size: 13)) { try bundle.verify() }
        bundle = good
        bundle.checkpoint = try SignedNote(parsing: good.checkpoint).signed(by: Signers.signer("witness", seed: 1)).description
        #expect(throws: ProofError.note(.tooManySignatures(2))) { try bundle.verify() }
        let other = try Signers.signer("recourse.example/log", seed: 8).verifier
        #expect(throws: ProofError.otherKey(signer.verifier.description)) { try good.verify(trusting: other) }
        bundle = good
        bundle.key = other.description
        #expect(throws: ProofError.note(.notSigned(by: ["recourse.example/log"]))) { try bundle.verify() }
        let elsewhere = try self.bundle(origin: "elsewhere").0
        #expect(throws: ProofError.otherLog(origin: "elsewhere", key: "recourse.example/log")) { try elsewhere.verify() }
    }

    @Test("Payload without its salt is refused")
    func saltAlone() throws {
        let text = String(decoding: try bundle().0.bytes(), as: UTF8.self)
        let without = text.replacing("\"salt\":\"\(Base64.encode(Array("0123456789abcdef".utf8)))\",", with: "")
        #expect(without != text)
        #expect(throws: ProofError.saltAlone) { try ProofBundle(parsing: Array(without.utf8)) }
    }
}
