import Chronicle
import Disputes
import TestKit
import Testing

@testable import Runtime

@Suite("A second claim about the same thing")
struct SecondClaimTests {
    @Test("One order and one reason make one case, also for two who file at the same moment; after a withdrawal it may be claimed again")
    func once() async throws {
        let office = try await DeskAndMarket()
        let ids = (1...8).map { office.id(UInt128($0)) }
        // when eight claims about one order and one reason come in at once
        let opened = await withTaskGroup(of: CaseID?.self) { group in
            for id in ids {
                group.addTask { (try? await office.act(as: .buyer, on: id, Props.escrowed(id: id)))?.id }
            }
            return await group.reduce(into: [CaseID]()) { if let id = $1 { $0.append(id) } }
        }
        // then one of them is a case
        #expect(opened.count == 1)
        let first = try #require(opened.first)
        // and whoever comes later is told where it is
        let later = office.id(9)
        do {
            try await office.act(as: .buyer, on: later, Props.escrowed(id: later))
            Issue.record("a second case was opened")
        } catch DeskError.refused(let refusal) {
            #expect(refusal == .sameDispute(first, isOpen: true))
        }
        // Another reason is another dispute, and what was withdrawn may be claimed again.
        let other = office.id(10)
        try await office.act(as: .seller, on: other, Props.escrowed("P2P-S01", by: .seller, id: other))
        try await office.act(as: .buyer, on: first, .withdraw)
        try await office.act(as: .buyer, on: later, Props.escrowed(id: later))
        await office.close()
    }
}
