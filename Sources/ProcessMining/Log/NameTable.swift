/// Names as small numbers: each different run of bytes gets the next code, from 0, in the order it was first seen.
///
/// Event logs repeat a few names millions of times; whatever counts and compares works on the codes. Works on bytes, without a `String` in between.
public struct NameTable: Sendable {
    private var arena: [UInt8] = []
    /// Where each name ends in `arena`.
    private var ends: [Int] = []
    private var hashes: [UInt64] = []
    /// Open addressing; code + 1, 0 is free.
    private var slots: [UInt32]
    private var mask: Int

    public init() {
        slots = [UInt32](repeating: 0, count: 64)
        mask = 63
    }

    public var count: Int { ends.count }

    public subscript(code: Int) -> String {
        String(decoding: bytes(of: code), as: UTF8.self)
    }

    public var names: [String] { ends.indices.map { self[$0] } }

    func bytes(of code: Int) -> ArraySlice<UInt8> {
        arena[(code == 0 ? 0 : ends[code - 1])..<ends[code]]
    }

    /// The code of this name, given now if it is new.
    mutating func code(of name: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let hash = NameTable.hash(name)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while true {
            let held = slots[slot]
            if held == 0 { return insert(name, hash, at: slot) }
            if hashes[Int(held) - 1] == hash, holds(Int(held) - 1, name) { return held - 1 }
            slot = (slot + 1) & mask
        }
    }

    mutating func code(of name: some StringProtocol) -> UInt32 {
        var copy = String(name)
        return copy.withUTF8 { code(of: $0) }
    }

    /// The code this name has, if any.
    public func existingCode(of name: String) -> UInt32? {
        var copy = name
        return copy.withUTF8 { bytes in
            let hash = NameTable.hash(bytes)
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] != 0 {
                let held = Int(slots[slot]) - 1
                if hashes[held] == hash, holds(held, bytes) { return UInt32(held) }
                slot = (slot + 1) & mask
            }
            return nil
        }
    }

    private func holds(_ code: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = code == 0 ? 0 : ends[code - 1]
        guard ends[code] - start == name.count else { return false }
        return arena.withUnsafeBufferPointer { arena in
            var index = 0
            while index < name.count {
                if arena[start + index] != name[index] { return false }
                index += 1
            }
            return true
        }
    }

    private mutating func insert(_ name: UnsafeBufferPointer<UInt8>, _ hash: UInt64, at slot: Int) -> UInt32 {
        let code = UInt32(ends.count)
        arena.append(contentsOf: name)
        ends.append(arena.count)
        hashes.append(hash)
        slots[slot] = code + 1
        if ends.count * 2 > slots.count { grow() }
        return code
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 4)
        mask = slots.count - 1
        for (code, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(code) + 1
        }
    }

    /// Eight bytes at a time, multiplied and folded. Not keyed: collisions cost time only, as names are compared.
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash = UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
        let raw = UnsafeRawBufferPointer(bytes)
        var index = 0
        while index + 8 <= raw.count {
            hash = mixed(hash, raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            index += 8
        }
        if index < raw.count {
            var rest: UInt64 = 0
            while index < raw.count {
                rest = rest << 8 | UInt64(raw[index])
                index += 1
            }
            hash = mixed(hash, rest)
        }
        return hash ^ hash >> 29
    }

    @inline(__always)
    static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let (high, low) = (hash ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return high ^ low &+ 0x9E37_79B9_7F4A_7C15
    }
}
