import Chronicle

/// The zones and calendars of one policy pack, by name. A name that is not there is an error with a sentence, never a default.
public struct Calendars: Sendable, Equatable {
    public private(set) var zones: [ZoneName: Zone]
    public private(set) var business: [CalendarName: BusinessCalendar]

    /// Of two with one name the later one is kept; each calendar brings its zone with it.
    public init(zones: [Zone] = [], business: [BusinessCalendar] = []) {
        self.zones = [:]
        self.business = [:]
        for calendar in business {
            self.business[calendar.name] = calendar
            self.zones[calendar.zone.name] = calendar.zone
        }
        for zone in zones { self.zones[zone.name] = zone }
    }

    public func zone(_ name: ZoneName) throws(CalendarError) -> Zone {
        guard let zone = zones[name] else { throw .noSuchZone(name) }
        return zone
    }

    public func calendar(_ name: CalendarName) throws(CalendarError) -> BusinessCalendar {
        guard let calendar = business[name] else { throw .noSuchCalendar(name) }
        return calendar
    }
}
