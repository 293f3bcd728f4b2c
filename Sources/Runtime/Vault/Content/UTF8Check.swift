/// Checks, chunk by chunk, that bytes are UTF-8 text: valid sequences and no control characters but tab, line ends and form feed.
struct UTF8Check {
    /// A sequence begun in an earlier chunk, 0…3 bytes.
    private var carried: [UInt8] = []

    /// Nothing is left half-way: the text may end here.
    var isComplete: Bool { carried.isEmpty }

    /// `false` when the text so far cannot be UTF-8 text, whatever follows.
    mutating func read(_ chunk: ArraySlice<UInt8>) -> Bool {
        var bytes = carried + chunk
        carried = Array(bytes.suffix(unfinishedBytes(at: bytes[...])))
        bytes.removeLast(carried.count)
        guard !bytes.contains(where: { $0 < 32 && !(9...13 ~= $0) }) else { return false }
        return String(validating: bytes, as: UTF8.self) != nil
    }

    /// How many bytes at the end begin a sequence that the chunk does not finish.
    private func unfinishedBytes(at bytes: ArraySlice<UInt8>) -> Int {
        for (back, byte) in bytes.suffix(3).reversed().enumerated() where byte & 0xC0 != 0x80 {
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            return length > back + 1 ? back + 1 : 0
        }
        return 0
    }
}
