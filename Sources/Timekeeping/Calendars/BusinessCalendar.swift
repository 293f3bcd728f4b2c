import Chronicle

/// A timetable made ready for use: its working hours as sorted stretches of UTC with running totals, and its business days counted.
///
/// Every question is one table look-up and a search among a few neighbours, whatever the length of the horizon; nothing is
/// allocated. Questions beyond the horizon throw `CalendarError.beyondHorizon`.
public struct BusinessCalendar: Sendable {
    public var timetable: Timetable { plan.timetable }
    public var name: CalendarName { plan.timetable.name }
    public var zone: Zone { plan.zone }
    /// First instant known, and the first one not known any more.
    public var horizon: Range<Instant> { plan.begins..<plan.ends }

    public static let yearsMax = 200

    let plan: CompiledTimetable

    /// Refuses a timetable kept in another zone, with a horizon turned round or too long, or without working hours.
    public init(_ timetable: Timetable, in zone: Zone) throws(TimetableError) {
        plan = try CompiledTimetable(timetable, zone)
    }
}

extension BusinessCalendar: Equatable {
    public static func == (a: BusinessCalendar, b: BusinessCalendar) -> Bool {
        a.plan === b.plan || (a.timetable == b.timetable && a.zone == b.zone)
    }
}

/// Why a calendar gives no answer.
public enum CalendarError: Error, Hashable, Sendable {
    /// The instant, or the answer, lies where the calendar's holidays are not known.
    case beyondHorizon(CalendarName, from: CivilDate, through: CivilDate)
    case negativeWorkingTime(Span)
    case noSuchCalendar(CalendarName)
    case noSuchZone(ZoneName)
    /// A rule counts days of a zone and names none.
    case zoneMissing(ClockCode)
}

extension CalendarError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .beyondHorizon(let name, let from, let through): "the calendar \(name) is known from \(from) through \(through), and the answer lies outside"
        case .negativeWorkingTime(let span): "working time is added forwards, and \(span) is negative"
        case .noSuchCalendar(let name): "the pack has no calendar \(name)"
        case .noSuchZone(let name): "the pack has no time zone \(name)"
        case .zoneMissing(let clock): "the clock \(clock) counts days and names no time zone to count them in"
        }
    }
}
