import Chronicle
import Disputes
import EventStorage
import TestKit
import Testing

@testable import Runtime

@Suite("What the courier holds back")
struct HeldBackTests {
    @Test("An authority's order stops an instruction that is on its way, until it is lifted")
    func legalHold() async throws {
        // given a ruling that was signed and not yet delivered
        let (office, id) = try await ruled()
        // when an authority's order comes in
        try await office.act(as: .compliance, on: id, .placeLegalHold(authority: "High Court", reference: nil))
        let now = office.desk.surroundings.now()
        let round = try await office.courier.deliver(at: now)
        // then nothing is carried out
        #expect(round == OutboxCourier.Round(carriedOut: 0, refused: 0, postponed: 1, putAside: 0))
        #expect(try await office.market.exchange.order(Market.order("ORD-1")).escrow == .held)
        // and once the order is lifted it is, exactly once
        try await office.act(as: .compliance, on: id, .liftLegalHold)
        _ = try await office.courier.deliver(at: now + .minutes(2))
        #expect(try await office.market.exchange.order(Market.order("ORD-1")).escrow == .released)
        #expect(try await office.desk.dispute(id)?.phase == .appealWindow)
        #expect(try await office.waiting() == 0)
        await office.close()
    }

    @Test("What is to be paid from an escrow waits for its hold, however long the exchange did not answer about that")
    func holdFirst() async throws {
        // given a hold the exchange lost on the way
        let office = try await DeskAndMarket()
        let id = office.id(9)
        _ = try await office.market.place("ORD-1", 1_200 / 12)
        try await office.market.exchange.markPaid(Market.order("ORD-1"))
        try await office.act(as: .buyer, on: id, Props.escrowed(amount: "100.000000 USDT", id: id))
        await office.market.exchange.expect([.failsBeforeDoing])
        let now = office.desk.surroundings.now()
        _ = try await office.courier.deliver(at: now)
        #expect(try await office.desk.dispute(id)?.hold == .requested)
        // when the parties agree before it is sent again
        try await office.act(as: .agent, on: id, .take, .admit)
        let (buyer, seller) = (try Amount(parsing: "70.000000 USDT"), try Amount(parsing: "30.000000 USDT"))
        try await office.act(as: .buyer, on: id, .offer(Terms(toBuyer: buyer, toSeller: seller)))
        let offer = try #require(try await office.desk.dispute(id)?.offers.first?.id)
        try await office.act(as: .seller, on: id, .acceptOffer(offer))
        let round = try await office.courier.deliver(at: now + .seconds(2))
        // then what they agreed on waits, and is carried out after the hold
        #expect(round.refused == 0)
        #expect(try await office.waiting() == 2)
        _ = try await office.courier.deliver(at: now + .minutes(1))
        _ = try await office.courier.deliver(at: now + .minutes(2))
        #expect(try await office.market.exchange.order(Market.order("ORD-1")).escrow == .split)
        #expect(try await office.waiting() == 0)
        await office.close()
    }

    /// An exchange that is left alone.
    private struct Resting: Exchange {
        func order(_ reference: OrderReference) async throws(ExchangeError) -> OrderFacts { throw .resting(.seconds(10)) }
        func carryOut(_ instruction: Runtime.Instruction, key: IdempotencyKey) async throws(ExchangeError) -> InstructionResult { throw .resting(.seconds(10)) }
        func status(of key: IdempotencyKey) async throws(ExchangeError) -> InstructionStatus { throw .resting(.seconds(10)) }
        func movements(after cursor: MovementCursor, limit: Int) async throws(ExchangeError) -> MovementPage { throw .resting(.seconds(10)) }
    }

    @Test("What was not sent was not tried: however long the exchange is left alone, nothing is put aside or waits longer for it")
    func resting() async throws {
        let (office, _) = try await ruled()
        var now = office.desk.surroundings.now()
        let alone = OutboxCourier(office.desk, Resting())
        for _ in 0..<(2 * OutboxCourier.attemptsMax) {
            #expect(try await alone.deliver(at: now) == OutboxCourier.Round(carriedOut: 0, refused: 0, postponed: 1, putAside: 0))
            now = now + .seconds(10)
        }
        _ = try await office.courier.deliver(at: now)
        #expect(try await office.market.exchange.order(Market.order("ORD-1")).escrow == .released)
        #expect(try await office.waiting() == 0)
        await office.close()
    }

    @Test("Nobody reports in the exchange's place, so that nothing is paid twice")
    func reportedByHand() async throws {
        let (office, id) = try await ruled()
        let instruction = try #require(try await office.desk.dispute(id)?.instructions.first?.id)
        await #expect(throws: DeskError.self) { try await office.act(as: .key, on: id, .reportFailure(instruction, reason: "it looks stuck")) }
        await #expect(throws: DeskError.self) { try await office.act(as: .key, on: id, .confirmSettlement(instruction, receipt: "I saw it")) }
        _ = try await office.courier.deliver(at: office.desk.surroundings.now())
        #expect(try await office.desk.dispute(id)?.phase == .appealWindow, "the exchange has answered for itself")
        await office.close()
    }

