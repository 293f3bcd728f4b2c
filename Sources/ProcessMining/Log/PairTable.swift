/// Two codes as one: an activity that is a name and a lifecycle step has the code of that pair.
struct PairTable: Sendable {
    private(set) var pairs: [(UInt32, UInt32)] = []
    private var slots = [UInt32](repeating: 0, count: 64)

    var count: Int { pairs.count }

    mutating func code(of first: UInt32, _ second: UInt32) -> UInt32 {
        var slot = home(first, second)
        while slots[slot] != 0 {
            let held = pairs[Int(slots[slot]) - 1]
            if held == (first, second) { return slots[slot] - 1 }
            slot = (slot + 1) & (slots.count - 1)
        }
        pairs.append((first, second))
        slots[slot] = UInt32(pairs.count)
        if pairs.count * 2 > slots.count { grow() }
        return UInt32(pairs.count - 1)
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 4)
        for (index, pair) in pairs.enumerated() {
            var slot = home(pair.0, pair.1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(index) + 1
        }
    }

    private func home(_ first: UInt32, _ second: UInt32) -> Int {
        let hash = NameTable.mixed(UInt64(first) << 32 | UInt64(second), 0)
        return Int(truncatingIfNeeded: hash) & (slots.count - 1)
    }
}
