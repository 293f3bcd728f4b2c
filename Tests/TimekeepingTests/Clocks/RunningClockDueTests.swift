import Chronicle
import TestKit
import Testing
import Timekeeping

@Suite("The due instant of a clock")
struct RunningClockDueTests {
    @Test(
        "follows from the measure and the end of its day",
        arguments: [
            ("90 min", nil, "2026-03-03T11:30:00+08:00"),
            ("9 h working MY", nil, "2026-03-04T10:00:00+08:00"),
            ("1 BD MY", nil, "2026-03-05T00:00:00+08:00"),
            ("10 BD MY", DayEnd.sameTime, "2026-03-17T10:00:00+08:00"),
            ("10 BD MY", .closeOfBusiness, "2026-03-17T18:00:00+08:00"),
            ("15 BD MY", nil, "2026-03-26T00:00:00+08:00"),  // Hari Raya on the 20th
            ("30 CD", nil, "2026-04-03T00:00:00+08:00"),
            ("8 W", nil, "2026-04-29T00:00:00+08:00"),
            ("2 M", nil, "2026-05-04T00:00:00+08:00"),
            ("-5 CD", nil, "2026-02-27T00:00:00+08:00"),
        ] as [(String, DayEnd?, String)])
    func measures(text: String, ends: DayEnd?, expected: String) throws {
        #expect(try Sample.due(Sample.clock(text, ends: ends)) == at(expected))
    }

    @Test("Beyond the calendar's horizon there is none")
    func beyondHorizon() throws {
        #expect(throws: CalendarError.self) { try Sample.due(Sample.clock("600 BD MY")) }
    }

    @Test("Up to its last day there is one, paused or not")
    func edgeOfHorizon() throws {
        let start = try at("2027-12-29T10:00:00+08:00")
        var clock = try Sample.clock("2 BD MY", from: start)
        #expect(try Sample.due(clock) == at("2028-01-01T00:00:00+08:00"))
        try clock.pause(for: "video", at: start, until: start + .hours(2))
        #expect(try Sample.due(clock) == at("2028-01-01T00:00:00+08:00"))
    }

    @Test(
        "A last day that is closed moves to the next business day, if the rule says so",
        arguments: [
            ("17 CD", nil, DayEnd.endOfDay, "2026-03-21T00:00:00+08:00"),
            ("17 CD", "MY", .endOfDay, "2026-03-24T00:00:00+08:00"),  // Friday 20 March, Hari Raya
            ("17 CD", "MY", .sameTime, "2026-03-23T10:00:00+08:00"),
            ("17 CD", "MY", .closeOfBusiness, "2026-03-23T18:00:00+08:00"),
            ("16 CD", "MY", .endOfDay, "2026-03-20T00:00:00+08:00"),
            ("16 CD", "MY", .closeOfBusiness, "2026-03-19T18:00:00+08:00"),
        ] as [(String, String?, DayEnd, String)])
    func closedDays(text: String, moves: String?, ends: DayEnd, expected: String) throws {
        #expect(try Sample.due(Sample.clock(text, ends: ends, moves: moves)) == at(expected))
    }

    @Test(
        "Pauses lengthen a stopwatch by what they last, and only those before its end",
        arguments: [
            (10, 4, "2026-03-06T14:00:00+08:00"), (71, 4, "2026-03-06T14:00:00+08:00"), (72, 4, "2026-03-06T10:00:00+08:00"),
            (80, 4, "2026-03-06T10:00:00+08:00"),
        ] as [(Int64, Int64, String)])
    func stopwatch(from: Int64, hoursLong: Int64, expected: String) throws {
        let start = try Sample.start()
        var clock = try Sample.clock("72 h")
        try clock.pause(for: "video", at: start + .hours(from), until: start + .hours(from + hoursLong))
        #expect(try Sample.due(clock) == at(expected))
    }

