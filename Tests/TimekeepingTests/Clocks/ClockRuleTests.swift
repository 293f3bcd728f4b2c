import Chronicle
import Foundation
import Testing
import Timekeeping

@Suite("A clock rule")
struct ClockRuleTests {
    @Test("A rule that makes no sense is refused with a sentence")
    func refused() throws {
        let code = try clockCode("X")
        let (my, kl) = (try calendarName("MY"), try zoneName("Asia/Kuala_Lumpur"))
        let hour = Measure.elapsed(.hours(1))
        #expect(throws: ClockRuleError.zoneMissing(code, .calendarDays(30))) { try ClockRule(code, .calendarDays(30)) }
        #expect(throws: ClockRuleError.measureOutOfLimits(code, .months(1_201))) { try ClockRule(code, .months(1_201), zone: kl) }
        #expect(throws: ClockRuleError.measureOutOfLimits(code, .elapsed(.hours(-1)))) { try ClockRule(code, .elapsed(.hours(-1))) }
        #expect(throws: ClockRuleError.endWithoutDays(code, .endOfDay)) { try ClockRule(code, hour, ends: .endOfDay) }
        #expect(throws: ClockRuleError.closeOfBusinessWithoutCalendar(code)) { try ClockRule(code, .weeks(1), ends: .closeOfBusiness, zone: kl) }
        #expect(throws: ClockRuleError.movesWithoutCivilDays(code)) { try ClockRule(code, hour, movesOffClosedDaysOf: my) }
        #expect(throws: ClockRuleError.pauseCapOnGross(code)) { try ClockRule(code, hour, pauseTotalMax: .hours(1)) }
        #expect(throws: ClockRuleError.negativeCap(code)) { try ClockRule(code, hour, kind: .net, pauseTotalMax: .hours(-1)) }
        #expect(throws: ClockRuleError.negativeCap(code)) { try ClockRule(code, hour, extensionsMax: -1) }
        #expect(ClockRuleError.zoneMissing(code, .calendarDays(30)).description == "the clock X counts 30 CD and must name the time zone they are counted in")
    }

    @Test("Days end at the end of the day, and stopwatches when they end")
    func natural() throws {
        #expect(try ClockRule(clockCode("X"), .businessDays(2, calendarName("MY"))).ends == .endOfDay)
        #expect(try ClockRule(clockCode("X"), .elapsed(.hours(1))).ends == .sameTime)
    }

    @Test("is the same after it was stored and read, and refused when it makes no sense")
    func codable() throws {
        let rule = try ClockRule(
            clockCode("MICA-71-FINAL"), .months(2), zone: zoneName("Europe/Berlin"), movesOffClosedDaysOf: calendarName("EU"), extensionsMax: 1,
            source: "MiCA Art. 71", confidence: .high)
        let data = try JSONEncoder().encode(rule)
        #expect(try JSONDecoder().decode(ClockRule.self, from: data) == rule)
        let broken = String(decoding: data, as: UTF8.self).replacingOccurrences(of: "\"2 M\"", with: "\"2 h\"")
        #expect(broken.contains("2 h"))
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(ClockRule.self, from: Data(broken.utf8)) }
    }
}
