import Chronicle

extension PolicyHash {
    /// The name of a pack: SHA-256 over its files sorted by the bytes of their paths, each as the length of its path, its path, the length
    /// of its content and its content (lengths as eight bytes, the highest first). It depends on nothing else: not on the order of
    /// reading, not on the machine. Lengths stand before what they count, so that no byte can wander from one file into the next.
    public init(of files: [PackFile]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(files.reduce(0) { $0 + $1.bytes.count + $1.path.utf8.count + 16 })
        func append(_ content: some Collection<UInt8>) {
            for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: content.count >> shift)) }
            bytes += content
        }
        let sorted = files.sorted { a, b in a.path == b.path ? a.bytes.lexicographicallyPrecedes(b.bytes) : a.path.utf8.lexicographicallyPrecedes(b.path.utf8) }
        for file in sorted {
            append(file.path.utf8)
            append(file.bytes)
        }
        self.init(Digest(hashing: bytes))
    }
}
