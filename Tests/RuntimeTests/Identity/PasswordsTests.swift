import Testing

@testable import Runtime

@Suite("Passwords and codes")
struct PasswordsTests {
    @Test("A password fits itself and nothing near it; what is kept is an argon2id string with its own salt")
    func fits() async throws {
        let password = String(repeating: "slow cobalt heron 41 ", count: 5)
        let (first, second) = (try await Passwords.hash(password), try await Passwords.hash(password))
        #expect(first.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$") && first != second)
        #expect(await Passwords.fits(password, first))
        for near in [String(password.dropLast()), password.uppercased(), password + " ", ""] { #expect(await !Passwords.fits(near, first), "\(near)") }
        #expect(await !Passwords.fits(password, nil), "nobody's password fits nobody")
    }

    @Test(
        "What is guessed first is not taken",
        arguments: [
            "short", "123456789012", "aaaaaaaaaaaaaa", "password1234", "amiramiramir1", "qwertyqwerty1", "abcdefghijklmnop", "qwertyuiop123", "unbelievable",
            "ManchesterUnited", "zaq12wsxcde3",
        ])
    func plain(_ password: String) { #expect(throws: Passwords.Refusal.self) { try Passwords.check(password, of: "amir") } }

    /// RFC 6238 appendix B, SHA-1, the last six of its eight digits.
    @Test(
        "Codes are those of RFC 6238",
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"), (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] as [(Int64, String)])
    func vectors(_ seconds: Int64, _ code: String) {
        #expect(OneTimeCodes.text(Array("12345678901234567890".utf8), seconds / 30) == code)
    }

    @Test("A code is good for its step and one to either side, and never again")
    func window() {
        let secret = Array("12345678901234567890".utf8)
        func step(_ code: Int64, at now: Int64, after last: Int64 = 0) -> Int64? {
            OneTimeCodes.step(of: OneTimeCodes.text(secret, code), secret: secret, at: .init(seconds: now * 30 + 7), after: last)
        }
        #expect(step(100, at: 100) == 100 && step(99, at: 100) == 99 && step(101, at: 100) == 101)
        #expect(step(98, at: 100) == nil && step(102, at: 100) == nil)
        #expect(step(100, at: 100, after: 100) == nil && step(99, at: 100, after: 100) == nil)
        #expect(OneTimeCodes.base32(secret) == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    }
}
