import Chronicle
import Testing
import Timekeeping

@Suite("Why a clock is due when it is")
struct ExplanationTests {
    @Test("The simple case is told in one breath")
    func simple() throws {
        let due = try Sample.clock("15 BD MY", .gross).due(using: Sample.calendars())
        #expect(
            due.explanation.text == """
                Why then: received 3 Mar 2026 10:00 (Asia/Kuala_Lumpur); \
                15 business days of Malaysia (house rule 7, confidence medium), gross clock; \
                skipped 20 Mar 2026 Hari Raya Aidilfitri; \
                ends 25 Mar 2026 24:00 local = 2026-03-25T16:00:00Z
                """)
    }

    @Test("Pauses, their cap, extensions and reopening are told in their order")
    func everything() throws {
        let start = try Sample.start()
        var clock = try Sample.clock("72 h", cap: .hours(5), extensionsMax: 1)
        try clock.pause(for: "video", at: start + .hours(1), until: start + .hours(4))
        try clock.pause(for: "bank letter", at: start + .hours(2), until: start + .hours(24))
        try clock.answer("video", at: start + .hours(3))
        try clock.extend(Extension(.by(.elapsed(.hours(24))), reason: "bank holiday abroad", authority: "team lead"))
        try clock.stop(at: start + .hours(20))
        try clock.resume(at: start + .hours(30))
        let due = try clock.due(using: Sample.calendars())
        #expect(due.instant == start + .hours(72 + 5 + 24))
        #expect(
            due.explanation.lines.map(\.description) == [
                "received 3 Mar 2026 10:00 (Asia/Kuala_Lumpur)",
                "72 h (house rule 7, confidence medium), net clock",
                "extended by 24 h for “bank holiday abroad” (team lead): from 6 Mar 2026 15:00 to 7 Mar 2026 15:00",
                "stood still for “video” from 3 Mar 2026 11:00 until the answer, 3 Mar 2026 13:00: counts 2 h",
                "stood still for “bank letter” from 3 Mar 2026 12:00 until the deadline, 4 Mar 2026 10:00: counts 3 h",
                "pauses are capped at 5 h of 23 h",
                "reopened once, running on from the original start",
                "ends 7 Mar 2026 15:00 local = 2026-03-07T07:00:00Z",
            ])
    }

    @Test(
        "Days left out are named, and when none is, that is said",
        arguments: [
            ("2026-03-04T12:00:00+08:00", "2026-03-06T09:00:00+08:00", "not counted, as they ended with the clock standing still: 4 Mar 2026, 5 Mar 2026"),
            ("2026-03-04T12:00:00+08:00", "2026-03-04T16:00:00+08:00", "no day ended with the clock standing still, so all count"),
        ])
    func lostDays(from: String, until: String, line: String) throws {
        var clock = try Sample.clock("2 BD MY", extensionsMax: 1)
        try clock.pause(for: "video", at: at(from), until: at(until))
        #expect(try clock.due(using: Sample.calendars()).explanation.lines.map(\.description).contains(line))
        // Working the period out anew does not count them twice.
        try clock.extend(Extension(.wholePeriod(.businessDays(4, calendarName("MY"))), reason: "complex", authority: "lead"))
        #expect(try clock.due(using: Sample.calendars()).explanation.lines.map(\.description).contains(line))
    }

    @Test(
        "A closed last day is told with the reason, a weekday where there is no holiday",
        arguments: [
            ("17 CD", "20 Mar 2026 is closed (Hari Raya Aidilfitri), so it moves to 23 Mar 2026"),
            ("4 CD", "7 Mar 2026 is closed (Saturday), so it moves to 9 Mar 2026"),
        ])
    func closedDay(text: String, line: String) throws {
        let due = try Sample.clock(text, moves: "MY").due(using: Sample.calendars())
        #expect(due.explanation.lines.map(\.description).contains(line), "\(due.explanation)")
    }

    @Test("An extension that changes nothing says so")
    func emptyExtension() throws {
        var clock = try Sample.clock("4 W", .gross, extensionsMax: 1)
        try clock.extend(Extension(.wholePeriod(.weeks(1)), reason: "slip", authority: "lead"))
        #expect(try clock.due(using: Sample.calendars()).explanation.text.contains("extended to 1 week in all for “slip” (lead), which changes nothing"))
    }

    @Test("Without a zone it is told in UTC, once")
    func utc() throws {
        let clock = RunningClock(try ClockRule(clockCode("X"), .elapsed(.hours(1))), startedAt: try Sample.start())
        #expect(try clock.due(using: Calendars()).explanation.text == "Why then: received 3 Mar 2026 02:00 UTC; 1 h, gross clock; ends 3 Mar 2026 03:00 UTC")
    }

    @Test("The example in the article is what is told")
    func article() throws {
        let rule = try ClockRule(
            clockCode("decision"), .businessDays(15, calendarName("MY")), kind: .net, pauseTotalMax: .hours(72), source: "house rule 7")
        var clock = RunningClock(rule, startedAt: try Sample.start())
        let asked = try at("2026-03-04T12:00:00+08:00")
        try clock.pause(for: "bank letter", at: asked, until: asked + .hours(48))
        #expect(
            try clock.due(using: Sample.calendars()).explanation.text == """
                Why then: received 3 Mar 2026 10:00 (Asia/Kuala_Lumpur); \
                15 business days of Malaysia (house rule 7, confidence high), net clock; \
                stood still for “bank letter” from 4 Mar 2026 12:00 until the deadline, 6 Mar 2026 12:00: counts 2 d; \
                not counted, as they ended with the clock standing still: 4 Mar 2026, 5 Mar 2026; \
                skipped 20 Mar 2026 Hari Raya Aidilfitri; \
                ends 27 Mar 2026 24:00 local = 2026-03-27T16:00:00Z
                """)
    }
}
