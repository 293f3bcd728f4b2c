/// Proof that a tree grew out of an earlier one by appending alone: no event changed, moved or gone (RFC 6962 §2.1.2, RFC 9162 §2.1.4).
public struct ConsistencyProof: Hashable, Sendable {
    public var oldSize: Int64
    public var newSize: Int64
    public var path: [Digest]

    public init(oldSize: Int64, newSize: Int64, path: [Digest]) {
        (self.oldSize, self.newSize, self.path) = (oldSize, newSize, path)
    }

    /// The nodes the path is made of. Refuses a tree that shrank, and an empty one: anything grows out of nothing.
    public static func plan(oldSize: Int64, newSize: Int64) throws(ProofError) -> ProofPlan {
        guard oldSize <= newSize else { throw .shrunk(from: oldSize, to: newSize) }
        guard oldSize > 0 else { throw .nothingToCompare }
        var steps: [[TreeNode]] = []
        var range = 0..<newSize
        // While the way down keeps to the left edge, the old tree's part of it is the old root itself, which the verifier has.
        var isOnLeftEdge = true
        while range.upperBound != oldSize {
            let division = range.division
            let (left, right) = (range.lowerBound..<division, division..<range.upperBound)
            if oldSize <= division {
                steps.append(TreeNode.covering(right))
                range = left
            } else {
                steps.append(TreeNode.covering(left))
                range = right
                isOnLeftEdge = false
            }
        }
        if !isOnLeftEdge { steps.append(TreeNode.covering(range)) }
        return ProofPlan(steps: steps.reversed())
    }

    /// Refuses the proof unless both roots follow from it; the steps of RFC 9162 §2.1.4.2.
    public func verify(oldRoot: Digest, newRoot: Digest) throws(ProofError) {
        guard oldSize <= newSize else { throw .shrunk(from: oldSize, to: newSize) }
        guard oldSize > 0 else { throw .nothingToCompare }
        if oldSize == newSize {
            guard path.isEmpty else { throw .pathTooLong }
            guard oldRoot == newRoot else { throw .rootDiffers(computed: oldRoot, given: newRoot) }
            return
        }
        var (node, last) = (oldSize - 1, newSize - 1)
        while node & 1 == 1 { (node, last) = (node >> 1, last >> 1) }
        var steps = path[...]
        // An old tree of 2^n leaves is itself a node of the new one.
        let start: Digest? = oldSize & (oldSize - 1) == 0 ? oldRoot : steps.popFirst()
        guard let start else { throw .pathTooShort }
        var (old, new) = (start, start)
        for step in steps {
            guard last > 0 else { throw .pathTooLong }
            if node & 1 == 1 || node == last {
                old = MerkleTree.nodeHash(step, old)
                new = MerkleTree.nodeHash(step, new)
                while node & 1 == 0, node > 0 { (node, last) = (node >> 1, last >> 1) }
            } else {
                new = MerkleTree.nodeHash(new, step)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        guard last == 0 else { throw .pathTooShort }
        guard old == oldRoot else { throw .oldRootDiffers(computed: old, given: oldRoot) }
        guard new == newRoot else { throw .rootDiffers(computed: new, given: newRoot) }
    }
}
