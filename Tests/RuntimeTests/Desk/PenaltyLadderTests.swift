import Chronicle
import Disputes
import EventStorage
import Policies
import TestKit
import Testing

@testable import Runtime

@Suite("Penalties that climb their ladder")
struct PenaltyLadderTests {
    @Test("A second offence is counted as one, from other cases, once the first was signed; a ruling sent back is no offence")
    func second() async throws {
        let office = try await DeskAndMarket()
        let (first, second) = (office.id(1), office.id(2))
        try await decide(first, order: "ORD-1", office)
        #expect(try await office.desk.dispute(first)?.currentRuling?.ruling.penalty.offence == 1)
        try await decide(second, order: "ORD-2", office)
        #expect(try await office.desk.dispute(second)?.currentRuling?.ruling.penalty.offence == 2)
        // A case of 8,000 waits for its second key: not signed, it is no offence yet.
        let third = office.id(3), fourth = office.id(4)
        try await decide(third, order: "ORD-3", value: "8000.000000 USDT", office)
        #expect(try await office.desk.dispute(third)?.phase == .approval)
        try await decide(fourth, order: "ORD-4", office)
        #expect(try await office.desk.dispute(fourth)?.currentRuling?.ruling.penalty.offence == 3)
        await office.close()
    }

    private func decide(_ id: CaseID, order: String, value: String = "1200.000000 USDT", _ office: DeskAndMarket) async throws {
        try await office.act(as: .buyer, on: id, Props.escrowed(amount: value, order: order, id: id))
        try await office.act(as: .expert, on: id, .take, .admit)
        try await office.act(as: .buyer, on: id, Props.exhibit("EV-VIDEO"), Props.exhibit("EV-BRCPT"), .callStaff)
        try await office.act(as: .seller, on: id, Props.exhibit("EV-VIDEO", "no receipt"))
        var draft = Props.draft("OUT-REL", answering: try #require(try await office.desk.dispute(id)))
        draft.penaltiesApplying = [try #require(PenaltyCode("PEN-NREL"))]
        (draft.penaltyAgainst, draft.penaltyReason) = (Cast.seller.party, Props.said("refused without a reason"))
        try await office.act(as: .expert, on: id, .rule(draft))
    }
}
