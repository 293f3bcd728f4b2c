import Chronicle
import Testing
import Timekeeping

/// The instant of an ISO 8601 text.
func at(_ text: String) throws -> Instant { try #require(Instant(text), "“\(text)” is no instant") }
func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text), "“\(text)” is no date") }
func calendarName(_ text: String) throws -> CalendarName { try #require(CalendarName(text)) }
func zoneName(_ text: String) throws -> ZoneName { try #require(ZoneName(text)) }
func clockCode(_ text: String) throws -> ClockCode { try #require(ClockCode(text)) }
func hours(_ text: String) throws -> OpeningHours { try #require(OpeningHours(text), "“\(text)” is no hours") }
func measure(_ text: String) throws -> Measure { try #require(Measure(text), "“\(text)” is no measure") }

func zone(_ name: String, _ rule: String) throws -> Zone {
    Zone(try zoneName(name), rule: try ZoneRule(parsing: rule))
}

enum Sample {
    static func kualaLumpur() throws -> Zone { try zone("Asia/Kuala_Lumpur", "<+08>-8") }
    static func newYork() throws -> Zone { try zone("America/New_York", "EST5EDT,M3.2.0,M11.1.0") }
    static func berlin() throws -> Zone { try zone("Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3") }

    /// Monday to Friday 09:00–18:00 in Kuala Lumpur, 2026 and 2027, with a few of the holidays.
    static func malaysia() throws -> BusinessCalendar {
        let timetable = Timetable(
            name: try calendarName("MY"), title: "Malaysia", zone: try zoneName("Asia/Kuala_Lumpur"),
            week: .mondayToFriday(try hours("09:00-18:00")),
            holidays: [
                Holiday(try day("2026-03-20"), "Hari Raya Aidilfitri"), Holiday(try day("2026-03-21"), "Hari Raya Aidilfitri (second day)"),
                Holiday(try day("2026-05-01"), "Labour Day"), Holiday(try day("2026-08-31"), "National Day"),
            ],
            from: try day("2026-01-01"), through: try day("2027-12-31"))
        return try BusinessCalendar(timetable, in: kualaLumpur())
    }

    /// A desk that works nights: 22:00–06:00 from Monday to Friday evening; its date changes at 12:00.
    static func nightDesk(in zone: Zone) throws -> BusinessCalendar {
        let night = try hours("22:00-06:00")
        let timetable = Timetable(
            name: try calendarName("night"), title: "the night desk", zone: zone.name, week: .mondayToFriday(night),
            from: try day("2026-01-01"), through: try day("2026-12-31"), dayStartsAt: try #require(TimeOfDay("12:00")))
        return try BusinessCalendar(timetable, in: zone)
    }

    static func calendars() throws -> Calendars {
        Calendars(zones: [try newYork(), try berlin()], business: [try malaysia()])
    }
}
