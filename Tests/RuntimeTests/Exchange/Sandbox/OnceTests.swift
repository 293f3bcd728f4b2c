import Chronicle
import EventStorage
import Foundation
import Glibc
import Testing

@testable import Runtime

/// The promise of the port: a key is carried out at most once and answers the same for ever.
@Suite struct OnceTests {
    private let folder: Folder
    private var path: String { folder.path + "/journal" }

    init() throws { folder = try Folder() }

    @Test("The same key again gives the same answer and moves nothing, also after reopening") func again() async throws {
        let market = try await Market(path)
        let order = try await market.disputed("o1")
        let first = try await market.exchange.releaseToBuyer(order, key: key("k"))
        for _ in 0..<3 { #expect(try await market.exchange.releaseToBuyer(order, key: key("k")) == first) }
        await market.exchange.close()
        let reopened = try Market.open(path)
        #expect(try await reopened.releaseToBuyer(order, key: key("k")) == first)
        #expect(try await reopened.status(of: key("k")) == .done(first))
        #expect(try await reopened.available(account("bob"), market.usdt) == market.coin(100))
    }

    @Test("A refusal is remembered, too: the same key never takes effect later") func refusals() async throws {
        let market = try await Market(path)
        let order = try await market.place("o1")
        let refusal = ExchangeError.conflict(state: .locked)
        await #expect(throws: refusal) { try await market.exchange.releaseToBuyer(order, key: key("k")) }
        try await market.exchange.markPaid(order)
        _ = try await market.exchange.hold(order, key: key("h"))
        await #expect(throws: refusal) { try await market.exchange.releaseToBuyer(order, key: key("k")) }
        await market.exchange.close()
        let reopened = try Market.open(path)
        await #expect(throws: refusal) { try await reopened.releaseToBuyer(order, key: key("k")) }
        #expect(try await reopened.status(of: key("k")) == .refused(refusal))
        #expect(try await reopened.order(order).escrow == .held)
    }

    @Test("A key used for something else is refused and nothing is done") func reused() async throws {
        let market = try await Market(path)
        let order = try await market.disputed("o1")
        _ = try await market.exchange.split(order, buyer: market.coin(60), seller: market.coin(40), key: key("k"))
        await #expect(throws: ExchangeError.keyReused) {
            try await market.exchange.split(order, buyer: market.coin(40), seller: market.coin(60), key: key("k"))
        }
        #expect(try await market.available("bob") == market.coin(60))
    }

    @Test(
        "Under every fault, sending until there is an answer does it exactly once",
        arguments: [
            [Fault.failsBeforeDoing], [.timesOutAfterDoing], [.deliveredTwice], [.slow(Span(milliseconds: 5))],
            [.failsBeforeDoing, .timesOutAfterDoing, .timesOutAfterDoing, .deliveredTwice],
        ])
    func faults(_ faults: [Fault]) async throws {
        let market = try await Market(path)
        let order = try await market.disputed("o1")
        await market.exchange.expect(faults)
        var tries = 0
        let once = try key("k")
        while true {
            tries += 1
            do throws(ExchangeError) {
                _ = try await market.exchange.carryOut(.releaseToBuyer(order: order), key: once)
                break
            } catch {
                #expect(error == .unavailable(retryAfter: .seconds(1)))
                try #require(tries < 10)
            }
        }
        #expect(try await market.available("bob") == market.coin(100))
        #expect(try await market.exchange.firstUnsoundAsset() == nil)
    }

    @Test("Lost before doing leaves the key unknown; lost after doing leaves it done") func status() async throws {
        let market = try await Market(path)
        let order = try await market.disputed("o1")
        await market.exchange.expect([.failsBeforeDoing, .timesOutAfterDoing])
        await #expect(throws: ExchangeError.self) { try await market.exchange.releaseToBuyer(order, key: key("k")) }
        #expect(try await market.exchange.status(of: key("k")) == .unknown)
        await #expect(throws: ExchangeError.self) { try await market.exchange.releaseToBuyer(order, key: key("k")) }
        guard case .done = try await market.exchange.status(of: key("k")) else {
            Issue.record("it was not done")
            return
        }
    }

    @Test("The same key from many sides at once is carried out once") func together() async throws {
        let market = try await Market(path)
        let order = try await market.disputed("o1")
        let results = try await withThrowingTaskGroup(of: InstructionResult.self) { group in
            for _ in 0..<50 { group.addTask { try await market.exchange.releaseToBuyer(order, key: key("k")) } }
            var all: Set<InstructionResult> = []
            for try await result in group { all.insert(result) }
            return all
        }
        #expect(results.count == 1)
        #expect(try await market.available("bob") == market.coin(100))
    }

    @Test("When the journal cannot be written nothing is answered, and reopening shows only what was") func diskFull() async throws {
        let files = RecordedFiles()
        let market = try await Market(path, files: files)
        let order = try await market.disputed("o1")
        files.fail { if case .write = $0 { ENOSPC } else { nil } }
        await #expect(throws: ExchangeError.unavailable(retryAfter: .minutes(1))) { try await market.exchange.releaseToBuyer(order, key: key("k")) }
        files.fail(nil)
        await #expect(throws: ExchangeError.unavailable(retryAfter: .minutes(1))) { try await market.exchange.order(order) }
        await market.exchange.close()
        let reopened = try Market.open(path)
        #expect(try await reopened.order(order).escrow == .held)
        #expect(try await reopened.status(of: key("k")) == .unknown)
        #expect(try await reopened.releaseToBuyer(order, key: key("k")).escrow == .released)
    }
}
