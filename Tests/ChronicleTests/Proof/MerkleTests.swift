import Testing

@testable import Chronicle

/// The tree as RFC 6962 §2.1 defines it, by recursion, slow and plain: the oracle.
private func rootByDefinition(_ leaves: ArraySlice<Digest>) -> Digest {
    switch leaves.count {
    case 0: return Digest(hashing: [])
    case 1: return leaves[leaves.startIndex]
    default:
        var half = 1
        while half * 2 < leaves.count { half *= 2 }
        let (left, right) = (rootByDefinition(leaves.prefix(half)), rootByDefinition(leaves.dropFirst(half)))
        return Digest(hashing: [1] + left.bytes + right.bytes)
    }
}

private func leaves(_ count: Int) -> [Digest] { (0..<count).map { MerkleTree.leafHash(Array("leaf \($0)".utf8)) } }

/// What an engine keeps: leaf hashes, and the roots of complete subtrees of 256^k leaves.
private struct Kept {
    var hashes: [Int: [Digest]] = [:]
    var frontier = MerkleFrontier()

    mutating func append(_ leaf: Digest) {
        hashes[0, default: []].append(leaf)
        for subtree in frontier.append(leaf) {
            #expect(subtree.index == Int64(hashes[subtree.level, default: []].count))
            hashes[subtree.level, default: []].append(subtree.hash)
        }
    }

    func fetch(_ stored: StoredHashes) -> [Digest] { Array((hashes[stored.level] ?? []).dropFirst(Int(stored.first)).prefix(stored.count)) }

    func fetch(_ plan: ProofPlan) -> [StoredHashes: [Digest]] {
        Dictionary(plan.storedHashes.map { ($0, fetch($0)) }, uniquingKeysWith: { first, _ in first })
    }
}

