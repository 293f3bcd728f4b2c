import Foundation
import Testing
import Timekeeping

@Suite("Opening hours")
struct OpeningHoursTests {
    @Test("What is not a stretch of hours is refused", arguments: ["", "09:00", "09:00-", "9-18", "24:00-06:00", "09:00-18:00-19:00", "09:00–18:00"])
    func refused(text: String) {
        #expect(OpeningHours(text) == nil)
    }

    @Test(
        "Closing at or before opening means the next day",
        arguments: [("09:00-18:00", false), ("22:00-06:00", true), ("08:00-08:00", true), ("00:00-24:00", false)])
    func midnight(text: String, crosses: Bool) throws {
        #expect(try hours(text).crossesMidnight == crosses)
        #expect(try hours(text).description == text)
    }

    @Test("A week of eight days is refused")
    func week() throws {
        let week = WeeklyHours.mondayToFriday(try hours("09:00-13:00"), try hours("14:00-18:00"))
        #expect(week[.friday].count == 2)
        #expect(week[.saturday].isEmpty)
        #expect(try JSONDecoder().decode(WeeklyHours.self, from: JSONEncoder().encode(week)) == week)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(WeeklyHours.self, from: Data("[[],[],[],[],[],[],[],[]]".utf8)) }
    }
}
