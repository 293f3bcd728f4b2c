import Chronicle
import Foundation
import TestKit
import Testing
import Timekeeping

@Suite("A zone")
struct ZoneTests {
    @Test("A list of eras that leaves an instant without a rule, or in two, is refused")
    func badEras() throws {
        let name = try zoneName("X")
        let rule = try ZoneRule(parsing: "UTC0")
        let (early, late) = (try at("2020-01-01T00:00:00Z"), try at("2021-01-01T00:00:00Z"))
        #expect(throws: ZoneError.noEra(name)) { try Zone(name, eras: []) }
        #expect(throws: ZoneError.firstEraHasBeginning(name)) { try Zone(name, eras: [ZoneEra(from: early, rule: rule)]) }
        #expect(throws: ZoneError.eraWithoutBeginning(name)) { try Zone(name, eras: [ZoneEra(from: nil, rule: rule), ZoneEra(from: nil, rule: rule)]) }
        let turned = [ZoneEra(from: nil, rule: rule), ZoneEra(from: late, rule: rule), ZoneEra(from: early, rule: rule)]
        #expect(throws: ZoneError.erasOutOfOrder(name, late, early)) { try Zone(name, eras: turned) }
    }

    @Test(
        "A time the clock skips is moved forward, of a time that comes twice the first is meant",
        arguments: [
            ("2026-03-29", "01:59", "2026-03-29T00:59:00Z"),
            ("2026-03-29", "02:00", "2026-03-29T01:00:00Z"),  // gap: 03:00 summer time
            ("2026-03-29", "02:30", "2026-03-29T01:30:00Z"),  // gap: 03:30
            ("2026-03-29", "03:30", "2026-03-29T01:30:00Z"),
            ("2026-10-25", "01:59", "2026-10-24T23:59:00Z"),
            ("2026-10-25", "02:00", "2026-10-25T00:00:00Z"),  // twice
            ("2026-10-25", "02:59", "2026-10-25T00:59:00Z"),  // twice
            ("2026-10-25", "03:00", "2026-10-25T02:00:00Z"),
            ("2026-12-31", "24:00", "2026-12-31T23:00:00Z"),
            ("2105-07-01", "12:00", "2105-07-01T10:00:00Z"),  // beyond the table
            ("2105-03-29", "02:30", "2105-03-29T01:30:00Z"),  // a gap beyond the table
            ("2105-10-25", "02:30", "2105-10-25T00:30:00Z"),  // twice beyond the table
            ("1969-07-01", "12:00", "1969-07-01T10:00:00Z"),
        ])
    func gapsAndOverlaps(date: String, time: String, instant: String) throws {
        let time = try #require(TimeOfDay(time))
        #expect(try Sample.berlin().instant(of: day(date), secondsOfDay: time.secondsOfDay) == at(instant))
    }

    @Test(
        "A clock change day has 23 or 25 hours",
        arguments: [
            ("2026-03-28", 24), ("2026-03-29", 23), ("2026-03-30", 24), ("2026-10-24", 24), ("2026-10-25", 25), ("2026-10-26", 24),
        ])
    func lengthOfDay(date: String, hoursExpected: Int64) throws {
        #expect(try Sample.berlin().length(of: day(date)) == .hours(hoursExpected))
    }

    @Test("A day that a place skipped has no length, and its times lie in the next day")
    func skippedDay() throws {
        // Samoa went from the east of the date line to the west of it at the end of 29 December 2011 (IANA tz, australasia).
        let apia = try Zone(
            zoneName("Pacific/Apia"),
            eras: [
                ZoneEra(from: nil, rule: try ZoneRule(parsing: "<-10>10")),
                ZoneEra(from: try at("2011-12-30T10:00:00Z"), rule: try ZoneRule(parsing: "<+14>-14")),
            ])
        #expect(try apia.length(of: day("2011-12-30")) == .zero)
        #expect(try apia.length(of: day("2011-12-29")) == .hours(24))
        #expect(try apia.local(apia.instant(of: day("2011-12-30"), secondsOfDay: 43_200)).description == "31 Dec 2011 12:00")
    }

    @Test("A day whose midnight is skipped starts at one")
    func skippedMidnight() throws {
        let saoPaulo = try zone("America/Sao_Paulo", "<-03>3<-02>,M10.3.0/0,M2.3.0/0")
        #expect(try saoPaulo.start(of: day("2017-10-15")) == at("2017-10-15T03:00:00Z"))
        #expect(try saoPaulo.local(at("2017-10-15T03:00:00Z")).description == "15 Oct 2017 01:00")
        #expect(try saoPaulo.length(of: day("2017-10-15")) == .hours(23))
        #expect(try saoPaulo.length(of: day("2018-02-17")) == .hours(25))
    }

    @Test("Local times lead back to their instant, the first of two", arguments: UInt64(1)...8)
    func localAndBack(seed: UInt64) throws {
        var random = Seeded(seed)
        for zone in [try Sample.kualaLumpur(), try Sample.newYork(), try Sample.berlin(), try zone("A/B", "<-03>3<-02>,M3.5.0/-2,M10.5.0/-1")] {
            for _ in 0..<500 {
                let instant = Instant(milliseconds: Int64.random(in: -1_000_000_000_000...6_000_000_000_000, using: &random))
                let local = zone.local(instant)
                let back = zone.instant(of: local)
                #expect(zone.local(back) == local, "seed \(seed), \(zone.name), \(instant)")
                #expect(back <= instant && instant - back <= .hours(1), "seed \(seed), \(zone.name), \(instant)")
            }
        }
    }

    @Test(
        "A night shift belongs to the business date of its start",
        arguments: [
            ("2026-03-03T14:00:00Z", "2026-03-03"),  // 22:00 in Kuala Lumpur, the shift begins
            ("2026-03-03T18:00:00Z", "2026-03-03"),  // 02:00 on the 4th by the calendar
            ("2026-03-03T21:59:59Z", "2026-03-03"),  // 05:59:59
            ("2026-03-03T22:00:00Z", "2026-03-04"),  // 06:00, the desk's new day
        ])
    func businessDate(instant: String, date: String) throws {
        let dayStartsAt = try #require(TimeOfDay("06:00"))
        #expect(try Sample.kualaLumpur().businessDate(at: at(instant), dayStartsAt: dayStartsAt) == day(date))
    }

    @Test("is the same after it was stored and read")
    func codable() throws {
        let zone = try Sample.berlin()
        let read = try JSONDecoder().decode(Zone.self, from: JSONEncoder().encode(zone))
        #expect(read == zone)
        #expect(read.offsetSeconds(at: try at("2026-07-01T00:00:00Z")) == 7_200)
        let headless = #"{"name":"X","eras":[]}"#
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Zone.self, from: Data(headless.utf8)) }
    }
}
