import Testing

@testable import Chronicle

@Suite("Sealed personal data")
struct SealedTests {
    @Test("A box passes through the ledger unopened")
    func roundTrip() throws {
        let sealed = Sealed(owner: StreamID(PartyID(bits: 1)), box: [0, 1, 255])
        let text = try LedgerJSON.encode(sealed)
        #expect(String(decoding: text, as: UTF8.self) == #"{"owner":"party_00000000000000000000000001","box":"AAH/"}"#)
        #expect(try LedgerJSON.decode(Sealed.self, from: text) == sealed)
    }

    @Test(
        "What is no box is refused",
        arguments: [
            #"{"owner":"","box":""}"#, #"{"owner":"a b","box":"AAH/"}"#, #"{"owner":"a","box":"AAH"}"#, #"{"owner":"a"}"#, #"{"box":"AAH/"}"#, "[]", "null",
            #"{"owner":1,"box":"AAH/"}"#,
        ])
    func refused(text: String) { #expect(throws: LedgerJSONError.self) { try LedgerJSON.decode(Sealed.self, from: Array(text.utf8)) } }
}
