import Foundation
import Testing

@testable import Chronicle

@Suite("Base 64")
struct Base64Tests {
    @Test(
        "The vectors of RFC 4648 §10",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
        ])
    func vectors(plain: String, text: String) {
        #expect(Base64.encode(Array(plain.utf8)) == text)
        #expect(Base64.decode(text) == Array(plain.utf8))
    }

    @Test("Random bytes agree with Foundation", arguments: 0..<20 as Range<UInt64>)
    func oracle(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for length in 0..<100 {
            let bytes = random.bytes(length)
            #expect(Base64.encode(bytes) == Data(bytes).base64EncodedString(), "seed \(seed)")
            #expect(Base64.decode(Base64.encode(bytes)) == bytes, "seed \(seed)")
        }
    }

    @Test(
        "What encode would not have written is refused",
        arguments: [
            "Z", "Zg", "Zg=", "Zg===", "====", "=", "Zh==", "Zm9=", "Zm8", "Zm9v\n", " Zm9v", "Zm-v", "Zm_v", "Zg==Zg==", "Z=g=", "Zm9v====", "Zmé=",
        ])
    func refused(text: String) { #expect(Base64.decode(text) == nil) }

    @Test("What stands in an address reads back, and the other alphabet is not taken for it")
    func address() {
        for length in 0...70 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 89 &+ 251) }
            let text = Base64.encodeForAddress(bytes)
            #expect(text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
            #expect(Base64.decodeFromAddress(text) == bytes)
        }
        for text in ["+w", "/w", "-w==", "A"] { #expect(Base64.decodeFromAddress(text) == nil, "\(text)") }
    }

    @Test("Secrets are the same only when every byte is")
    func constantTime() {
        #expect(equalInConstantTime("secret", "secret") && equalInConstantTime("", ""))
        for other in ["secreT", "Secret", "secre", "secrets", ""] { #expect(!equalInConstantTime("secret", other), "\(other)") }
    }
}
