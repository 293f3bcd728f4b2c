import Chronicle
import Foundation
import Testing
import Timekeeping

@Suite("An extension")
struct ExtensionTests {
    @Test(
        "With two changes or none it is refused",
        arguments: [
            #"{"reason":"r","authority":"a"}"#, #"{"by":"1 h","wholePeriod":"2 h","reason":"r","authority":"a"}"#,
            #"{"by":"1 fortnight","reason":"r","authority":"a"}"#,
        ])
    func refused(json: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Extension.self, from: Data(json.utf8)) }
    }

    @Test("is the same after it was stored and read")
    func codable() throws {
        for change in [Extension.Change.by(.weeks(4)), .to(try Sample.start()), .wholePeriod(.months(3))] {
            let granted = Extension(change, reason: "holding letter", authority: "team lead")
            #expect(try JSONDecoder().decode(Extension.self, from: JSONEncoder().encode(granted)) == granted)
        }
    }

    @Test(
        "moves the deadline from where it stands, to an instant, or makes the whole period longer",
        arguments: [
            (Extension.Change.by(.weeks(4)), "2026-04-28T16:00:00Z"),
            (.by(.calendarDays(1)), "2026-04-01T16:00:00Z"),
            (.by(.elapsed(.hours(2))), "2026-03-31T18:00:00Z"),
            (.wholePeriod(.weeks(8)), "2026-04-28T16:00:00Z"),
            (.to(Instant(seconds: 1_775_000_000)), "2026-03-31T23:33:20Z"),
            // It never makes a deadline earlier.
            (.to(Instant(seconds: 1_772_600_000)), "2026-03-31T16:00:00Z"),
            (.wholePeriod(.weeks(1)), "2026-03-31T16:00:00Z"),
        ])
    func moves(change: Extension.Change, expected: String) throws {
        var clock = try Sample.clock("4 W", .gross, extensionsMax: 1)
        #expect(try Sample.due(clock) == at("2026-03-31T16:00:00Z"))
        try clock.extend(Extension(change, reason: "holding letter sent", authority: "VARA"))
        #expect(try Sample.due(clock) == at(expected))
    }

    @Test("Business days on top are counted from the last day in time")
    func businessDays() throws {
        let my = try calendarName("MY")
        var clock = try Sample.clock("2 BD MY", .gross, extensionsMax: 2)  // Thursday 5 March 24:00
        try clock.extend(Extension(.by(.businessDays(1, my)), reason: "a", authority: "b"))
        #expect(try Sample.due(clock) == at("2026-03-06T16:00:00Z"))
        try clock.extend(Extension(.by(.businessDays(1, my)), reason: "c", authority: "d"))
        #expect(try Sample.due(clock) == at("2026-03-09T16:00:00Z"))
    }
}