    @Test("What the exchange cannot be told is reported to the case, not left in the box")
    func cannotBeTold() async throws {
        // given a credit for a case that names no order
        let office = try await DeskAndMarket()
        let id = office.id(7)
        try await office.act(as: .user, on: id, Props.oneSided("DEP", "DEP-01", id: id))
        try await office.act(as: .expert, on: id, .take, .admit)
        try await office.act(as: .user, on: id, Props.exhibit("EV-TXHASH"))
        let dispute = try #require(try await office.desk.dispute(id))
        try await office.act(as: .expert, on: id, .rule(Props.draft("OUT-CRD", fault: "FLT-PLAT", answering: dispute)))
        // when it is to be delivered
        let round = try await office.courier.deliver(at: office.desk.surroundings.now())
        // then the case knows, and a person can decide what to do
        #expect(round.refused == 1)
        #expect(try await office.desk.dispute(id)?.step.text == "execution-failed")
        #expect(try await office.waiting() == 0)
        await office.close()
    }

    @Test("An account somebody else is in is frozen at once, and free again when the last case about it ends")
    func frozenAccount() async throws {
        let office = try await DeskAndMarket()
        let bob = try account("bob")
        let ids = [office.id(1), office.id(2)]
        for (id, reason) in zip(ids, ["ATO-01", "ATO-02"]) {
            guard case .open(var opening) = Props.oneSided("ATO", reason, id: id) else { return }
            opening.parties = [
                Party(id: Cast.user.party, side: .filer, capacity: .user, language: Props.english, account: Code(bob.text))
            ]
            try await office.act(as: .user, on: id, .open(opening))
            _ = try await office.courier.deliver(at: .distantFuture)
            #expect(try await office.desk.dispute(id)?.hold == .placed)
        }
        #expect(try await office.market.exchange.isFrozen(bob))
        try await office.act(as: .user, on: ids[0], .withdraw)
        _ = try await office.courier.deliver(at: .distantFuture)
        #expect(try await office.market.exchange.isFrozen(bob), "the other case still holds it")
        try await office.act(as: .user, on: ids[1], .withdraw)
        _ = try await office.courier.deliver(at: .distantFuture)
        #expect(try await !office.market.exchange.isFrozen(bob))
        await office.close()
    }

    @Test("An old hold that comes late does not undo a newer letting go")
    func overtaken() async throws {
        // given a hold nobody delivered before the claim was withdrawn
        let office = try await DeskAndMarket()
        let order = try await office.market.place("ORD-1")
        try await office.market.exchange.markPaid(order)
        let id = office.id(1)
        try await office.act(as: .buyer, on: id, Props.escrowed(id: id))
        try await office.act(as: .buyer, on: id, .withdraw)
        // when both go out, in whatever order
        _ = try await office.courier.deliver(at: office.desk.surroundings.now())
        // then the escrow is as free as the case says
        #expect(try await office.desk.dispute(id)?.hold == .lifted)
        #expect(try await office.market.exchange.order(order).escrow == .paid)
        #expect(try await office.waiting() == 0)
        await office.close()
    }

    @Test("Nobody is erased while an authority's order holds a case of theirs; afterwards they are, and twice is once")
    func erasure() async throws {
        let office = try await DeskAndMarket()
        let id = office.id(1)
        try await office.act(as: .buyer, on: id, Props.escrowed(id: id))
        try await office.act(as: .compliance, on: id, .placeLegalHold(authority: "High Court", reference: nil))
        let (owner, party) = (StreamID(Cast.buyer.party), Cast.buyer.party)
        _ = try await office.desk.seal("my words", of: owner, in: id)
        do {
            try await office.desk.erase(party, because: "request", by: .machine("operator"))
            Issue.record("erased under an order")
        } catch DeskError.refused(let refusal) {
            #expect(refusal == .underLegalHold)
        }
        try await office.act(as: .compliance, on: id, .liftLegalHold)
        try await office.desk.erase(party, because: "request", by: .machine("operator"))
        do {
            try await office.desk.erase(party, because: "request", by: .machine("operator"))
            Issue.record("erased twice")
        } catch DeskError.erasedAlready(let again) {
            #expect(again == party)
        }
        #expect(await office.keys.isErased(owner))
        await office.close()
    }

    private func ruled() async throws -> (DeskAndMarket, CaseID) {
        let office = try await DeskAndMarket()
        let order = try await office.market.place("ORD-1")
        try await office.market.exchange.markPaid(order)
        let id = office.id(1)
        try await office.act(as: .buyer, on: id, Props.escrowed(id: id))
        _ = try await office.courier.deliver(at: office.desk.surroundings.now())
        try await office.act(as: .expert, on: id, .take, .admit)
        try await office.act(as: .buyer, on: id, Props.exhibit("EV-VIDEO"), Props.exhibit("EV-BRCPT"), .callStaff)
        try await office.act(as: .seller, on: id, Props.exhibit("EV-VIDEO", "no receipt"))
        let dispute = try #require(try await office.desk.dispute(id))
        try await office.act(as: .expert, on: id, .rule(Props.draft("OUT-REL", answering: dispute)))
        return (office, id)
    }
}