    @Test("Of working time a pause over night takes nothing away, in the day its working hours")
    func workingTime() throws {
        var clock = try Sample.clock("9 h working MY")
        try clock.pause(for: "a", at: at("2026-03-03T18:00:00+08:00"), until: at("2026-03-04T09:00:00+08:00"))
        #expect(try Sample.due(clock) == at("2026-03-04T10:00:00+08:00"))
        try clock.pause(for: "b", at: at("2026-03-03T17:00:00+08:00"), until: at("2026-03-03T20:00:00+08:00"))
        #expect(try Sample.due(clock) == at("2026-03-04T11:00:00+08:00"))
    }

    @Test(
        "Of days those count that end with the clock running",
        arguments: [
            ("2 BD MY", "2026-03-03T12:00:00+08:00", "2026-03-03T16:00:00+08:00", "2026-03-06T00:00:00+08:00"),  // over noon: nothing
            ("2 BD MY", "2026-03-03T12:00:00+08:00", "2026-03-04T16:00:00+08:00", "2026-03-06T00:00:00+08:00"),  // over the end of day 0: nothing
            ("2 BD MY", "2026-03-04T12:00:00+08:00", "2026-03-05T09:00:00+08:00", "2026-03-07T00:00:00+08:00"),  // over one day's end
            ("2 BD MY", "2026-03-04T12:00:00+08:00", "2026-03-05T00:00:00+08:00", "2026-03-07T00:00:00+08:00"),  // up to that very end
            ("2 BD MY", "2026-03-05T00:00:00+08:00", "2026-03-05T16:00:00+08:00", "2026-03-06T00:00:00+08:00"),  // from that very end
            ("2 BD MY", "2026-03-04T12:00:00+08:00", "2026-03-09T09:00:00+08:00", "2026-03-11T00:00:00+08:00"),  // three of them, and a weekend
            ("2 BD MY", "2026-03-06T12:00:00+08:00", "2026-03-09T09:00:00+08:00", "2026-03-06T00:00:00+08:00"),  // after it was due
            ("3 CD", "2026-03-04T12:00:00+08:00", "2026-03-07T09:00:00+08:00", "2026-03-10T00:00:00+08:00"),
            ("1 M", "2026-03-04T12:00:00+08:00", "2026-03-07T09:00:00+08:00", "2026-04-07T00:00:00+08:00"),
        ])
    func days(text: String, from: String, until: String, expected: String) throws {
        var clock = try Sample.clock(text)
        try clock.pause(for: "video", at: at(from), until: at(until))
        #expect(try Sample.due(clock) == at(expected))
    }

    @Test("Pausing never makes it earlier, and never later than by the cap and a day", arguments: UInt64(1)...40)
    func law(seed: UInt64) throws {
        var random = Seeded(seed)
        let texts = ["72 h", "20 h working MY", "7 CD", "5 BD MY", "2 W", "1 M"]
        let text = texts[Int.random(in: 0..<texts.count, using: &random)]
        let cap = Span.hours(Int64.random(in: 0...60, using: &random))
        var clock = try Sample.clock(text, cap: cap)
        let plain = try Sample.due(clock)
        let start = try Sample.start()
        for index in 0..<Int.random(in: 1...5, using: &random) {
            let from = start + .minutes(Int64.random(in: 0...10_000, using: &random))
            try clock.pause(for: "\(index)", at: from, until: from + .minutes(Int64.random(in: 1...3_000, using: &random)))
        }
        let due = try Sample.due(clock)
        #expect(due >= plain, "seed \(seed), \(text)")
        switch clock.rule.measure {
        case .elapsed, .calendarDays, .weeks, .months: #expect(due - plain <= cap + .days(1), "seed \(seed), \(text), cap \(cap)")
        case .workingTime, .businessDays:
            let calendar = try Sample.malaysia()
            let more = try calendar.workingTime(from: plain, to: due)
            #expect(more <= cap + .days(1), "seed \(seed), \(text), cap \(cap)")
        }
        if case .elapsed = clock.rule.measure {
            #expect(try clock.elapsedNet(at: due, using: Sample.calendars()).span == .hours(72), "seed \(seed)")
        }
        if case .workingTime = clock.rule.measure {
            #expect(try clock.elapsedNet(at: due, using: Sample.calendars()).span == .hours(20), "seed \(seed)")
        }
    }
}
