import Foundation
import Testing

@testable import Chronicle

enum ReasonKind: Coded { static let noun = "reason" }

@Suite("Codes")
struct CodeTests {
    @Test("Codes of the pack are read", arguments: ["P2P-B01", "a", "A.b/c_9-", String(repeating: "x", count: 48)])
    func read(text: String) throws {
        let code = try #require(Code<ReasonKind>(text))
        #expect(code.description == text)
        #expect(try LedgerJSON.decode([Code<ReasonKind>].self, from: LedgerJSON.encode([code])) == [code])
        #expect(try JSONDecoder().decode([Code<ReasonKind>].self, from: JSONEncoder().encode([code])) == [code])
    }

    @Test("What is no code is refused", arguments: ["", " ", "a b", "ä", "a\n", "a:b", String(repeating: "x", count: 49)])
    func refused(text: String) throws {
        #expect(Code<ReasonKind>(text) == nil)
        #expect(throws: LedgerJSONError.refused(path: "[0]", reason: "“\(text)” is not a reason code")) {
            try LedgerJSON.decode([Code<ReasonKind>].self, from: LedgerJSON.encode([text]))
        }
    }

    @Test("Codes are keys of dictionaries")
    func keys() throws {
        let counts = [try #require(Code<ReasonKind>("B")): 1, try #require(Code<ReasonKind>("A")): 2]
        #expect(String(decoding: try LedgerJSON.encode(counts), as: UTF8.self) == #"{"A":2,"B":1}"#)
        #expect(try LedgerJSON.decode([Code<ReasonKind>: Int].self, from: LedgerJSON.encode(counts)) == counts)
    }
}
