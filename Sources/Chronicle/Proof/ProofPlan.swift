/// Which nodes a proof is made of, before any hash is at hand: the caller fetches them, asynchronously if it must, and has the proof assembled.
///
/// ```
/// let plan = try InclusionProof.plan(leafIndex: 41, treeSize: 1_000)
/// for stored in plan.storedHashes { … fetch stored.count hashes from stored.first on … }
/// let proof = try InclusionProof(leafIndex: 41, treeSize: 1_000, path: plan.assemble(from: fetched))
/// ```
public struct ProofPlan: Hashable, Sendable {
    /// For each hash of the proof, in its order, the complete subtrees it is made of, from left to right: one, except at the right edge.
    public let steps: [[TreeNode]]

    /// All nodes, in the order of the proof.
    public var nodes: [TreeNode] { steps.flatMap(\.self) }
    /// The same as an engine keeps them: at most 128 neighbouring hashes each.
    public var storedHashes: [StoredHashes] { nodes.map(\.stored) }

    /// The hashes of the proof from the hashes of its nodes.
    public func assemble(_ hash: (TreeNode) throws -> Digest) rethrows -> [Digest] {
        try steps.map { step in
            var hashes = try step.map(hash)
            guard var root = hashes.popLast() else { return MerkleTree.emptyRoot }
            for left in hashes.reversed() { root = MerkleTree.nodeHash(left, root) }
            return root
        }
    }

    /// The hashes of the proof from what was fetched for `storedHashes`.
    public func assemble(from fetched: [StoredHashes: [Digest]]) throws(ProofError) -> [Digest] {
        for stored in storedHashes where fetched[stored]?.count != stored.count {
            throw .hashesMissing(stored, found: fetched[stored]?.count ?? 0)
        }
        return assemble { MerkleTree.root(of: fetched[$0.stored] ?? []) }
    }
}

extension TreeNode {
    /// The complete subtrees that cover the leaves `range`, from left to right. The range begins where a subtree of its size may begin.
    static func covering(_ range: Range<Int64>) -> [TreeNode] {
        var nodes: [TreeNode] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let level = Int64.bitWidth - 1 - (range.upperBound - start).leadingZeroBitCount
            nodes.append(TreeNode(level: level, index: start >> Int64(level)))
            start += 1 << Int64(level)
        }
        return nodes
    }
}

extension Range<Int64> {
    /// Where RFC 6962 divides a tree of these leaves: after the largest power of two smaller than their number. Of two leaves and more.
    var division: Int64 { lowerBound + 1 << Int64(Int64.bitWidth - 1 - (upperBound - lowerBound - 1).leadingZeroBitCount) }
}
