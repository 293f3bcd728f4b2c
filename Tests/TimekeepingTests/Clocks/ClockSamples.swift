import Chronicle
import Timekeeping

extension Sample {
    /// Tuesday 3 March 2026, 10:00 in Kuala Lumpur.
    static func start() throws -> Instant { try at("2026-03-03T10:00:00+08:00") }

    static func clock(
        _ text: String, _ kind: ClockRule.Kind = .net, ends: DayEnd? = nil, cap: Span? = nil, extensionsMax: Int = 0, moves: String? = nil,
        from start: Instant? = nil
    ) throws -> RunningClock {
        let rule = try ClockRule(
            clockCode("decision"), measure(text), kind: kind, ends: ends, zone: zoneName("Asia/Kuala_Lumpur"),
            movesOffClosedDaysOf: try moves.map(calendarName), pauseTotalMax: cap, extensionsMax: extensionsMax, source: "house rule 7",
            confidence: .medium)
        return RunningClock(rule, startedAt: try start ?? Sample.start())
    }

    static func due(_ clock: RunningClock) throws -> Instant { try clock.due(using: calendars()).instant }
}
