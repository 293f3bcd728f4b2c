import Chronicle
import TestKit
import Testing

@testable import Measures

@Suite("The statistics")
struct TheStatistics {
    @Test("Quantiles by selection are those of the sorted values, whatever the values", arguments: 1...40)
    func ranks(seed: Int) {
        var chance = Seeded(UInt64(seed))
        let count = chance.int(1...2_000)
        let breadth = chance.pick([1, 3, 100, 1_000_000])
        let values = (0..<count).map { _ in Int64(chance.int(0...breadth)) }
        let sorted = values.sorted()
        for perMille in [1, 250, 500, 900, 950, 1_000] {
            var arranged = values
            let place = Ranks.place(perMille: perMille, of: count)
            arranged.withUnsafeMutableBufferPointer { Ranks.arrange($0, [place]) }
            #expect(arranged[place] == sorted[place], "seed \(seed)")
            // The definition: at least so many are at most this, and fewer are below it.
            #expect(sorted.filter { $0 <= sorted[place] }.count * 1_000 >= count * perMille)
            #expect(sorted.filter { $0 < sorted[place] }.count * 1_000 < count * perMille)
        }
        var spread = values
        let all = Spread(exactly: &spread, spread.indices)
        #expect(all.p50 == sorted[Ranks.place(perMille: 500, of: count)])
        #expect(all.longest == sorted.last)
        #expect((all.p50Low ?? .max) <= (all.p50 ?? .min) && (all.p50 ?? .max) <= (all.p50High ?? .min))
    }

    @Test("Selection survives what quicksort fears: all equal, sorted, organ pipes", arguments: [1_000, 4_097])
    func hardRanks(count: Int) {
        let equal = [Int64](repeating: 7, count: count)
        let sorted = (0..<count).map { Int64($0) }
        for var values in [equal, sorted, sorted.reversed(), sorted.map { min($0, Int64(count) - $0) }] {
            let expected = values.sorted()[count / 2]
            values.withUnsafeMutableBufferPointer { Ranks.arrange($0, [count / 2]) }
            #expect(values[count / 2] == expected)
        }
    }

    @Test("Counting digits sorts, and takes the payload along", arguments: 1...12)
    func sorting(seed: Int) {
        var chance = Seeded(UInt64(seed))
        let count = chance.int(0...5_000)
        var keys = (0..<count).map { _ in chance.next() >> UInt64(chance.pick([2, 20, 40, 60])) }
        let before = keys
        var payload = (0..<UInt32(count)).map { $0 }
        Sorting.sort(&keys, with: &payload)
        #expect(keys == before.sorted(), "seed \(seed)")
        #expect(payload.map { before[Int($0)] } == keys, "seed \(seed)")
    }

    @Test("Kaplan and Meier's own kind of example: the leukaemia remission times of Freireich et al. (1963)")
    func freireich() {
        // given the 6-MP arm in weeks, + for those still in remission; survival at 6, 7, 10, 13, 16, 22, 23 as published
        let over: [Int64] = [6, 6, 6, 7, 10, 13, 16, 22, 23]
        let open: [Int64] = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
        let times = over.map { KaplanMeier.Time($0, isOver: true) } + open.map { KaplanMeier.Time($0, isOver: false) }
        let estimate = KaplanMeier(times)
        #expect(estimate.count == 21 && estimate.events == 9)
        #expect(estimate.p50 == 23)
        #expect(estimate.p90 == nil, "too much is still open to say")
        for (week, survival) in [(6, 0.857), (7, 0.807), (10, 0.753), (13, 0.690), (16, 0.627), (22, 0.538), (23, 0.448)] as [(Int64, Double)] {
            let byWeek = KaplanMeier(times, limit: week).byLimit ?? -1
            #expect(abs(1 - byWeek - survival) < 0.0006, "week \(week): \(1 - byWeek)")
        }
    }

    @Test("Without open cases Kaplan and Meier give the exact quantiles", arguments: 1...30)
    func uncensored(seed: Int) {
        var chance = Seeded(UInt64(seed))
        let values = (0..<chance.int(1...600)).map { _ in Int64(chance.int(0...300)) }
        let estimate = KaplanMeier(values.map { KaplanMeier.Time($0, isOver: true) })
        var copy = values
        let exact = Spread(exactly: &copy, copy.indices)
        #expect(estimate.p50 == exact.p50 && estimate.p90 == exact.p90 && estimate.p95 == exact.p95, "seed \(seed)")
    }

    @Test(
        "An interval of a share has the value of the textbooks",
        arguments: [(2, 5, 0.1176, 0.7693), (0, 10, 0, 0.2775), (10, 10, 0.7225, 1), (81, 263, 0.2553, 0.3662)])
    func wilson(hits: Int, count: Int, low: Double, high: Double) throws {
        let interval = try #require(Proportion(hits, of: count).wilson)
        #expect(abs(interval.lowerBound - low) < 0.0002 && abs(interval.upperBound - high) < 0.0002, "\(interval)")
    }

    @Test("The difference of two shares has Newcombe's own interval (1998, table II, a): 56/70 less 48/80")
    func newcombe() throws {
        let change = try #require(Proportion(56, of: 70).less(Proportion(48, of: 80)))
        #expect(abs(change.difference - 0.2) < 1e-9)
        #expect(abs(change.interval.lowerBound - 0.0524) < 0.0002 && abs(change.interval.upperBound - 0.3339) < 0.0002, "\(change.interval)")
    }
}
