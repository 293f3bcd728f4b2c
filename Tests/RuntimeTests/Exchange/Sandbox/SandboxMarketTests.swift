import Chronicle
import EventStorage
import Testing

@testable import Runtime

@Suite struct SandboxMarketTests {
    private let market: Market
    private let folder: Folder

    init() async throws {
        folder = try Folder()
        market = try await Market(folder.path + "/journal")
    }

    @Test("What the parties do is listed once, after any cursor; what was instructed is not") func movements() async throws {
        let first = try await market.place("o1")
        try await market.exchange.markPaid(first)
        _ = try await market.exchange.hold(first, key: key("h"))
        try await market.exchange.releaseBySeller(first)
        let second = try await market.place("o2")
        try await market.exchange.expire(second)
        var cursor = MovementCursor.beginning
        var seen: [String] = []
        while true {
            let page = try await market.exchange.movements(after: cursor, limit: 2)
            if page.movements.isEmpty { break }
            seen += page.movements.map { "\($0.order) \($0.kind.rawValue)" }
            cursor = page.next
        }
        #expect(seen == ["o1 locked", "o1 markedPaid", "o1 released", "o2 locked", "o2 expired"])
        #expect(try await market.exchange.movements(after: cursor, limit: 10).next == cursor)
    }

    @Test("In a dispute the seller may still release and the buyer still cancel, and that ends it", arguments: [true, false])
    func partiesSettle(_ release: Bool) async throws {
        let order = try await market.disputed("o1")
        if release { try await market.exchange.releaseBySeller(order) } else { try await market.exchange.cancelByBuyer(order) }
        let state: EscrowState = release ? .released : .cancelled
        #expect(try await market.exchange.order(order).escrow == state)
        await #expect(throws: ExchangeError.conflict(state: state)) { try await market.exchange.releaseToBuyer(order, key: key("k")) }
        #expect(try await market.available(release ? "bob" : "ada") == market.coin(release ? 100 : 1_000))
    }

    @Test("The seller cannot release what is not marked paid, and a paid order does not run out") func order() async throws {
        let order = try await market.place("o1")
        await #expect(throws: ExchangeError.conflict(state: .locked)) { try await market.exchange.releaseBySeller(order) }
        try await market.exchange.markPaid(order)
        await #expect(throws: ExchangeError.conflict(state: .paid)) { try await market.exchange.markPaid(order) }
        await #expect(throws: ExchangeError.conflict(state: .paid)) { try await market.exchange.expire(order) }
    }

    @Test("An order nobody can cover, with oneself, of nothing, or twice is refused") func placements() async throws {
        await #expect(throws: ExchangeError.insufficient(available: market.coin(1_000), needed: market.coin(1_001))) { try await market.place("o1", 1_001) }
        await #expect(throws: ExchangeError.self) { try await market.place("o1", 0) }
        _ = try await market.place("o1")
        await #expect(throws: ExchangeError.refused(reason: "there is an order o1 already")) { try await market.place("o1") }
        await #expect(throws: ExchangeError.refused(reason: "the account ada is open already")) { try await market.exchange.openAccount(account("ada")) }
        await #expect(throws: ExchangeError.self) { try await market.exchange.deposit(market.coin(-5), to: account("ada")) }
    }
}
