import Foundation
import Testing
import Timekeeping

@Suite("A time of day")
struct TimeOfDayTests {
    @Test("What no clock shows is refused", arguments: ["", "9:00", "09", "09:60", "24:01", "25:00", "09:00:60", "-1:00", "09:00:00:00", "０9:00"])
    func refused(text: String) {
        #expect(TimeOfDay(text) == nil)
    }

    @Test("Read and written it stays the same", arguments: [("00:00", 0), ("09:30", 34_200), ("24:00", 86_400), ("23:59:59", 86_399)])
    func read(text: String, seconds: Int) throws {
        let time = try #require(TimeOfDay(text))
        #expect(time.secondsOfDay == seconds)
        #expect(time.description == text)
        #expect(try JSONDecoder().decode(TimeOfDay.self, from: JSONEncoder().encode(time)) == time)
    }
}
