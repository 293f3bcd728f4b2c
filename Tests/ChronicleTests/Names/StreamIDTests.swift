import Testing

@testable import Chronicle

@Suite("Names of streams")
struct StreamIDTests {
    @Test("A name that is not one line of printable ASCII is refused", arguments: ["", "a b", "a\nb", "é", "\u{7F}", String(repeating: "x", count: 65)])
    func refused(text: String) { #expect(StreamID(text) == nil) }

    @Test("An id names a stream")
    func ofID() throws {
        #expect(StreamID(StaffID(bits: 7)).text == StaffID(bits: 7).description)
        let (a, b) = (try #require(StreamID("a")), try #require(StreamID(String(repeating: "x", count: 64))))
        #expect(a < b)
    }
}
