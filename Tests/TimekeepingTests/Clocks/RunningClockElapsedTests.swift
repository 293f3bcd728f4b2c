import Chronicle
import Testing
import Timekeeping

@Suite("Elapsed time and status of a clock")
struct RunningClockElapsedTests {
    @Test("Pausing cannot make a gross clock look better")
    func grossIgnoresPauses() throws {
        let calendars = try Sample.calendars()
        let start = try Sample.start()
        let plain = try Sample.clock("72 h")
        var paused = plain
        try paused.pause(for: "video", at: start + .hours(1), until: start + .hours(25))
        let later = start + .hours(30)
        #expect(try paused.elapsedGross(at: later, using: calendars) == plain.elapsedGross(at: later, using: calendars))
        #expect(try paused.elapsedGross(at: later, using: calendars).span == .hours(30))
        #expect(try paused.elapsedNet(at: later, using: calendars).span == .hours(6))
        // The same rule as a gross clock has the same due instant whatever is tried.
        var gross = try Sample.clock("72 h", .gross)
        #expect(throws: ClockRefusal.self) { try gross.pause(for: "video", at: start + .hours(1), until: start + .hours(25)) }
        #expect(try Sample.due(gross) == start + .hours(72))
    }

    @Test("A pause that goes on counts up to now, and before the start nothing has passed")
    func during() throws {
        let calendars = try Sample.calendars()
        let start = try Sample.start()
        var clock = try Sample.clock("72 h")
        try clock.pause(for: "video", at: start + .hours(1), until: start + .hours(25))
        #expect(try clock.elapsedNet(at: start + .hours(5), using: calendars).span == .hours(1))
        #expect(try clock.elapsedNet(at: start - .hours(5), using: calendars).span == .zero)
        #expect(try clock.elapsedGross(at: start - .hours(5), using: calendars).span == .zero)
    }

    @Test("Calendar and business time are never mixed")
    func basis() throws {
        let calendars = try Sample.calendars()
        let start = try Sample.start()
        let working = try Sample.clock("9 h working MY").elapsedGross(at: start + .hours(24), using: calendars)
        let stopwatch = try Sample.clock("72 h").elapsedGross(at: start + .hours(24), using: calendars)
        #expect(working == Elapsed(.hours(9), in: .working(try calendarName("MY"))))
        #expect(stopwatch == Elapsed(.hours(24), in: .clock))
        #expect(throws: BasisMismatch.self) { try working.adding(stopwatch) }
    }

    @Test(
        "What is open at the due instant is late, what was done before is not",
        arguments: [
            (71, nil, RunningClock.Status.running(left: Elapsed(.hours(1), in: .clock))),
            (72, nil, .breached(since: Instant(seconds: 1_772_762_400))),
            (90, nil, .breached(since: Instant(seconds: 1_772_762_400))),
            (90, 71, .met(at: Instant(seconds: 1_772_758_800))),
            (90, 72, .breached(since: Instant(seconds: 1_772_762_400))),
            (90, 80, .breached(since: Instant(seconds: 1_772_762_400))),
        ] as [(Int64, Int64?, RunningClock.Status)])
    func status(now: Int64, met: Int64?, expected: RunningClock.Status) throws {
        let start = try Sample.start()
        var clock = try Sample.clock("72 h")
        if let met { try clock.stop(at: start + .hours(met)) }
        #expect(try clock.status(at: start + .hours(now), using: Sample.calendars()) == expected)
    }

    @Test("A paused clock says until when, and runs again at the cap")
    func paused() throws {
        let start = try Sample.start()
        var clock = try Sample.clock("72 h", cap: .hours(10))
        try clock.pause(for: "video", at: start + .hours(1), until: start + .hours(25))
        #expect(try clock.status(at: start + .hours(2), using: Sample.calendars()) == .paused(until: start + .hours(11)))
        #expect(try clock.status(at: start + .hours(11), using: Sample.calendars()) == .running(left: Elapsed(.hours(71), in: .clock)))
        #expect(try Sample.due(clock) == start + .hours(82))
    }

    @Test("Reopening resumes the gross clock")
    func reopening() throws {
        let calendars = try Sample.calendars()
        let start = try Sample.start()
        var clock = try Sample.clock("72 h", .gross)
        try clock.stop(at: start + .hours(10))
        #expect(try clock.elapsedGross(at: start + .hours(40), using: calendars).span == .hours(10))
        try clock.resume(at: start + .hours(40))
        #expect(clock.startedAt == start)
        #expect(clock.reopened == 1)
        #expect(try clock.elapsedGross(at: start + .hours(41), using: calendars).span == .hours(41))
        #expect(try Sample.due(clock) == start + .hours(72))
        #expect(try clock.status(at: start + .hours(73), using: calendars) == .breached(since: start + .hours(72)))
    }

    @Test("A missing calendar is an error, not a guess")
    func missing() throws {
        let clock = try Sample.clock("9 h working SG")
        let expected = CalendarError.noSuchCalendar(try calendarName("SG"))
        #expect(throws: expected) { try clock.elapsedGross(at: clock.startedAt, using: Sample.calendars()) }
        #expect(throws: expected) { try clock.due(using: Sample.calendars()) }
        #expect(throws: CalendarError.noSuchZone(try zoneName("Asia/Kuala_Lumpur"))) { try clock.due(using: Calendars()) }
    }
}
