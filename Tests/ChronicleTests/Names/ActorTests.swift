import Foundation
import Testing

@testable import Chronicle

@Suite("Actors")
struct ActorTests {
    @Test(
        "What is written is read back",
        arguments: [
            Actor.clock, .machine("import-cfpb"), .machine(String(repeating: "x", count: 32)), .staff(StaffID(bits: .max)), .party(PartyID(bits: 1)),
        ])
    func roundTrip(actor: Actor) throws {
        #expect(Actor(actor.description) == actor)
        #expect(try LedgerJSON.decode([Actor].self, from: LedgerJSON.encode([actor])) == [actor])
        #expect(try LedgerJSON.encode([actor]) == Array("[\"\(actor)\"]".utf8))
        #expect(try JSONDecoder().decode([Actor].self, from: JSONEncoder().encode([actor])) == [actor])
    }

    @Test(
        "What names nobody is refused",
        arguments: [
            "", "Clock", "clock ", "machine:", "machine:A", "machine:a b", "machine:" + String(repeating: "x", count: 33), "staff_1",
            "case_00000000000000000000000000",
        ])
    func refused(text: String) { #expect(Actor(text) == nil) }
}
