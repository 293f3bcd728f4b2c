import Testing

@testable import Runtime

@Suite struct UTF8CheckTests {
    @Test("Valid text passes in chunks of any size, and its end is complete", arguments: 1...9)
    func valid(_ size: Int) {
        let bytes = Array("aé漢😀\r\n\tz".utf8)
        var check = UTF8Check()
        for start in stride(from: 0, to: bytes.count, by: size) {
            let passes = check.read(bytes[start..<min(start + size, bytes.count)])
            #expect(passes)
        }
        #expect(check.isComplete)
    }

    @Test(
        "Overlong forms, surrogates, stray and control bytes are refused",
        arguments: [
            [0xC0, 0xAF, 65], [0xED, 0xA0, 0x80, 65], [0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x28, 0xA1], [0], [27],
        ] as [[UInt8]])
    func invalid(_ bytes: [UInt8]) {
        var check = UTF8Check()
        let passes = check.read(bytes[...])
        #expect(!passes)
    }

    @Test("A text that stops in the middle of a character is not complete") func unfinished() {
        var check = UTF8Check()
        let passes = check.read([65, 0xF0, 0x9F])
        #expect(passes)
        #expect(!check.isComplete)
    }
}
