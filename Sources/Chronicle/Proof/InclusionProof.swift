/// Proof that a leaf is at its place in a tree: the hashes beside the way from the leaf to the root (RFC 6962 §2.1.1, RFC 9162 §2.1.3).
public struct InclusionProof: Hashable, Sendable {
    /// From 0: the sequence of the event less one.
    public var leafIndex: Int64
    public var treeSize: Int64
    /// From the leaf's neighbour up to the root's child.
    public var path: [Digest]

    public init(leafIndex: Int64, treeSize: Int64, path: [Digest]) {
        (self.leafIndex, self.treeSize, self.path) = (leafIndex, treeSize, path)
    }

    /// The nodes the path is made of. Refuses a leaf that is not in the tree.
    public static func plan(leafIndex: Int64, treeSize: Int64) throws(ProofError) -> ProofPlan {
        guard 0 <= leafIndex, leafIndex < treeSize else { throw .leafOutside(index: leafIndex, size: treeSize) }
        var steps: [[TreeNode]] = []
        var range = 0..<treeSize
        while range.count > 1 {
            let division = range.division
            let (left, right) = (range.lowerBound..<division, division..<range.upperBound)
            steps.append(TreeNode.covering(leafIndex < division ? right : left))
            range = leafIndex < division ? left : right
        }
        return ProofPlan(steps: steps.reversed())
    }

    /// Refuses the proof unless it leads from `leaf` (a leaf hash) to `root`.
    public func verify(leaf: Digest, root: Digest) throws(ProofError) {
        let computed = try self.root(from: leaf)
        guard computed == root else { throw .rootDiffers(computed: computed, given: root) }
    }

    /// The root the path leads to from `leaf`; the steps of RFC 9162 §2.1.3.2.
    public func root(from leaf: Digest) throws(ProofError) -> Digest {
        guard 0 <= leafIndex, leafIndex < treeSize else { throw .leafOutside(index: leafIndex, size: treeSize) }
        var (node, last) = (leafIndex, treeSize - 1)
        var hash = leaf
        for step in path {
            guard last > 0 else { throw .pathTooLong }
            if node & 1 == 1 || node == last {
                hash = MerkleTree.nodeHash(step, hash)
                while node & 1 == 0, node > 0 { (node, last) = (node >> 1, last >> 1) }
            } else {
                hash = MerkleTree.nodeHash(hash, step)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        guard last == 0 else { throw .pathTooShort }
        return hash
    }
}
