import Testing

@testable import Forecasting

@Suite("From rows to a series")
struct SeriesTests {
    /// Numbers that look like chance and follow from a seed.
    struct Chance {
        var state: UInt64
        mutating func unit() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) / 9_007_199_254_740_992
        }
    }

    static func stamp(_ day: Int, _ minute: Int) -> String { "\(Stamp(wallSeconds: day * 86_400 + minute * 60))" }

    /// Half-hours from 8 to 16 o'clock on weekdays for `weeks` weeks from Monday, 5 January 2026.
    static func office(weeks: Int, value: (Int, Int) -> Double = { day, slot in Double(10 + slot + day % 7) }) -> [(String, Double)] {
        let monday = 20_458
        return (0..<weeks * 7).filter { $0 % 7 < 5 }.flatMap { day in
            (0..<16).map { slot in (stamp(monday + day, 480 + slot * 30), value(day, slot)) }
        }
    }

    static func read(
        _ rows: [(String, Double)], every: String = "30m", repeats: Readings.Repeats = .refuse, counting: Bool = false
    ) throws -> (series: Series, notes: [Note]) {
        var readings = Readings(every: try #require(Spacing(every)), repeats: repeats, counting: counting)
        for (index, row) in rows.enumerated() { try readings.add(time: row.0, value: "\(row.1)", line: index + 2) }
        return try readings.series()
    }

    @Test(
        "Times as tables write them",
        arguments: [
            ("2026-11-22", 0, nil), ("2026-11-22 14:30", 52_200, nil), ("2026-11-22T14:30:15", 52_215, nil), ("2026-11-22T14:30:15.123Z", 52_215, 0),
            ("2026-11-22 14:30+08:00", 52_200, 28_800), ("2026-11-22T14:30:00-0330", 52_200, -12_600), (" 2026-11-22 00:00 ", 0, nil),
        ] as [(String, Int, Int?)])
    func stamps(text: String, second: Int, offset: Int?) throws {
        let stamp = try #require(Stamp(text))
        #expect(stamp.wallSeconds - stamp.dayNumber * 86_400 == second)
        #expect(stamp.offsetSeconds == offset)
    }

    @Test(
        "What is no time is told apart",
        arguments: [
            "", "22.11.2026", "2026-02-30", "2026-11-22 25:00", "2026-11-22 24:30", "2026-11-22 14:60", "2026-11-22 14:30 CET", "2026-11-22T", "11/22/2026",
        ])
    func noStamps(text: String) { #expect(Stamp(text) == nil) }

    @Test(
        "Spacings divide a day, or are a day or a week",
        arguments: [("15m", 15), ("1h", 60), ("24h", 1_440), ("7d", 10_080), ("1w", 10_080), ("90m", 90)] as [(String, Int)])
    func spacings(text: String, minutes: Int) { #expect(Spacing(text)?.minutes == minutes) }

    @Test("Other spacings are refused", arguments: ["7m", "0m", "-5m", "2d", "5h", "x", "1mo", "", "99999999999999999999m"])
    func noSpacings(text: String) { #expect(Spacing(text) == nil) }

    @Test("Days of rest are left out, so that Monday follows Friday")
    func office() throws {
        let (series, notes) = try Self.read(Self.office(weeks: 4))
        #expect(series.slotsADay == 16 && series.daysAWeek == 5 && series.count == 4 * 80)
        #expect(notes == [.restDays("Saturday, Sunday")])
        #expect("\(series.stamp(series.count))" == "2026-02-02 08:00")
    }

    @Test("A holiday is a hole, not a zero, and the weekday behind it stays that weekday")
    func holiday() throws {
        let rows = Self.office(weeks: 5).filter { !$0.0.hasPrefix("2026-01-14") }
        let (series, notes) = try Self.read(rows)
        #expect(series.count == 400)
        #expect(series.values.count { $0.isNaN } == 16)
        #expect(notes.contains { if case .filled(16, let first) = $0 { "\(first)" == "2026-01-14 08:00" } else { false } })
    }

    @Test("Finer readings are added up, and a slot with some of them missing is unknown, not small")
    func adding() throws {
        let fine = Self.office(weeks: 3).flatMap { row in [row, (row.0.replacing(":00", with: ":15").replacing(":30", with: ":45"), row.1)] }
        let (whole, _) = try Self.read(fine)
        #expect(whole.values[0] == 2 * 10)
        let torn = fine.filter { $0.0 != "2026-01-13 09:15" }
        let (series, notes) = try Self.read(torn)
        #expect(series.values.count { $0.isNaN } == 1)
        #expect(notes.contains { if case .partial(1, let first) = $0 { "\(first)" == "2026-01-13 09:00" } else { false } })
    }

    @Test("Order does not matter, and is noted")
    func order() throws {
        let rows = Self.office(weeks: 3)
        var turned = rows
        turned.swapAt(10, 200)
        turned.reverse()
        let plain = try Self.read(rows).series
        let (series, notes) = try Self.read(turned)
        #expect(series.values == plain.values)
        #expect(notes.contains { if case .notInOrder = $0 { true } else { false } })
    }

    @Test("An equal repeat counts once; another value is refused with its line, unless it is said what to do")
    func repeats() throws {
        let rows = Self.office(weeks: 3)
        let plain = try Self.read(rows).series
        let (series, notes) = try Self.read(rows + [rows[7]])
        #expect(series.values == plain.values)
        #expect(notes.contains { if case .repeated(1, _) = $0 { true } else { false } })
        let odd = rows + [(rows[7].0, 1_000.0)]
        #expect(throws: ForecastRefusal.self) { try Self.read(odd) }
        for (way, expected) in [(.add, rows[7].1 + 1_000), (.mean, (rows[7].1 + 1_000) / 2), (.last, 1_000)] as [(Readings.Repeats, Double)] {
            #expect(try Self.read(odd, repeats: way).series.values[7] == expected)
        }
    }

    /// Hours round the clock for three weeks, wall time of a zone that goes back at 3 o'clock on 25 October 2026 and whose clocks the table follows.
    static func clockBack(offsets: Bool) -> [(String, Double)] {
        var rows: [(String, Double)] = []
        let start = 20_741  // 2026-10-15
        for hour in 0..<21 * 24 {
            // UTC hours; two ahead before the change, one behind it.
            let ahead = hour < 10 * 24 + 1 ? 2 : 1
            let wall = start * 1_440 + (hour + ahead) * 60
            let text = "\(Stamp(wallSeconds: wall * 60))" + (offsets ? "+0\(ahead):00" : "")
            rows.append((text, Double(100 + hour % 24)))
        }
        return rows
    }

    @Test("Clocks that go back give one hour twice: its mean, with and without the distance from UTC written", arguments: [true, false])
    func autumn(offsets: Bool) throws {
        let (series, notes) = try Self.read(Self.clockBack(offsets: offsets), every: "1h")
        #expect(notes.contains { if case .clockWentBack = $0 { true } else { false } })
        #expect(series.slotsADay == 24 && series.daysAWeek == 7)
        #expect(series.values.allSatisfy { $0.isNaN || $0 < 130 })
    }

    @Test("Clocks that go forward leave a hole of an hour")
    func spring() throws {
        let start = 20_536  // 2026-03-24
        let rows = (0..<21 * 24).map { hour -> (String, Double) in
            let jumped = hour < 5 * 24 + 2 ? 0 : 1
            return (Self.stamp(start, (hour + jumped) * 60), 5.0)
        }
        let (series, notes) = try Self.read(rows, every: "1h")
        #expect(series.values.count { $0.isNaN } == 1)
        #expect(notes.contains { if case .filled(1, _) = $0 { true } else { false } })
    }

    @Test("Zones that are mixed, and times half with and half without one, are refused with the line")
    func zones() {
        #expect(throws: ForecastRefusal.mixedZones(line: 3)) { try Self.read([("2026-01-05 08:00+08:00", 1), ("2026-01-05 09:00-05:00", 2)]) }
        #expect(throws: ForecastRefusal.zoneMissing(line: 3)) { try Self.read([("2026-01-05 08:00Z", 1), ("2026-01-05 08:30", 2)]) }
    }

    @Test("Rows that cannot be read are passed over and counted; a table of nothing else is refused")
    func unreadable() throws {
        var readings = Readings(every: .minutes(30))
        for (index, row) in Self.office(weeks: 3).enumerated() {
            try readings.add(time: row.0, value: index == 3 ? "NaN" : index == 4 ? "" : index == 5 ? "inf" : "\(row.1)", line: index + 2)
        }
        let (series, notes) = try readings.series()
        #expect(series.values.count { $0.isNaN } == 3)
        #expect(notes.contains { if case .unreadable(3, 5, _) = $0 { true } else { false } })
        var nothing = Readings(every: .day)
        try nothing.add(time: "yesterday", value: "4", line: 2)
        #expect(throws: ForecastRefusal.nothingReadable(rows: 1, line: 2, why: "“yesterday” is not a time such as 2026-11-22 14:30")) { try nothing.series() }
        #expect(throws: ForecastRefusal.noReadings) { try Readings(every: .day).series() }
    }

    @Test("A spacing finer than the readings is refused")
    func tooFine() { #expect(throws: ForecastRefusal.tooFine(asked: .minutes(15), found: 1_800)) { try Self.read(Self.office(weeks: 2), every: "15m") } }

    @Test("Two readings a thousand years apart do not make a series of millions")
    func tooLong() { #expect(throws: ForecastRefusal.self) { try Self.read([("1026-01-05 08:00", 1), ("2026-01-05 08:00", 2), ("2026-01-05 08:30", 2)]) } }

    @Test("Without a value column rows are counted, and no row is nothing")
    func counting() throws {
        var rows = (0..<40).flatMap { day in (0..<3).map { (Self.stamp(20_458 + day, 600 + $0 * 7), 1.0) } }
        rows.removeAll { $0.0.hasPrefix("2026-01-20") }
        let (series, notes) = try Self.read(rows, every: "1d", counting: true)
        #expect(series.values.count == 40)
        #expect(series.values[0] == 3 && series.values[15] == 0)
        #expect(notes.contains(.counted))
    }

    @Test("Weeks begin on Monday; a week that is not whole is unknown")
    func weeks() throws {
        let rows = (0..<60).map { (Self.stamp(20_460 + $0, 0), 1.0) }
        let (series, _) = try Self.read(rows, every: "1w")
        #expect(series.values.allSatisfy { $0 == 7 })
        #expect("\(series.stamp(0))" == "2026-01-12 00:00")
    }
}
