import Chronicle
import Disputes
import TestKit
import Testing

@testable import Runtime

@Suite("Two disputes about one order")
struct SharedHoldTests {
    @Test("The escrow stays held until the last of them lets go")
    func lastOneLetsGo() async throws {
        // given an order both sides dispute, each with a claim of their own
        let office = try await DeskAndMarket()
        let order = try await office.market.place("ORD-1")
        try await office.market.exchange.markPaid(order)
        let (first, second) = (office.id(1), office.id(2))
        try await office.act(as: .buyer, on: first, Props.escrowed(id: first))
        _ = try await office.courier.deliver(at: .distantFuture)
        try await office.act(as: .seller, on: second, Props.escrowed("P2P-S01", by: .seller, id: second))
        // when the second asks for what is held already
        _ = try await office.courier.deliver(at: .distantFuture)
        // then held is held, for both
        #expect(try await office.desk.dispute(first)?.hold == .placed)
        #expect(try await office.desk.dispute(second)?.hold == .placed)
        // and when the first lets go, nothing is let go of
        try await office.act(as: .buyer, on: first, .withdraw)
        _ = try await office.courier.deliver(at: .distantFuture)
        #expect(try await office.desk.dispute(first)?.isClosed == true)
        #expect(try await office.market.exchange.order(order).escrow == .held)
        // until the second does, too
        try await office.act(as: .seller, on: second, .withdraw)
        _ = try await office.courier.deliver(at: .distantFuture)
        #expect(try await office.market.exchange.order(order).escrow == .paid)
        #expect(try await office.waiting() == 0)
        await office.close()
    }
}
