/// The right edge of a growing Merkle tree: enough to append and to know the root, in 32 bytes per set bit of the size.
///
/// A log of 12 million events has a frontier of at most 24 hashes; it is kept in the one row that is the head of the log.
/// (Known as a compact range, or the peaks of a Merkle mountain range.)
public struct MerkleFrontier: Hashable, Sendable {
    /// Number of leaves.
    public private(set) var size: Int64 = 0
    /// Roots of the complete subtrees that make up the tree, largest first.
    public private(set) var peaks: [Digest] = []

    public init() {}

    /// Appends the hash of the next leaf; returns the roots of the subtrees of 256, 65,536, … leaves it completes, smallest first.
    /// For 255 leaves of 256 that is nothing, and costs nothing.
    @discardableResult
    public mutating func append(_ leaf: Digest) -> [CompletedSubtree] {
        var completed: [CompletedSubtree] = []
        var hash = leaf
        var level = 0
        while size >> Int64(level) & 1 == 1, let left = peaks.popLast() {
            hash = MerkleTree.nodeHash(left, hash)
            level += 1
            if level % 8 == 0 { completed.append(CompletedSubtree(level: level / 8, index: size >> Int64(level), hash: hash)) }
        }
        peaks.append(hash)
        size += 1
        return completed
    }

    /// The root of the tree as it is now.
    public var root: Digest {
        guard var root = peaks.last else { return MerkleTree.emptyRoot }
        for peak in peaks.dropLast().reversed() { root = MerkleTree.nodeHash(peak, root) }
        return root
    }
}

/// A subtree of 256^level leaves, from the leaf `index` · 256^level on, that will never change again. An engine keeps its hash to serve proofs.
public struct CompletedSubtree: Hashable, Sendable {
    /// 1 and up.
    public let level: Int
    public let index: Int64
    public let hash: Digest

    public init(level: Int, index: Int64, hash: Digest) { (self.level, self.index, self.hash) = (level, index, hash) }
}

extension MerkleFrontier {
    /// Eight bytes of size, most significant first, then the peaks, 32 bytes each.
    public var bytes: [UInt8] {
        var bytes = withUnsafeBytes(of: size.bigEndian) { Array($0) }
        bytes.reserveCapacity(8 + 32 * peaks.count)
        for peak in peaks { peak.withBytes { bytes.append(contentsOf: $0) } }
        return bytes
    }

    /// `nil` when the bytes are not exactly a frontier: the number of peaks follows from the size.
    public init?(bytes: some Collection<UInt8>) {
        let bytes = Array(bytes)
        guard bytes.count >= 8, bytes.count % 32 == 8 else { return nil }
        let size = bytes[..<8].reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        guard size <= UInt64(Int64.max), size.nonzeroBitCount == bytes.count / 32 else { return nil }
        self.size = Int64(size)
        peaks = stride(from: 8, to: bytes.count, by: 32).compactMap { Digest(bytes: bytes[$0..<$0 + 32]) }
    }

    /// The nodes whose hashes are the peaks of a tree of `size` leaves: to rebuild a frontier from what an engine keeps.
    public static func nodes(ofSize size: Int64) -> [TreeNode] { TreeNode.covering(0..<size) }

    /// The frontier from the hashes of `nodes(ofSize:)`, in that order; `nil` when their number is not right.
    public init?(size: Int64, peaks: [Digest]) {
        guard size >= 0, size.nonzeroBitCount == peaks.count else { return nil }
        (self.size, self.peaks) = (size, peaks)
    }
}
