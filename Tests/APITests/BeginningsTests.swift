import Chronicle
import Testing
import Wire

@testable import API
@testable import Runtime

@Suite("What was begun")
struct BeginningsTests {
    private func secret(_ number: Int) -> BrowserSecret {
        BrowserSecret(random: (0..<32).map { $0 < 8 ? UInt8(truncatingIfNeeded: number >> ($0 * 8)) : 0 })
    }

    private func begun(_ at: Instant) throws -> Beginnings.Begun { .init(provider: try #require(ProviderName("sso")), next: nil, at: at) }

    @Test("It is taken once, also by a thousand at the same time")
    func once() async throws {
        let (beginnings, now) = (Beginnings(), Instant(seconds: 1_800_000_000))
        try beginnings.keep(try begun(now), under: secret(1))
        let taken = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<1_000 { group.addTask { beginnings.take(secret(1), at: now) != nil } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(taken == 1)
        #expect(beginnings.take(secret(2), at: now) == nil)
    }

    @Test("It is good for ten minutes, less a moment")
    func lasts() throws {
        let (beginnings, now) = (Beginnings(), Instant(seconds: 1_800_000_000))
        for number in 1...2 { try beginnings.keep(try begun(now), under: secret(number)) }
        #expect(beginnings.take(secret(1), at: now + .minutes(10)) == nil)
        #expect(beginnings.take(secret(2), at: now + Span(milliseconds: 599_999)) != nil)
    }

    @Test("When there are too many the next is asked to wait, nobody is put out, and those that ran out make room")
    func full() throws {
        let (beginnings, now) = (Beginnings(), Instant(seconds: 1_800_000_000))
        let one = try begun(now)
        for number in 0..<100_000 { try beginnings.keep(one, under: secret(number)) }
        let problem = #expect(throws: Problem.self) { try beginnings.keep(one, under: secret(100_000)) }
        #expect(problem?.code == .tooManyRequests && problem?.retryAfterSeconds == 60)
        #expect(beginnings.take(secret(0), at: now) != nil)
        try beginnings.keep(one, under: secret(100_000))
        try beginnings.keep(try begun(now + .minutes(10)), under: secret(100_001))
    }
}
