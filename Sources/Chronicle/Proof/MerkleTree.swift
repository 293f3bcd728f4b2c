import Crypto

/// The hashes of the log's Merkle tree: RFC 6962 §2.1 (RFC 9162 §2.1.1), SHA-256.
///
/// Leaves and inner nodes are hashed with different first bytes, so that no inner node can be passed off as an event.
public enum MerkleTree {
    /// The root of a log without events: the hash of nothing.
    public static let emptyRoot = Digest(hashing: EmptyCollection())

    /// SHA-256(0x00 ‖ leaf).
    public static func leafHash(_ leaf: [UInt8]) -> Digest {
        var hasher = SHA256()
        withUnsafeBytes(of: 0 as UInt8) { hasher.update(bufferPointer: $0) }
        leaf.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        return Digest(hasher.finalize())
    }

    /// SHA-256(0x01 ‖ left ‖ right).
    public static func nodeHash(_ left: Digest, _ right: Digest) -> Digest {
        withUnsafeTemporaryAllocation(byteCount: 65, alignment: 8) { buffer in
            buffer[0] = 1
            left.withBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[1..<33]).copyMemory(from: $0) }
            right.withBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[33...]).copyMemory(from: $0) }
            var hasher = SHA256()
            hasher.update(bufferPointer: UnsafeRawBufferPointer(buffer))
            return Digest(hasher.finalize())
        }
    }

    /// The root over nodes that stand side by side; over leaf hashes, the root of the tree they make.
    public static func root(of hashes: some Sequence<Digest>) -> Digest {
        var frontier = MerkleFrontier()
        for hash in hashes { frontier.append(hash) }
        return frontier.root
    }
}

/// A node over a complete subtree: the 2^`level` leaves from `index` · 2^`level`. Level 0 are the leaves.
public struct TreeNode: Hashable, Sendable {
    public let level: Int
    public let index: Int64

    public init(level: Int, index: Int64) { (self.level, self.index) = (level, index) }

    /// Where the hash comes from in an engine that keeps the leaf hashes and the roots of complete subtrees of 256^k leaves, and nothing else.
    public var stored: StoredHashes {
        let width = Int64(1) << (level % 8)
        return StoredHashes(level: level / 8, first: index * width, count: Int(width))
    }
}

/// Up to 128 neighbouring hashes as an engine keeps them: leaf hashes at level 0, roots of complete subtrees of 256^level leaves above.
/// `MerkleTree.root(of:)` makes one node of them.
public struct StoredHashes: Hashable, Sendable {
    public let level: Int
    /// Index of the first, from 0.
    public let first: Int64
    public let count: Int

    public init(level: Int, first: Int64, count: Int) { (self.level, self.first, self.count) = (level, first, count) }
}
