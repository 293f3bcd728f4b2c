import Chronicle

public enum CalendarKind: Coded { public static let noun = "calendar" }
/// The name of a business calendar in the pack: `MY`, `desk-kl`.
public typealias CalendarName = Code<CalendarKind>

/// A day off with its name, as it is said in explanations and letters.
public struct Holiday: Hashable, Sendable, Codable {
    public let date: CivilDate
    public let name: String

    public init(_ date: CivilDate, _ name: String) {
        (self.date, self.name) = (date, name)
    }
}

/// A day whose hours are not those of its weekday: a working Saturday, a short New Year's Eve. It wins over a holiday on the same date.
public struct ExceptionalDay: Hashable, Sendable, Codable {
    public let date: CivilDate
    /// None closes the day.
    public let hours: [OpeningHours]
    public let name: String

    public init(_ date: CivilDate, hours: [OpeningHours], _ name: String) {
        (self.date, self.hours, self.name) = (date, hours, name)
    }
}

/// A business calendar as it is written in the pack: when work is done, week by week, and on which days it is not.
///
/// The horizon states for which dates the holidays are known. A question beyond it is refused and never guessed: a calendar
/// without next year's holidays would promise deadlines that are too early.
public struct Timetable: Hashable, Sendable, Codable {
    public var name: CalendarName
    /// As it is said in a sentence: `Malaysia`.
    public var title: String
    public var zone: ZoneName
    public var week: WeeklyHours
    public var holidays: [Holiday]
    public var exceptions: [ExceptionalDay]
    /// First and last day known.
    public var from: CivilDate
    public var through: CivilDate
    /// When the desk's business date begins; midnight unless there are night shifts.
    public var dayStartsAt: TimeOfDay

    public init(
        name: CalendarName, title: String, zone: ZoneName, week: WeeklyHours, holidays: [Holiday] = [], exceptions: [ExceptionalDay] = [],
        from: CivilDate, through: CivilDate, dayStartsAt: TimeOfDay = .midnight
    ) {
        (self.name, self.title, self.zone, self.week) = (name, title, zone, week)
        (self.holidays, self.exceptions) = (holidays, exceptions)
        (self.from, self.through, self.dayStartsAt) = (from, through, dayStartsAt)
    }
}

/// Why a timetable is not a calendar.
public enum TimetableError: Error, Hashable, Sendable {
    case otherZone(CalendarName, wanted: ZoneName, given: ZoneName)
    case endsBeforeItBegins(CalendarName, from: CivilDate, through: CivilDate)
    case horizonTooLong(CalendarName, years: Int)
    case twoExceptions(CalendarName, CivilDate)
    case neverOpen(CalendarName)
}

extension TimetableError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .otherZone(let name, let wanted, let given): "the calendar \(name) is kept in \(wanted), but was given the zone \(given)"
        case .endsBeforeItBegins(let name, let from, let through): "the calendar \(name) ends on \(through), before it begins on \(from)"
        case .horizonTooLong(let name, let years): "the calendar \(name) covers \(years) years; at most \(BusinessCalendar.yearsMax) are kept"
        case .twoExceptions(let name, let date): "the calendar \(name) states the hours of \(date) twice"
        case .neverOpen(let name): "the calendar \(name) has no working hours at all"
        }
    }
}
