import Crypto
import Foundation
import Testing

@testable import Chronicle

enum Signers {
    /// A signer whose key follows from a number: tests sign the same everywhere.
    static func signer(_ name: String, seed: UInt8) throws -> NoteSigner {
        try #require(NoteSigner(name: name, key: Curve25519.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: seed, count: 32))))
    }
}

@Suite("Signed notes and checkpoints")
struct NoteTests {
    @Test("The 17 signed checkpoints of a real log, their roots and the way from each to the next")
    func realLog() throws {
        // given
        let folder = try Vectors.folder("tlog-tiles")
        let key = try VerifierKey(parsing: "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx")
        let tile = try Vectors.bytes(folder.appending(path: "tile/0/000.p/15"))
        let leaves = stride(from: 0, to: tile.count, by: 32).compactMap { Digest(bytes: tile[$0..<$0 + 32]) }
        let entries = try entries(in: Vectors.bytes(folder.appending(path: "tile/entries/000.p/15")))
        #expect(entries.map(MerkleTree.leafHash) == leaves && leaves.count == 15)
        var checkpoints: [Checkpoint] = []
        for name in (0...15).map({ "checkpoint.\($0)" }) + ["checkpoint"] {
            // when
            let text = String(decoding: try Vectors.bytes(folder.appending(path: name)), as: UTF8.self)
            let checkpoint = try Checkpoint(verifying: text, by: [key])
            // then
            #expect(try SignedNote(parsing: text).description == text)
            #expect(checkpoint.origin == "example.com/log/testdata" && checkpoint.extensions.isEmpty)
            #expect(checkpoint.root == MerkleTree.root(of: leaves.prefix(Int(checkpoint.size))))
            if let previous = checkpoints.last, previous.size > 0 {
                let plan = try ConsistencyProof.plan(oldSize: previous.size, newSize: checkpoint.size)
                let path = plan.assemble { MerkleTree.root(of: leaves[Int($0.index << Int64($0.level))..<Int(($0.index + 1) << Int64($0.level))]) }
                try ConsistencyProof(oldSize: previous.size, newSize: checkpoint.size, path: path).verify(oldRoot: previous.root, newRoot: checkpoint.root)
            }
            checkpoints.append(checkpoint)
        }
        #expect(checkpoints.map(\.size) == Array(0...15) + [15])
    }

    /// C2SP tlog-tiles: each entry after its length in two bytes.
    private func entries(in bundle: [UInt8]) throws -> [[UInt8]] {
        var entries: [[UInt8]] = []
        var rest = bundle[...]
        while let high = rest.popFirst(), let low = rest.popFirst() {
            let length = Int(high) << 8 | Int(low)
            entries.append(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        return entries
    }

    @Test("The example of the specification's Go package verifies")
    func goExample() throws {
        let key = try VerifierKey(parsing: "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
        let text = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=

            """
        #expect(try SignedNote(parsing: text).verify(by: [key]) == [key])
    }

    @Test("Several sign, strangers are passed over, nobody known is an error")
    func severalSignatures() throws {
        let (log, witness, stranger) = (try Signers.signer("log", seed: 1), try Signers.signer("witness", seed: 2), try Signers.signer("log", seed: 3))
        let note = try SignedNote(text: "a\n\nb\n").signed(by: log).signed(by: stranger).signed(by: witness)
        let read = try SignedNote(parsing: note.description)
        #expect(read == note && read.signatures.count == 3)
        #expect(try read.verify(by: [witness.verifier, log.verifier]) == [log.verifier, witness.verifier])
        #expect(try read.verify(by: [witness.verifier]) == [witness.verifier])
        let nobody = try Signers.signer("nobody", seed: 4).verifier
        #expect(throws: NoteError.notSigned(by: ["nobody"])) { try read.verify(by: [nobody]) }
        #expect(throws: NoteError.notSigned(by: [])) { try read.verify(by: []) }
    }

    @Test("A single flipped bit in a signed checkpoint is refused")
    func flippedBits() throws {
        let signer = try Signers.signer("recourse.example/log", seed: 7)
        let checkpoint = try Checkpoint(origin: "recourse.example/log", size: 42, root: MerkleTree.emptyRoot, extensions: ["2026-11-22T14:05:00Z"])
        let note = try checkpoint.signed(by: signer).description
        #expect(try Checkpoint(verifying: note, by: [signer.verifier]) == checkpoint)
        for bit in 0..<note.utf8.count * 8 {
            var bytes = Array(note.utf8)
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            guard let damaged = String(validating: bytes, as: UTF8.self) else { continue }
            #expect(throws: NoteError.self, "bit \(bit)") { try Checkpoint(verifying: damaged, by: [signer.verifier]) }
        }
    }

    @Test(
        "What is no note is refused",
        arguments: [
            "", "\n", "a", "a\n", "a\n\n", "a\n\n— log", "a\n\n— log \n", "a\n\n- log AAAAAAA=\n", "a\n\n— log AAAAAAA=", "a\n\n—  AAAAAAA=\n",
            "a\n\n— l+g AAAAAAA=\n",
            "a\n\n— log AAAAAA==\n", "a\n\n— log AAAAAAA=\n\n", "a\u{1}\n\n— log AAAAAAA=\n", "a\r\n\r\n— log AAAAAAA=\r\n", "a\n\n— log AAAAAAA= x\n",
            "a\n\n— log AAAAAAA=\nb\n",
        ])
    func noNote(text: String) { #expect(throws: NoteError.self) { try SignedNote(parsing: text) } }

    @Test("More than a hundred signatures, or a megabyte, are not read")
    func limits() throws {
        let line = "— log AAAAAAA=\n"
        #expect(try SignedNote(parsing: "a\n\n" + String(repeating: line, count: 100)).signatures.count == 100)
        #expect(throws: NoteError.tooManySignatures(101)) { try SignedNote(parsing: "a\n\n" + String(repeating: line, count: 101)) }
        let long = String(repeating: "a", count: SignedNote.bytesMax) + "\n\n" + line
        #expect(throws: NoteError.tooLarge(bytes: long.utf8.count)) { try SignedNote(parsing: long) }
    }

    @Test(
        "A key that does not hang together is refused",
        arguments: [
            "", "log", "log+33d7b496", "example.com/log/testdata+33d7b497+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
            "example.com/log/testdate+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
            "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSy",
            "example.com/log/testdata+33D7B496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
            "example.com/log/testdata+33d7b496+AuHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx", "+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
        ])
    func noKey(text: String) { #expect(throws: NoteError.malformedKey(text)) { try VerifierKey(parsing: text) } }

    @Test(
        "What is no checkpoint is refused",
        arguments: [
            "log\n1\n", "log\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", "log\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
            "\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", "log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n",
            "log\n1\nZm9v\n", "log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n", "log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
            "log\n+1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", "log\n9223372036854775808\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        ])
    func noCheckpoint(text: String) { #expect(throws: NoteError.self) { try Checkpoint(parsing: text) } }

    @Test("A checkpoint signed by another log's key is refused")
    func otherOrigin() throws {
        let signer = try Signers.signer("other", seed: 1)
        let note = try Checkpoint(origin: "log", size: 0, root: MerkleTree.emptyRoot).signed(by: signer)
        #expect(throws: NoteError.notSigned(by: ["log"])) { try Checkpoint(verifying: note.description, by: [signer.verifier]) }
    }
}
