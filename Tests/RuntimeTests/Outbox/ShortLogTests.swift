import Chronicle
import Crypto
import EventStorage
import TestKit
import Testing

@testable import Runtime

@Suite("The watch over the parties' own movements")
struct ShortLogTests {
    /// The watch's place in the exchange's list is not a place in the log, and may run far ahead of it.
    @Test("A journal longer than the log does not stop the watch")
    func journalLongerThanLog() async throws {
        let folder = try Folder()
        let market = try await Market(folder.path + "/exchange.log")
        _ = try await market.place("ORD-1")
        let store = try MemoryStore(tables: CaseTables.all)
        let keys = try await PersonKeys(opening: folder.path + "/keys.log", wrapping: MasterKey(SymmetricKey(size: .bits256)))
        let desk = Desk(store: store, keys: keys, vault: try EvidenceVault(opening: folder.path + "/evidence"))
        let closed = try await EscrowWatch(desk, market.exchange).look()
        #expect(closed == 0)
    }
}
