import Chronicle
import Disputes
import EventStorage
import Synchronization
import TestKit
import Testing

@testable import Runtime

/// A commit is seen by others before whoever made it hears of it. What they see then must be the whole of it.
@Suite("Between commit and return")
struct BetweenCommitAndReturnTests {
    @Test("An instruction whose row is there already is carried out, not taken for one the case does not want")
    func courier() async throws {
        let office = try await DeskAndMarket()
        let (id, offer) = try await offered(office)
        // given a courier that comes by between the commit of the agreement and its return
        let round = Mutex<OutboxCourier.Round?>(nil)
        office.late.next {
            let found = try? await office.courier.deliver(at: office.desk.surroundings.now())
            round.withLock { $0 = found }
        }
        // when the parties agree
        try await office.act(as: .seller, on: id, .acceptOffer(offer))
        // then the settlement went out with it
        #expect(round.withLock { $0 }?.carriedOut == 1)
        #expect(try await office.market.exchange.order(Market.order("ORD-1")).escrow == .split)
        #expect(try await office.waiting() == 0)
        let after = try #require(try await office.desk.dispute(id))
        #expect(after.progress.values.allSatisfy { if case .confirmed = $0 { true } else { false } })
        await office.close()
    }

    @Test("Whoever reads a case then reads what was committed, and a reading begun before does not come back over it")
    func reader() async throws {
        let office = try await DeskAndMarket()
        let (id, offer) = try await offered(office)
        let before = try #require(try await office.desk.dispute(id)).version
        let seen = Mutex<Int?>(nil)
        office.late.next {
            let version = try? await office.desk.dispute(id)?.version
            seen.withLock { $0 = version }
        }
        let agreed = try await office.act(as: .seller, on: id, .acceptOffer(offer))
        #expect(seen.withLock { $0 } == agreed.version && agreed.version > before)
        #expect(try await office.desk.dispute(id)?.version == agreed.version)
        await office.close()
    }

    @Test("A file read before a write began is not kept after it")
    func shelf() async throws {
        let office = try await DeskAndMarket()
        let (id, _) = try await offered(office)
        let (shelf, file) = (CaseShelf(), try await office.desk.file(id))
        await office.close()
        // given a reader that began, and a writer that began and ended since
        let reading = shelf.beginReading(id)
        shelf.beginWriting(id)
        #expect(shelf.file(id) == nil && shelf.beginReading(id) == nil, "while somebody writes, the log alone knows")
        shelf.endWriting(id, nil)
        // then what it read is not kept, and what is read now is
        shelf.endReading(id, reading, file)
        #expect(shelf.file(id) == nil)
        shelf.endReading(id, shelf.beginReading(id), file)
        #expect(shelf.file(id) == file)
        // and with two who write at once the newer stays, whoever comes back last
        shelf.beginWriting(id)
        shelf.beginWriting(id)
        shelf.endWriting(id, file)
        #expect(shelf.file(id) == nil)
        shelf.endWriting(id, file)
        #expect(shelf.file(id) == file)
    }

    /// A case with an offer its other side may accept, its hold placed.
    private func offered(_ office: DeskAndMarket) async throws -> (CaseID, OfferID) {
        let id = office.id(9)
        _ = try await office.market.place("ORD-1", 1_200 / 12)
        try await office.market.exchange.markPaid(Market.order("ORD-1"))
        try await office.act(as: .buyer, on: id, Props.escrowed(amount: "100.000000 USDT", id: id))
        _ = try await office.courier.deliver(at: office.desk.surroundings.now())
        try await office.act(as: .agent, on: id, .take, .admit)
        let (buyer, seller) = (try Amount(parsing: "70.000000 USDT"), try Amount(parsing: "30.000000 USDT"))
        try await office.act(as: .buyer, on: id, .offer(Terms(toBuyer: buyer, toSeller: seller)))
        return (id, try #require(try await office.desk.dispute(id)?.offers.first?.id))
    }
}
