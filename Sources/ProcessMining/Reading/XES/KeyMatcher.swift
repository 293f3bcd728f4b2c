/// Which of an event's attributes matter, told by their keys: most do not, and are passed over by their length alone.
final class KeyMatcher {
    struct Found {
        /// Which key of the classifier it is; -1 for none.
        var slot = -1
        var isTime = false
        var isResource = false
        var isLifecycle = false
    }

    private let keys: UnsafeMutableBufferPointer<UInt8>
    private let entries: UnsafeMutableBufferPointer<(start: Int, length: Int, found: Found)>
    /// Bit n: some key has the length n.
    private let lengths: UInt64

    init(classifier: [String], time: String, resource: String, lifecycle: String) {
        var found: [(key: String, found: Found)] = []
        func note(_ key: String, _ change: (inout Found) -> Void) {
            if let index = found.firstIndex(where: { $0.key == key }) {
                change(&found[index].found)
            } else {
                var new = Found()
                change(&new)
                found.append((key, new))
            }
        }
        for (slot, key) in classifier.enumerated() { note(key) { $0.slot = slot } }
        note(time) { $0.isTime = true }
        note(resource) { $0.isResource = true }
        note(lifecycle) { $0.isLifecycle = true }
        let bytes = found.flatMap { Array($0.key.utf8) }
        keys = .allocate(capacity: max(1, bytes.count))
        _ = keys.update(fromContentsOf: bytes)
        entries = .allocate(capacity: found.count)
        var (start, lengths) = (0, UInt64(0))
        for (index, entry) in found.enumerated() {
            let length = entry.key.utf8.count
            entries.initializeElement(at: index, to: (start, length, entry.found))
            lengths |= 1 << UInt64(min(63, length))
            start += length
        }
        self.lengths = lengths
    }

    deinit {
        keys.deallocate()
        entries.deallocate()
    }

    @inline(__always)
    func find(_ key: Bytes) -> Found? {
        guard lengths >> UInt64(min(63, key.count)) & 1 == 1 else { return nil }
        outer: for entry in entries where entry.length == key.count {
            for index in 0..<key.count where keys[entry.start + index] != key[index] { continue outer }
            return entry.found
        }
        return nil
    }
}
