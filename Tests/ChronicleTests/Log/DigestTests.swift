import Testing

@testable import Chronicle

@Suite("Digests")
struct DigestTests {
    @Test(
        "The vectors of FIPS 180-2",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ])
    func vectors(text: String, hex: String) throws {
        let digest = Digest(hashing: text.utf8)
        #expect(digest.description == hex && Digest(hex) == digest && Digest(hex.uppercased()) == digest && Digest(bytes: digest.bytes) == digest)
        #expect(try LedgerJSON.decode([Digest].self, from: LedgerJSON.encode([digest])) == [digest])
        #expect(try LedgerJSON.encode([PolicyHash(digest)]) == LedgerJSON.encode([hex]))
        #expect(try LedgerJSON.decode([PolicyHash].self, from: LedgerJSON.encode([hex])) == [PolicyHash(digest)])
        #expect(PolicyHash(digest).short == String(hex.prefix(12)))
    }

    @Test("What is no digest is refused")
    func refused() {
        let hex = Digest(hashing: []).description
        for text in ["", String(hex.dropLast()), hex + "0", String(hex.dropLast()) + "g", String(hex.dropLast(2)) + "é"] { #expect(Digest(text) == nil) }
        #expect(Digest(bytes: [UInt8](repeating: 0, count: 31)) == nil && Digest(bytes: [UInt8](repeating: 0, count: 33)) == nil)
    }

    @Test("A single flipped bit is another digest")
    func distinct() throws {
        let digest = Digest(hashing: [])
        for bit in 0..<256 {
            var bytes = digest.bytes
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(Digest(bytes: bytes) != digest)
        }
    }
}
