import TestKit
import Testing

@testable import Timekeeping

@Suite("A sorted index")
struct SortedIndexTests {
    @Test("A value before all keys has no key before it")
    func beforeAll() {
        #expect(SortedIndex([10, 20]).last(notAfter: 9) == -1)
    }

    @Test("finds what a walk from the start finds", arguments: UInt64(1)...40)
    func sameAsWalk(seed: UInt64) {
        var random = Seeded(seed)
        let spread = Int64.random(in: 1...1_000_000, using: &random)
        let keys = ContiguousArray(Set((0..<Int.random(in: 1...60, using: &random)).map { _ in Int64.random(in: -spread...spread, using: &random) }).sorted())
        let index = SortedIndex(keys)
        for _ in 0..<200 {
            let value = Int64.random(in: -spread - 3...spread + 3, using: &random)
            let walked = (keys.firstIndex { $0 > value } ?? keys.count) - 1
            #expect(index.last(notAfter: value) == walked, "seed \(seed), value \(value), keys \(keys)")
        }
        for (position, key) in keys.enumerated() { #expect(index.last(notAfter: key) == position, "seed \(seed)") }
    }

    @Test("Keys crowded at one end are found as well")
    func crowded() {
        let keys: ContiguousArray<Int64> = [0, 1, 2, 3, 4, 1 << 40, 1 << 40 + 1]
        let index = SortedIndex(keys)
        for (position, key) in keys.enumerated() { #expect(index.last(notAfter: key) == position) }
        #expect(index.last(notAfter: 1 << 39) == 4)
        #expect(index.last(notAfter: 1 << 50) == 6)
    }
}
