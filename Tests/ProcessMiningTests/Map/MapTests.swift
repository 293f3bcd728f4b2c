import ProcessMining
import Testing

@Suite("The map")
struct MapTests {
    @Test("Ties keep the order of the file; time decides over the place")
    func order() {
        // given events of one case whose places and times disagree
        var columns = EventColumns()
        for (activity, minute) in [("B", 1), ("C", 1), ("A", 0), ("D", 1)] {
            columns.append(case: "1", activity: activity, microseconds: Int64(minute) * 60_000_000)
        }
        // when they are grouped
        let (log, disorder) = EventLog.grouped(columns)
        // then A goes first, and B, C, D stay as they stood
        #expect(log.path(of: 0) == ["A", "B", "C", "D"])
        #expect(disorder.events == 1)
        #expect(disorder.firstPlaces == [3])
    }

    @Test("Edges are counted within cases only, with the times between")
    func edges() {
        let log = Logs.letters("ABAB", "AB", "C")
        let map = ProcessMap(log)
        let found = map.edges.map { "\(log.activityNames[$0.from])\(log.activityNames[$0.to]) \($0.durations.count) \($0.durations.total / 60_000_000)" }
        #expect(found == ["AB 3 3", "BA 1 1"])
        #expect(map.variants.all.map(\.cases) == [1, 1, 1])
        #expect(map.starts == [2, 0, 1])
        #expect(map.ends == [0, 2, 1])
    }

    @Test("Work done again is told apart: repetition, a step to itself, there and back")
    func rework() {
        let rework = Rework(Logs.letters("ABAB", "AAB", "ABC", "ABCA"))
        #expect(rework.casesWithRepetition == 3)
        #expect(rework.selfLoops == 1)
        #expect(rework.casesWithSelfLoop == 1)
        #expect(rework.pingPongs == 2)
        #expect(rework.casesWithPingPong == 1)
        #expect(rework.repeatedCases == [3, 1, 0])
    }

    @Test("Cases that go alike are one variant, the most frequent first")
    func variants() {
        let log = Logs.letters("AB", "ABC", "AB", "BA", "ABC", "AB")
        let variants = Variants(log)
        #expect(variants.all.map(\.cases) == [3, 2, 1])
        #expect(variants.ofCase == [0, 1, 0, 2, 1, 0])
        #expect(log.path(of: variants.all[1].example) == ["A", "B", "C"])
    }

    @Test("More activities than a dense table holds are counted the same", arguments: [10, 1_500])
    func manyActivities(count: Int) {
        var columns = EventColumns()
        for index in 0..<(count * 3) {
            columns.append(case: "\(index / count)", activity: "\(index % count)", microseconds: Int64(index) * 1_000)
        }
        let map = ProcessMap(EventLog(columns))
        #expect(map.edges.count == count - 1)
        #expect(map.edges.allSatisfy { $0.durations.count == 3 && $0.durations.median == 1_000 })
    }

    @Test("Where a log tells when work began, a step lasts from an end to the next beginning")
    func intervals() {
        var columns = EventColumns()
        columns.append(case: "1", activity: "A", microseconds: 10, startMicroseconds: 0)
        columns.append(case: "1", activity: "B", microseconds: 40, startMicroseconds: 25)
        columns.append(case: "1", activity: "C", microseconds: 50, startMicroseconds: 30)
        let map = ProcessMap(EventLog(columns))
        #expect(map.edges.map(\.durations.total).sorted() == [0, 15])
        #expect(map.throughput.total == 50)
    }

    /// A small generator of our own, so that a failure can be had again.
    struct Dice {
        var state: UInt64
        mutating func roll(_ sides: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % sides
        }
    }

    @Test("Quantiles are those of the sorted values, whatever the order and the repetitions", arguments: 1...200)
    func quantiles(seed: Int) {
        var dice = Dice(state: UInt64(seed))
        let count = 1 + Int(dice.roll(300))
        let sides: UInt64 = seed % 3 == 0 ? 3 : 1_000_000
        let values = (0..<count).map { _ in Int64(dice.roll(sides)) }
        let sorted = values.sorted()
        func expected(_ percent: Int) -> Int64 {
            let (rank, rest) = ((count - 1) * percent / 100, (count - 1) * percent % 100)
            return rest == 0 ? sorted[rank] : sorted[rank] + (sorted[rank + 1] - sorted[rank]) * Int64(rest) / 100
        }
        let durations = Durations(of: values)
        #expect(durations.median == expected(50))
        #expect(durations.p90 == expected(90))
        #expect(durations.min == sorted.first)
        #expect(durations.max == sorted.last)
        #expect(durations.total == values.reduce(0, +))
    }

    @Test("Grouping keeps every event, whatever the order they came in", arguments: 1...50)
    func grouping(seed: Int) {
        var dice = Dice(state: UInt64(seed))
        var columns = EventColumns()
        var expected: [String: [(Int64, Int, String)]] = [:]
        for place in 0..<200 {
            let (name, activity, time) = ("\(dice.roll(12))", "\(dice.roll(5))", Int64(dice.roll(20)))
            columns.append(case: name, activity: activity, microseconds: time)
            expected[name, default: []].append((time, place, activity))
        }
        let log = EventLog(columns)
        for index in 0..<log.caseCount {
            let path = expected[log.cases[index]]?.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
            #expect(log.path(of: index) == path)
        }
        #expect(log.eventCount == 200)
    }
}
