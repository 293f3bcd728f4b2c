import Testing

@testable import Runtime

@Suite struct CRC32Tests {
    // The check value every catalogue of CRCs gives for CRC-32/ISO-HDLC.
    @Test("The published check value") func check() { #expect(CRC32.of(Array("123456789".utf8)) == 0xCBF4_3926) }

    @Test("In two pieces it is the same") func pieces() {
        let bytes = Array("123456789".utf8)
        for cut in 0...9 {
            let first = CRC32.of(Array(bytes[..<cut]))
            #expect(bytes[cut...].withUnsafeBytes { CRC32.of($0, continuing: first) } == 0xCBF4_3926)
        }
    }
}
