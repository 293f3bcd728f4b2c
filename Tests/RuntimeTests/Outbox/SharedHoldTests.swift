import Chronicle
import Crypto
import Disputes
import EventStorage
import TestKit
import Testing

@testable import Runtime

@Suite("Two disputes about one order")
struct SharedHoldTests {
    @Test("The escrow stays held until the last of them lets go")
    func lastOneLetsGo() async throws {
        // given an order both sides dispute, each with a claim of their own
        let folder = try Folder()
        let market = try await Market(folder.path + "/exchange.log")
        let order = try await market.place("ORD-1")
        try await market.exchange.markPaid(order)
        let store = try MemoryStore(tables: CaseTables.all)
        let keys = try await PersonKeys(opening: folder.path + "/keys.log", wrapping: MasterKey(SymmetricKey(size: .bits256)))
        let desk = Desk(store: store, keys: keys, vault: try EvidenceVault(opening: folder.path + "/evidence"))
        try await desk.publish(DefaultPack.files, by: .machine("test"))
        let courier = OutboxCourier(desk, market.exchange)
        let now = desk.surroundings.now()
        let first = CaseID(at: now, randomness: 1), second = CaseID(at: now, randomness: 2)
        _ = try await desk.perform(Props.escrowed(id: first), on: first, Request(by: .party(Cast.buyer.party)))
        _ = try await courier.deliver(at: .distantFuture)
        _ = try await desk.perform(Props.escrowed("P2P-S01", by: .seller, id: second), on: second, Request(by: .party(Cast.seller.party)))
        // when the second asks for what is held already
        _ = try await courier.deliver(at: .distantFuture)
        // then held is held, for both
        #expect(try await desk.dispute(first)?.hold == .placed)
        #expect(try await desk.dispute(second)?.hold == .placed)
        // and when the first lets go, nothing is let go of
        _ = try await desk.perform(.withdraw, on: first, Request(by: .party(Cast.buyer.party)))
        _ = try await courier.deliver(at: .distantFuture)
        #expect(try await desk.dispute(first)?.isClosed == true)
        #expect(try await market.exchange.order(order).escrow == .held)
        // until the second does, too
        _ = try await desk.perform(.withdraw, on: second, Request(by: .party(Cast.seller.party)))
        _ = try await courier.deliver(at: .distantFuture)
        #expect(try await market.exchange.order(order).escrow == .paid)
        #expect(try await store.count(RowQuery(CaseTables.outbox)).count == 0)
        await keys.close()
    }
}
