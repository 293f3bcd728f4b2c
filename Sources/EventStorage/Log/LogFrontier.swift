import Chronicle

/// The right edge of an RFC 6962 tree: the roots of its largest complete subtrees, from which the next root follows.
///
/// Thirty-two bytes per bit set in the size, so a log of millions is carried in a few hundred bytes and appending never reads the past.
package struct LogFrontier: Sendable {
    /// Leaves so far.
    package private(set) var size: Int64 = 0
    /// Roots of complete subtrees, the largest (oldest) first.
    private var peaks: [Digest] = []

    package init() {}

    /// Reads what `bytes` wrote; `nil` when the length does not fit the size.
    package init?(size: Int64, bytes: some Collection<UInt8>) {
        guard size >= 0, bytes.count == 32 * size.nonzeroBitCount else { return nil }
        self.size = size
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let peak = Digest(bytes: rest.prefix(32)) else { return nil }
            peaks.append(peak)
            rest = rest.dropFirst(32)
        }
    }

    package var bytes: [UInt8] { peaks.flatMap(\.bytes) }

    /// Adds a leaf; tells of each subtree of 256^level leaves that it completes.
    package mutating func append(_ leaf: Digest, completed: (Subtree, Digest) -> Void) {
        var node = leaf
        var height = 0
        while size >> height & 1 == 1, let left = peaks.popLast() {
            node = LogFrontier.node(left, node)
            height += 1
            if height % 8 == 0 { completed(Subtree(level: height / 8, index: size >> height), node) }
        }
        peaks.append(node)
        size += 1
    }

    /// Root of the whole tree; SHA-256 of nothing for an empty one (RFC 6962 §2.1).
    package var root: Digest {
        guard var root = peaks.last else { return Digest(hashing: EmptyCollection()) }
        for peak in peaks.dropLast().reversed() { root = LogFrontier.node(peak, root) }
        return root
    }

    private static func node(_ left: Digest, _ right: Digest) -> Digest {
        let bytes = [UInt8](unsafeUninitializedCapacity: 65) { buffer, count in
            buffer[0] = 1
            let target = UnsafeMutableRawBufferPointer(buffer)
            left.withBytes { UnsafeMutableRawBufferPointer(rebasing: target[1..<33]).copyMemory(from: $0) }
            right.withBytes { UnsafeMutableRawBufferPointer(rebasing: target[33..<65]).copyMemory(from: $0) }
            count = 65
        }
        return Digest(hashing: bytes)
    }
}

/// The place of a complete subtree: the `index`-th run of 256^`level` leaves.
package struct Subtree: Hashable, Sendable {
    package let level: Int
    package let index: Int64

    package init(level: Int, index: Int64) { (self.level, self.index) = (level, index) }

    /// Sequence of its last event.
    package var lastSequence: Int64 { (index + 1) << Int64(8 * level) }
}
