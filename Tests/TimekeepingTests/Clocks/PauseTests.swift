import Chronicle
import TestKit
import Testing

@testable import Timekeeping

@Suite("Pauses")
struct PauseTests {
    private func pause(_ request: String, _ from: Int64, _ deadline: Int64, answered: Int64? = nil) -> Pause {
        Pause(request: request, from: Instant(seconds: from), deadline: Instant(seconds: deadline), answered: answered.map { Instant(seconds: $0) })
    }

    @Test(
        "A pause ends at the answer or the deadline, whichever is first",
        arguments: [
            (nil, 50, Pause.Ending.deadline), (30, 30, .answer), (50, 50, .answer), (80, 50, .deadline), (5, 10, .answer),
        ] as [(Int64?, Int64, Pause.Ending)])
    func end(answered: Int64?, end: Int64, ending: Pause.Ending) {
        let pause = pause("proof of payment", 10, 50, answered: answered)
        #expect(pause.end == Instant(seconds: end))
        #expect(pause.ending == ending)
    }

    @Test("Overlapping pauses count once")
    func union() {
        let counted = CountedPauses([pause("b", 20, 60), pause("a", 10, 40), pause("c", 30, 50), pause("d", 60, 70), pause("e", 90, 95)], totalMax: nil)
        #expect(counted.intervals == [Instant(seconds: 10)..<Instant(seconds: 70), Instant(seconds: 90)..<Instant(seconds: 95)])
        #expect(counted.shares.map(\.counted) == [.seconds(30), .seconds(20), .zero, .seconds(10), .seconds(5)])
        #expect(counted.uncapped == nil)
    }

    @Test("Total pause is capped", arguments: [(0, 0), (25, 25), (30, 30), (45, 45), (60, 60), (100, 60)] as [(Int64, Int64)])
    func cap(max: Int64, total: Int64) {
        let counted = CountedPauses([pause("a", 0, 30), pause("b", 40, 70)], totalMax: .seconds(max))
        #expect(counted.intervals.reduce(Span.zero) { $0 + ($1.upperBound - $1.lowerBound) } == .seconds(total))
        #expect(counted.shares.reduce(Span.zero) { $0 + $1.counted } == .seconds(total))
        #expect((counted.uncapped == .seconds(60)) == (total < 60))
    }

    @Test("Whatever is paused when, a second counts at most once and the cap holds", arguments: UInt64(1)...60)
    func law(seed: UInt64) {
        var random = Seeded(seed)
        let pauses = (0..<Int.random(in: 0...8, using: &random)).map { index in
            let from = Int64.random(in: 0...300, using: &random)
            let deadline = from + Int64.random(in: 1...100, using: &random)
            return pause("\(index)", from, deadline, answered: Bool.random(using: &random) ? Int64.random(in: 0...400, using: &random) : nil)
        }
        let seconds = (0..<500).filter { second in pauses.contains { $0.from <= Instant(seconds: second) && Instant(seconds: second) < $0.end } }.map {
            Int64($0)
        }
        let cap = Int64.random(in: 0...200, using: &random)
        let expected = seconds.prefix(Int(cap))
        let counted = CountedPauses(pauses, totalMax: .seconds(cap))
        let found = (Int64(0)..<500).filter { counted.containing(Instant(seconds: $0)) != nil }
        #expect(found == Array(expected), "seed \(seed)")
    }
}