@Suite("Merkle tree")
struct MerkleTreeTests {
    @Test(
        "The roots of RFC 6962's reference tree",
        arguments: [
            (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"), (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"), (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
            (4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"), (5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
            (6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"), (7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
            (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
        ])
    func referenceRoots(size: Int, root: String) {
        let inputs: [[UInt8]] = [
            [], [0], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43], Array(0x50...0x57), Array(0x60...0x6F),
        ]
        #expect(MerkleTree.root(of: inputs.prefix(size).map(MerkleTree.leafHash)).description == root)
    }

    @Test("Frontier, kept bytes and rebuilt peaks agree with the definition at every size up to 300")
    func frontier() throws {
        let all = leaves(300)
        var kept = Kept()
        for size in 0...300 {
            let frontier = kept.frontier
            #expect(frontier.size == Int64(size) && frontier.root == rootByDefinition(all.prefix(size)))
            #expect(MerkleFrontier(bytes: frontier.bytes) == frontier)
            let peaks = MerkleFrontier.nodes(ofSize: Int64(size)).map { MerkleTree.root(of: kept.fetch($0.stored)) }
            #expect(MerkleFrontier(size: Int64(size), peaks: peaks) == frontier)
            if size < 300 { kept.append(all[size]) }
        }
    }

    @Test("Bytes that are no frontier are refused")
    func frontierBytes() {
        var frontier = MerkleFrontier()
        for leaf in leaves(7) { frontier.append(leaf) }
        let bytes = frontier.bytes
        #expect(MerkleFrontier(bytes: bytes.dropLast()) == nil && MerkleFrontier(bytes: bytes + [0]) == nil && MerkleFrontier(bytes: []) == nil)
        #expect(MerkleFrontier(bytes: bytes.dropLast(32)) == nil)
        #expect(MerkleFrontier(bytes: [0x80] + [UInt8](repeating: 0, count: 39)) == nil)
        #expect(MerkleFrontier(size: 7, peaks: []) == nil && MerkleFrontier(size: -1, peaks: []) == nil)
    }

    @Test("Subtrees of 256 and 65,536 leaves are given out once, when they are complete")
    func completedSubtrees() {
        var frontier = MerkleFrontier()
        let leaf = MerkleTree.leafHash([])
        var expected = leaf
        for _ in 0..<8 { expected = MerkleTree.nodeHash(expected, expected) }
        var top = expected
        for _ in 0..<8 { top = MerkleTree.nodeHash(top, top) }
        for size in 1...65_537 {
            let completed = frontier.append(leaf)
            switch size {
            case 65_536:
                #expect(completed == [CompletedSubtree(level: 1, index: 255, hash: expected), CompletedSubtree(level: 2, index: 0, hash: top)])
            case _ where size % 256 == 0: #expect(completed == [CompletedSubtree(level: 1, index: Int64(size / 256 - 1), hash: expected)])
            default:
                if !completed.isEmpty { Issue.record("a subtree at size \(size)") }
            }
        }
    }

    @Test("Leaves and inner nodes cannot be taken for each other")
    func domainSeparation() {
        let (a, b) = (MerkleTree.leafHash([1]), MerkleTree.leafHash([2]))
        #expect(MerkleTree.leafHash(a.bytes + b.bytes) != MerkleTree.nodeHash(a, b))
    }
}

@Suite("Inclusion and consistency proofs")
struct ProofTests {
    @Test("Every leaf of every tree up to 70 is proven, from what an engine keeps")
    func everyInclusion() throws {
        var kept = Kept()
        let all = leaves(70)
        for size in 1...70 {
            kept.append(all[size - 1])
            for index in 0..<size {
                let plan = try InclusionProof.plan(leafIndex: Int64(index), treeSize: Int64(size))
                let proof = InclusionProof(leafIndex: Int64(index), treeSize: Int64(size), path: try plan.assemble(from: kept.fetch(plan)))
                #expect(throws: Never.self) { try proof.verify(leaf: all[index], root: kept.frontier.root) }
            }
        }
    }

    @Test("Every growth between trees up to 50 is proven")
    func everyConsistency() throws {
        var kept = Kept()
        let all = leaves(50)
        var roots = [MerkleTree.emptyRoot]
        for size in 1...50 {
            kept.append(all[size - 1])
            roots.append(kept.frontier.root)
            for old in 1...size {
                let plan = try ConsistencyProof.plan(oldSize: Int64(old), newSize: Int64(size))
                let proof = ConsistencyProof(oldSize: Int64(old), newSize: Int64(size), path: try plan.assemble(from: kept.fetch(plan)))
                #expect(throws: Never.self) { try proof.verify(oldRoot: roots[old], newRoot: roots[size]) }
            }
        }
    }

    @Test("Large trees are proven from at most 128 neighbouring hashes a node", arguments: 0..<8 as Range<UInt64>)
    func largeTrees(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var kept = Kept()
        let size = random.int(2_000...5_000)
        var old: (size: Int64, root: Digest)?
        let oldSize = Int64(random.int(1...size))
        for leaf in leaves(size) {
            kept.append(leaf)
            if kept.frontier.size == oldSize { old = (oldSize, kept.frontier.root) }
        }
        let index = Int64(random.int(0...size - 1))
        let plan = try InclusionProof.plan(leafIndex: index, treeSize: Int64(size))
        #expect(plan.storedHashes.allSatisfy { 1...128 ~= $0.count && $0.first % Int64($0.count) == 0 })
        let proof = InclusionProof(leafIndex: index, treeSize: Int64(size), path: try plan.assemble(from: kept.fetch(plan)))
        try proof.verify(leaf: leaves(size)[Int(index)], root: kept.frontier.root)
        let growth = try ConsistencyProof.plan(oldSize: oldSize, newSize: Int64(size))
        try ConsistencyProof(oldSize: oldSize, newSize: Int64(size), path: growth.assemble(from: kept.fetch(growth)))
            .verify(oldRoot: try #require(old).root, newRoot: kept.frontier.root)
    }

    @Test("A single flipped bit anywhere in a proof is refused", arguments: 0..<4 as Range<UInt64>)
    func flippedBits(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var kept = Kept()
        let all = leaves(37)
        all.forEach { kept.append($0) }
        let index = random.int(0...36)
        let plan = try InclusionProof.plan(leafIndex: Int64(index), treeSize: 37)
        let proof = InclusionProof(leafIndex: Int64(index), treeSize: 37, path: try plan.assemble(from: kept.fetch(plan)))
        for step in proof.path.indices {
            for bit in 0..<256 {
                var damaged = proof
                var bytes = proof.path[step].bytes
                bytes[bit / 8] ^= 1 << UInt8(bit % 8)
                damaged.path[step] = try #require(Digest(bytes: bytes))
                #expect(throws: ProofError.self, "seed \(seed)") { try damaged.verify(leaf: all[index], root: kept.frontier.root) }
            }
        }
        for other in 0..<37 where other != index {
            var moved = proof
            moved.leafIndex = Int64(other)
            #expect(throws: ProofError.self, "seed \(seed)") { try moved.verify(leaf: all[index], root: kept.frontier.root) }
        }
    }

    @Test("Proofs nobody can make are refused in words")
    func impossible() {
        #expect(throws: ProofError.leafOutside(index: 5, size: 5)) { try InclusionProof.plan(leafIndex: 5, treeSize: 5) }
        #expect(throws: ProofError.leafOutside(index: -1, size: 5)) { try InclusionProof.plan(leafIndex: -1, treeSize: 5) }
        #expect(throws: ProofError.shrunk(from: 6, to: 5)) { try ConsistencyProof.plan(oldSize: 6, newSize: 5) }
        #expect(throws: ProofError.nothingToCompare) { try ConsistencyProof.plan(oldSize: 0, newSize: 5) }
        #expect(throws: ProofError.hashesMissing(StoredHashes(level: 0, first: 1, count: 1), found: 0)) {
            try InclusionProof.plan(leafIndex: 0, treeSize: 2).assemble(from: [:])
        }
    }

    @Test("The largest sizes do not overflow")
    func largest() throws {
        let plan = try InclusionProof.plan(leafIndex: .max - 1, treeSize: .max)
        #expect(!plan.steps.isEmpty)
        #expect(try ConsistencyProof.plan(oldSize: .max - 1, newSize: .max).steps.count > 0)
        let proof = InclusionProof(leafIndex: .max - 1, treeSize: .max, path: [MerkleTree.emptyRoot])
        #expect(throws: ProofError.pathTooShort) { try proof.root(from: MerkleTree.emptyRoot) }
    }
}
