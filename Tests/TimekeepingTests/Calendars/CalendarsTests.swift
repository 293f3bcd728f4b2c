import Testing
import Timekeeping

@Suite("The calendars of a pack")
struct CalendarsTests {
    @Test("A name that is not there is an error with a sentence")
    func missing() throws {
        let calendars = try Sample.calendars()
        let (calendar, zone) = (try calendarName("SG"), try zoneName("Asia/Singapore"))
        #expect(throws: CalendarError.noSuchCalendar(calendar)) { try calendars.calendar(calendar) }
        #expect(throws: CalendarError.noSuchZone(zone)) { try calendars.zone(zone) }
        #expect(CalendarError.noSuchCalendar(calendar).description == "the pack has no calendar SG")
    }

    @Test("A calendar brings its zone with it")
    func zoneOfCalendar() throws {
        #expect(try Sample.calendars().zone(zoneName("Asia/Kuala_Lumpur")) == Sample.kualaLumpur())
    }
}
