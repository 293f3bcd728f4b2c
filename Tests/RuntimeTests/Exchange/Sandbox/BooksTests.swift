import Chronicle
import EventStorage
import TestKit
import Testing

@testable import Runtime

@Suite struct BooksTests {
    private let folder: Folder
    private var path: String { folder.path + "/journal" }
    init() throws { folder = try Folder() }

    @Test("Random acts, instructions, repeated keys, faults and reopenings never make or lose a unit", arguments: 0..<10 as Range<UInt64>)
    func conserved(_ seed: UInt64) async throws {
        var random = Seeded(seed)
        let market = try await Market(path)
        var exchange = market.exchange
        var orders: [OrderReference] = []
        var sent: [(Instruction, IdempotencyKey, InstructionResult?)] = []
        for step in 0..<150 {
            let order = orders.randomElement(using: &random)
            let amount = market.coin(Int128(Int.random(in: 0...120, using: &random)))
            let accounts = try ["ada", "bob", "cleo"].map(account)
            let one = accounts[Int.random(in: 0...2, using: &random)], other = accounts[Int.random(in: 0...2, using: &random)]
            do throws(ExchangeError) {
                switch Int.random(in: 0..<20, using: &random) {
                case 0..<4:
                    guard let reference = OrderReference("o\(step)") else { break }
                    try await exchange.placeOrder(
                        OrderPlacement(reference: reference, amount: amount, fiat: amount, buyer: one, seller: other, created: Market.noon))
                    orders.append(reference)
                case 4..<7: if let order { try await exchange.markPaid(order) }
                case 7: if let order { try await exchange.releaseBySeller(order) }
                case 8: if let order { try await exchange.cancelByBuyer(order) }
                case 9:
                    await exchange.close()
                    exchange = try Market.reopen(path)
                case 10: try await exchange.deposit(amount, to: one)
                case 11..<14:
                    guard let (instruction, key, result) = sent.randomElement(using: &random) else { break }
                    let again = try? await exchange.carryOut(instruction, key: key)
                    if let result { #expect(again == result, "seed \(seed), step \(step)") }
                default:
                    guard let order, let key = IdempotencyKey("k\(step)") else { break }
                    let choices: [Instruction] = [
                        .hold(order: order), .hold(order: order), .liftHold(order: order), .releaseToBuyer(order: order), .returnToSeller(order: order),
                        .split(order: order, buyer: amount, seller: market.coin(50)), .holdEquivalentValue(account: one, amount: amount, order: order),
                        .settleHeldValue(account: one, order: order, beneficiary: other),
                        .deductDeposit(merchant: one, victim: other, amount: amount, order: order), .compensate(account: one, amount: amount, order: order),
                    ]
                    guard let instruction = choices.randomElement(using: &random) else { break }
                    if Bool.random(using: &random) {
                        await exchange.expect([[.timesOutAfterDoing, .deliveredTwice, .failsBeforeDoing].randomElement(using: &random) ?? .deliveredTwice])
                    }
                    let result = try? await exchange.carryOut(instruction, key: key)
                    sent.append((instruction, key, result))
                }
            } catch {
                // Refusals are part of the game; an unavailable sandbox is not.
                #expect(error.isFinal, "seed \(seed), step \(step): \(error)")
            }
            #expect(try await exchange.firstUnsoundAsset() == nil, "seed \(seed), step \(step)")
        }
        #expect(!orders.isEmpty && !sent.isEmpty)
    }

    @Test("Wherever the journal is cut, it opens, balances, and holds a prefix of what happened") func cutAnywhere() async throws {
        let market = try await Market(path)
        let order = try await market.disputed("o1")
        _ = try await market.exchange.releaseToBuyer(order, key: key("k"))
        await market.exchange.close()
        let whole = try folder.bytes("journal")
        var last: Int64 = -1
        for cut in stride(from: 0, through: whole.count, by: 41) + [whole.count] {
            try folder.write(Array(whole[..<cut]), to: "journal")
            let torn = try Market.open(path)
            #expect(try await torn.firstUnsoundAsset() == nil)
            let bookings = try await torn.read { $0.bookings }
            #expect(bookings >= last)
            last = bookings
            await torn.close()
        }
        #expect(last == 11)
    }

    @Test("A flipped bit in what was durable is reported, not folded") func rot() async throws {
        let market = try await Market(path)
        _ = try await market.disputed("o1")
        await market.exchange.close()
        try folder.flip("journal", byte: 40)
        #expect(throws: SandboxError.self) { try Market.open(path) }
    }

    @Test("An entry that does not follow is refused and changes nothing") func gap() throws {
        var books = Books()
        #expect(throws: ExchangeError.self) {
            try books.apply(JournalEntry(booking: 2, at: Market.noon, act: .funded, postings: []))
        }
        #expect(books.bookings == 0)
    }

    @Test("Postings are all booked or none") func allOrNone() throws {
        let usdt = try asset("USDT", 6)
        let one = Amount(minorUnits: 1, of: usdt)
        var balances = Balances()
        try balances.book([Posting(from: .world, to: .protectionFund, amount: one)])
        let before = balances
        #expect(throws: ExchangeError.insufficient(available: .zero(of: usdt), needed: one)) {
            try balances.book([
                Posting(from: .protectionFund, to: .available(account: account("ada")), amount: one),
                Posting(from: .protectionFund, to: .available(account: account("ada")), amount: one),
            ])
        }
        #expect(balances == before)
        #expect(throws: ExchangeError.self) {
            try balances.book([Posting(from: .world, to: .protectionFund, amount: Amount(minorUnits: .max, of: usdt))])
        }
        #expect(balances == before)
        #expect(balances.firstUnsound() == nil)
    }
}

extension Market {
    static func reopen(_ path: String) throws(ExchangeError) -> SandboxExchange {
        do { return try open(path) } catch { throw .unavailable(retryAfter: .zero) }
    }
}
