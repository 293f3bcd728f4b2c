/// The different ways cases went: sequences of activities, with how many cases took each.
///
/// Each case has a 64-bit hash; cases of one hash are compared activity by activity, so two ways are never taken for one.
public struct Variants: Sendable {
    /// One way: the first case that took it, and how many did.
    public struct Variant: Hashable, Sendable {
        public let example: Int
        public fileprivate(set) var cases: Int
    }

    /// The most frequent first; of equals the one seen first.
    public let all: [Variant]
    /// The place in `all` of each case's way.
    public let ofCase: [Int32]

    public init(_ log: EventLog) {
        var variants: [Variant] = []
        var hashes: [UInt64] = []
        var slots = [Int32](repeating: -1, count: 1_024)
        let found = [Int32](unsafeUninitializedCapacity: log.caseCount) { found, filled in
            log.activities.withUnsafeBufferPointer { activities in
                log.offsets.withUnsafeBufferPointer { offsets in
                    for index in 0..<(offsets.count - 1) {
                        let (start, end) = (Int(offsets[index]), Int(offsets[index + 1]))
                        let hash = Variants.hash(activities, start, end)
                        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
                        while true {
                            let held = Int(slots[slot])
                            if held < 0 {
                                slots[slot] = Int32(variants.count)
                                found[index] = Int32(variants.count)
                                variants.append(Variant(example: index, cases: 1))
                                hashes.append(hash)
                                if variants.count * 2 > slots.count { Variants.grow(&slots, hashes) }
                                break
                            }
                            if hashes[held] == hash {
                                let other = Int(offsets[variants[held].example])
                                if Variants.isSame(activities, start, other, end - start, Int(offsets[variants[held].example + 1]) - other) {
                                    variants[held].cases &+= 1
                                    found[index] = Int32(held)
                                    break
                                }
                            }
                            slot = (slot + 1) & (slots.count - 1)
                        }
                    }
                }
            }
            filled = log.caseCount
        }
        let order = variants.indices.sorted { (-variants[$0].cases, $0) < (-variants[$1].cases, $1) }
        var rank = [Int32](repeating: 0, count: order.count)
        for (place, old) in order.enumerated() { rank[old] = Int32(place) }
        all = order.map { variants[$0] }
        ofCase = found.map { rank[Int($0)] }
    }

    @inline(__always)
    static func hash(_ activities: UnsafeBufferPointer<UInt16>, _ start: Int, _ end: Int) -> UInt64 {
        var hash = UInt64(end &- start) &* 0x9E37_79B9_7F4A_7C15
        var event = start
        while event < end {
            hash = (hash ^ UInt64(activities[event])) &* 0xD6E8_FEB8_6659_FD93
            hash ^= hash >> 32
            event &+= 1
        }
        return hash
    }

    @inline(__always)
    private static func isSame(_ activities: UnsafeBufferPointer<UInt16>, _ first: Int, _ second: Int, _ count: Int, _ other: Int) -> Bool {
        guard count == other else { return false }
        for step in 0..<count where activities[first &+ step] != activities[second &+ step] { return false }
        return true
    }

    private static func grow(_ slots: inout [Int32], _ hashes: [UInt64]) {
        slots = [Int32](repeating: -1, count: slots.count * 4)
        for (index, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(index)
        }
    }

    /// How many of the cases took one of the `first` ways.
    public func cases(ofFirst first: Int) -> Int { all.prefix(first).reduce(0) { $0 + $1.cases } }
}

extension EventLog {
    /// The activities of a case in their order.
    public func path(of caseIndex: Int) -> [String] { events(of: caseIndex).map { activityNames[Int(activities[$0])] } }
}
