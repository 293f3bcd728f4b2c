import Crypto
import Testing

@testable import Runtime

@Suite struct RecentKeysTests {
    private func owner(_ index: Int) -> OwnerTag { OwnerTag(bits: UInt128(index)) }

    @Test("It never holds more than twice its capacity, and keeps what is asked for again and again") func bounded() {
        var recent = RecentKeys(capacity: 10)
        let favourite = SymmetricKey(size: .bits256)
        recent.keep(favourite, of: owner(-1 & 0xFFFF))
        for index in 0..<500 {
            recent.keep(SymmetricKey(size: .bits256), of: owner(index))
            let found = recent.key(of: owner(-1 & 0xFFFF))
            #expect(found == favourite)
            #expect(recent.count <= 20)
        }
        let gone = recent.key(of: owner(3))
        #expect(gone == nil)
    }

    @Test("What is forgotten is gone from both generations") func forgets() {
        var recent = RecentKeys(capacity: 2)
        for index in 0..<4 { recent.keep(SymmetricKey(size: .bits256), of: owner(index)) }
        for index in 0..<4 {
            recent.forget(owner(index))
            let found = recent.key(of: owner(index))
            #expect(found == nil)
        }
    }
}
