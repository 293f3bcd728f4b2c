import Chronicle
import Foundation
import Testing
import Timekeeping

@Suite("A running clock")
struct RunningClockTests {
    @Test("A gross clock refuses every pause")
    func gross() throws {
        var clock = try Sample.clock("72 h", .gross)
        let start = try Sample.start()
        #expect(throws: ClockRefusal.grossNeverPauses(clock.rule.code)) { try clock.pause(for: "video", at: start, until: start + .hours(4)) }
    }

    @Test("A pause needs a concrete request with a deadline")
    func concrete() throws {
        var clock = try Sample.clock("72 h")
        let code = clock.rule.code
        let start = try Sample.start()
        #expect(throws: ClockRefusal.pauseWithoutRequest(code)) { try clock.pause(for: " \n", at: start, until: start + .hours(4)) }
        #expect(throws: ClockRefusal.pauseWithoutDeadline(code, request: "video")) { try clock.pause(for: "video", at: start, until: nil) }
        #expect(throws: ClockRefusal.pauseDeadlinePassed(code, request: "video", start)) { try clock.pause(for: "video", at: start, until: start) }
        let far = start + .days(367)
        #expect(throws: ClockRefusal.pauseTooLong(code, request: "video", far)) { try clock.pause(for: "video", at: start, until: far) }
        #expect(throws: ClockRefusal.beforeStart(code, start)) { try clock.pause(for: "video", at: start - .hours(1), until: start + .hours(4)) }
        #expect(clock.pauses.isEmpty)
    }

    @Test("Chasing messages do not restart a pause")
    func chasing() throws {
        var clock = try Sample.clock("72 h")
        let start = try Sample.start()
        try clock.pause(for: "video", at: start, until: start + .hours(4))
        let due = try Sample.due(clock)
        let refusal = ClockRefusal.alreadyAsked(clock.rule.code, request: "video", since: start)
        #expect(throws: refusal) { try clock.pause(for: "video", at: start + .hours(3), until: start + .hours(30)) }
        // Nor when the deadline has passed.
        #expect(throws: refusal) { try clock.pause(for: "video", at: start + .hours(5), until: start + .hours(30)) }
        try clock.answer("video", at: start + .hours(2))
        #expect(throws: refusal) { try clock.pause(for: "video", at: start + .hours(6), until: start + .hours(30)) }
        #expect(try Sample.due(clock) == due - .hours(2))
    }

    @Test("An answer to nothing, or a second one, is refused")
    func answers() throws {
        var clock = try Sample.clock("72 h")
        let start = try Sample.start()
        #expect(throws: ClockRefusal.noSuchRequest(clock.rule.code, request: "video")) { try clock.answer("video", at: start) }
        try clock.pause(for: "video", at: start, until: start + .hours(4))
        try clock.answer("video", at: start + .hours(1))
        #expect(throws: ClockRefusal.alreadyAnswered(clock.rule.code, request: "video", start + .hours(1))) { try clock.answer("video", at: start + .hours(2)) }
    }

    @Test("Extensions beyond the rule's number, or without reason or authority, are refused")
    func extensions() throws {
        var clock = try Sample.clock("72 h", extensionsMax: 1)
        let code = clock.rule.code
        #expect(throws: ClockRefusal.extensionUnexplained(code)) { try clock.extend(Extension(.by(.weeks(1)), reason: "", authority: "lead")) }
        #expect(throws: ClockRefusal.extensionUnexplained(code)) { try clock.extend(Extension(.by(.weeks(1)), reason: "bank slow", authority: "")) }
        #expect(throws: ClockRefusal.measureOutOfLimits(code, .weeks(9_999))) { try clock.extend(Extension(.by(.weeks(9_999)), reason: "r", authority: "a")) }
        try clock.extend(Extension(.by(.weeks(1)), reason: "bank slow", authority: "lead"))
        #expect(throws: ClockRefusal.noExtensionLeft(code, max: 1)) { try clock.extend(Extension(.by(.weeks(1)), reason: "again", authority: "lead")) }
        var bare = RunningClock(try ClockRule(code, .elapsed(.hours(1)), extensionsMax: 1), startedAt: try Sample.start())
        #expect(throws: ClockRefusal.extensionNeedsZone(code, .weeks(1))) { try bare.extend(Extension(.by(.weeks(1)), reason: "r", authority: "a")) }
    }

    @Test("A clock that was met stands until it is resumed")
    func stopped() throws {
        var clock = try Sample.clock("72 h", extensionsMax: 1)
        let code = clock.rule.code
        let start = try Sample.start()
        #expect(throws: ClockRefusal.notStopped(code)) { try clock.resume(at: start) }
        try clock.stop(at: start + .hours(1))
        let stopped = ClockRefusal.stopped(code, start + .hours(1))
        #expect(throws: stopped) { try clock.stop(at: start + .hours(2)) }
        #expect(throws: stopped) { try clock.pause(for: "video", at: start + .hours(2), until: start + .hours(4)) }
        #expect(throws: stopped) { try clock.extend(Extension(.by(.weeks(1)), reason: "r", authority: "a")) }
        #expect(throws: ClockRefusal.resumedBeforeStop(code, start + .hours(1))) { try clock.resume(at: start) }
    }

    @Test("is the same after it was stored and read")
    func codable() throws {
        var clock = try Sample.clock("10 BD MY", cap: .hours(30), extensionsMax: 2)
        let start = try Sample.start()
        try clock.pause(for: "video", at: start, until: start + .hours(4))
        try clock.pause(for: "bank letter", at: start + .hours(1), until: start + .hours(40))
        try clock.answer("video", at: start + .hours(3))
        try clock.extend(Extension(.wholePeriod(.businessDays(20, calendarName("MY"))), reason: "complex", authority: "lead"))
        try clock.stop(at: start + .hours(50))
        let read = try JSONDecoder().decode(RunningClock.self, from: JSONEncoder().encode(clock))
        #expect(read == clock)
        #expect(try Sample.due(read) == Sample.due(clock))
    }

    @Test("Every refusal is a sentence that names the clock")
    func sentences() throws {
        let code = try clockCode("decision")
        let now = try Sample.start()
        let refusals: [ClockRefusal] = [
            .grossNeverPauses(code), .pauseWithoutRequest(code), .pauseWithoutDeadline(code, request: "q"), .pauseDeadlinePassed(code, request: "q", now),
            .pauseTooLong(code, request: "q", now), .alreadyAsked(code, request: "q", since: now), .noSuchRequest(code, request: "q"),
            .alreadyAnswered(code, request: "q", now), .noExtensionLeft(code, max: 0), .extensionUnexplained(code),
            .extensionNeedsZone(code, .weeks(1)), .measureOutOfLimits(code, .weeks(1)), .beforeStart(code, now), .stopped(code, now), .notStopped(code),
            .resumedBeforeStop(code, now),
        ]
        #expect(Set(refusals.map(\.description)).count == refusals.count)
        for refusal in refusals { #expect(refusal.description.contains("clock decision"), "\(refusal)") }
    }
}
