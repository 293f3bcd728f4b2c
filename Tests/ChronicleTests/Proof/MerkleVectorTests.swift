import Foundation
import Testing

@testable import Chronicle

/// The files beside the tests; where they come from is said in the NOTICE of each folder.
enum Vectors {
    static func folder(_ name: String) throws -> URL { try #require(Bundle.module.resourceURL).appending(path: "Vectors/\(name)") }

    static func json(in name: String) throws -> [URL] {
        let walker = try #require(FileManager.default.enumerator(at: folder(name), includingPropertiesForKeys: nil))
        return walker.compactMap { $0 as? URL }.filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
    }

    static func bytes(_ url: URL) throws -> [UInt8] { Array(try Data(contentsOf: url)) }

    /// `nil` when it is not 32 bytes long: such a hash cannot even be said.
    static func digest(_ text: String) throws -> Digest? { Digest(bytes: try #require(Base64.decode(text))) }

    /// The consistency vectors have words where a root is compared and never computed with; equal ones stay equal.
    static func root(_ text: String) throws -> Digest { try digest(text) ?? Digest(hashing: text.utf8) }

    /// `nil` when a hash is not 32 bytes long: such a path cannot even be said.
    static func path(_ texts: [String]?) throws -> [Digest]? {
        let path = try (texts ?? []).map { Digest(bytes: try #require(Base64.decode($0))) }
        return path.contains(nil) ? nil : path.compactMap(\.self)
    }
}

@Suite("Merkle proofs against the vectors of transparency-dev")
struct MerkleVectorTests {
    struct Inclusion: Codable {
        var leafIdx: UInt64
        var treeSize: UInt64
        var root: String
        var leafHash: String
        var proof: [String]?
        var desc: String
        var wantErr: Bool
    }

    struct Consistency: Codable {
        var size1: UInt64
        var size2: UInt64
        var root1: String
        var root2: String
        var proof: [String]?
        var desc: String
        var wantErr: Bool
    }

    @Test("Inclusion: the good are accepted, the others refused")
    func inclusion() throws {
        let files = try Vectors.json(in: "merkle/inclusion")
        var accepted = 0
        for file in files {
            let vector = try LedgerJSON.decode(Inclusion.self, from: Vectors.bytes(file))
            var holds = false
            if let path = try Vectors.path(vector.proof), let index = Int64(exactly: vector.leafIdx), let size = Int64(exactly: vector.treeSize),
                let leaf = try Vectors.digest(vector.leafHash), let root = try Vectors.digest(vector.root)
            {
                let proof = InclusionProof(leafIndex: index, treeSize: size, path: path)
                holds = (try? proof.verify(leaf: leaf, root: root)) != nil
            }
            #expect(holds == !vector.wantErr, "\(file.path): \(vector.desc)")
            accepted += holds ? 1 : 0
        }
        #expect(files.count == 98 && accepted > 0, "\(files.count) files")
    }

    @Test("Consistency: the good are accepted, the others refused")
    func consistency() throws {
        let files = try Vectors.json(in: "merkle/consistency")
        var accepted = 0
        for file in files {
            let vector = try LedgerJSON.decode(Consistency.self, from: Vectors.bytes(file))
            var holds = false
            if let path = try Vectors.path(vector.proof), let old = Int64(exactly: vector.size1), let new = Int64(exactly: vector.size2) {
                let proof = ConsistencyProof(oldSize: old, newSize: new, path: path)
                holds = (try? proof.verify(oldRoot: Vectors.root(vector.root1), newRoot: Vectors.root(vector.root2))) != nil
            }
            #expect(holds == !vector.wantErr, "\(file.path): \(vector.desc)")
            accepted += holds ? 1 : 0
        }
        #expect(files.count == 98 && accepted > 0, "\(files.count) files")
    }
}
