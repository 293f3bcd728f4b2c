import Chronicle
import EventStorage
import Testing

@testable import Runtime

@Suite struct InstructionTests {
    private let folder: Folder
    private let market: Market

    init() async throws {
        folder = try Folder()
        market = try await Market(folder.path + "/journal")
    }

    private func carryOut(_ instruction: Instruction, _ name: String = "k") async throws -> InstructionResult {
        try await market.exchange.carryOut(instruction, key: key(name))
    }

    @Test("A released escrow is with the buyer, and the order says so") func release() async throws {
        let order = try await market.disputed("o1")
        let result = try await market.exchange.releaseToBuyer(order, key: key("k"))
        #expect(result.escrow == .released)
        #expect(result.transfers == [.init(account: try account("bob"), amount: market.coin(100))])
        #expect(try await market.available("bob") == market.coin(100))
        let facts = try await market.exchange.order(order)
        #expect(facts.escrow == .released && facts.released == Market.noon && facts.escrowBalance.isZero)
        #expect(facts.payee?.name == "Ada L.")
    }

    @Test("A returned escrow is with the seller") func giveBack() async throws {
        let order = try await market.disputed("o1")
        #expect(try await market.exchange.returnToSeller(order, key: key("k")).escrow == .returned)
        #expect(try await market.available("ada") == market.coin(1_000))
    }

    @Test("A split is the whole or nothing") func split() async throws {
        let order = try await market.disputed("o1")
        for (buyer, seller) in [(60, 39), (60, 41), (-1, 101), (101, -1)] {
            await #expect(throws: ExchangeError.self) {
                try await market.exchange.split(
                    order, buyer: market.coin(Int128(buyer)), seller: market.coin(Int128(seller)), key: key("bad \(buyer)/\(seller)"))
            }
        }
        let euro = try asset("EUR", 6)
        await #expect(throws: ExchangeError.self) {
            try await market.exchange.split(order, buyer: market.coin(60), seller: Amount(minorUnits: 40_000_000, of: euro), key: key("badasset"))
        }
        let result = try await market.exchange.split(order, buyer: market.coin(60), seller: market.coin(40), key: key("k"))
        #expect(result.escrow == .split)
        #expect(try await market.available("bob") == market.coin(60))
        #expect(try await market.available("ada") == market.coin(940))
    }

    @Test("A decision about an escrow that is not held is a conflict that names its state") func notHeld() async throws {
        let order = try await market.place("o1")
        for (index, instruction) in [Instruction.releaseToBuyer(order: order), .returnToSeller(order: order), .liftHold(order: order)].enumerated() {
            await #expect(throws: ExchangeError.conflict(state: .locked)) { try await carryOut(instruction, "k\(index)") }
        }
        try await market.exchange.cancelByBuyer(order)
        await #expect(throws: ExchangeError.conflict(state: .cancelled)) { try await carryOut(.hold(order: order), "late") }
    }

    @Test("A lifted hold leaves the order where it was", arguments: [false, true])
    func lift(_ paid: Bool) async throws {
        let order = try await market.place("o1")
        if paid { try await market.exchange.markPaid(order) }
        #expect(try await carryOut(.hold(order: order), "h").escrow == .held)
        #expect(try await carryOut(.liftHold(order: order), "l").escrow == (paid ? .paid : .locked))
    }

    @Test("Equal value can be set aside after a release by mistake, no more than that, and goes where it is decided") func heldValue() async throws {
        let (ada, bob) = (try account("ada"), try account("bob"))
        let order = try await market.disputed("o1")
        _ = try await carryOut(.releaseToBuyer(order: order), "r")
        await #expect(throws: ExchangeError.self) { try await carryOut(.holdEquivalentValue(account: bob, amount: market.coin(101), order: order), "k1") }
        _ = try await carryOut(.holdEquivalentValue(account: bob, amount: market.coin(80), order: order), "k2")
        #expect(try await market.available("bob") == market.coin(20))
        await #expect(throws: ExchangeError.insufficient(available: market.coin(20), needed: market.coin(30))) {
            try await carryOut(.holdEquivalentValue(account: bob, amount: market.coin(30), order: order), "k3")
        }
        let result = try await carryOut(.settleHeldValue(account: bob, order: order, beneficiary: ada), "k4")
        #expect(result.transfers == [.init(account: ada, amount: market.coin(80))])
        await #expect(throws: ExchangeError.self) { try await carryOut(.settleHeldValue(account: bob, order: order, beneficiary: ada), "k5") }
    }

    @Test("A merchant's deposit pays the victim as far as it goes; the protection fund likewise") func deductions() async throws {
        let (bob, cleo) = (try account("bob"), try account("cleo"))
        let order = try await market.place("o1")
        _ = try await carryOut(.deductDeposit(merchant: cleo, victim: bob, amount: market.coin(150), order: order), "k1")
        #expect(try await market.exchange.merchantDeposit(of: cleo, market.usdt) == market.coin(250))
        await #expect(throws: ExchangeError.insufficient(available: market.coin(250), needed: market.coin(251))) {
            try await carryOut(.deductDeposit(merchant: cleo, victim: bob, amount: market.coin(251), order: order), "k2")
        }
        _ = try await carryOut(.compensate(account: bob, amount: market.coin(50), order: order), "k3")
        #expect(try await market.available("bob") == market.coin(200))
        await #expect(throws: ExchangeError.self) { try await carryOut(.compensate(account: bob, amount: market.coin(1), order: order), "k4") }
        await #expect(throws: ExchangeError.self) { try await carryOut(.compensate(account: bob, amount: market.coin(-1), order: order), "k5") }
        await #expect(throws: ExchangeError.unknownAccount(try account("dan"))) {
            try await carryOut(.compensate(account: try account("dan"), amount: market.coin(1), order: order), "k6")
        }
    }

    @Test("A deposit that arrived is credited once, in parts or whole, whatever the keys") func deposits() async throws {
        let order = try Market.order("tx-1")
        try await market.exchange.recordUncreditedDeposit(order, for: account("bob"), market.coin(30), at: Market.noon)
        #expect(try await carryOut(.creditDeposit(order: order, amount: market.coin(10)), "k1").escrow == .locked)
        await #expect(throws: ExchangeError.insufficient(available: market.coin(20), needed: market.coin(21))) {
            try await carryOut(.creditDeposit(order: order, amount: market.coin(21)), "k2")
        }
        #expect(try await carryOut(.creditDeposit(order: order, amount: market.coin(20)), "k3").escrow == .released)
        await #expect(throws: ExchangeError.conflict(state: .released)) { try await carryOut(.creditDeposit(order: order, amount: market.coin(1)), "k4") }
        #expect(try await market.available("bob") == market.coin(30))
    }

    @Test("A frozen account places no orders until it is unfrozen") func freeze() async throws {
        _ = try await carryOut(.freezeAccount(account: account("ada")), "k1")
        #expect(try await market.exchange.isFrozen(account("ada")))
        await #expect(throws: ExchangeError.refused(reason: "the account ada is frozen")) { try await market.place("o1") }
        _ = try await carryOut(.unfreezeAccount(account: account("ada")), "k2")
        _ = try await market.place("o1")
    }

    @Test("A card payment has no escrow to decide about") func card() async throws {
        let order = try Market.order("card-1")
        try await market.exchange.recordCardPayment(
            order, by: account("bob"), coin: market.coin(5), paid: Amount(minorUnits: 500, of: asset("EUR", 2)), at: Market.noon)
        await #expect(throws: ExchangeError.conflict(state: .none)) { try await carryOut(.hold(order: order)) }
        #expect(try await market.exchange.order(order).kind == .card)
    }

    @Test("An unknown order is unknown") func unknown() async throws {
        let ghost = try Market.order("ghost")
        await #expect(throws: ExchangeError.unknownOrder(ghost)) { try await market.exchange.order(ghost) }
        await #expect(throws: ExchangeError.unknownOrder(ghost)) { try await carryOut(.hold(order: ghost)) }
    }
}
