import Chronicle

/// How long a clock runs, in the unit its rule is written in. A month is not 30 days and a business day is not 24 hours, so each stays what it is
/// until a start and a calendar turn it into an instant.
public enum Measure: Hashable, Sendable {
    /// Time as a stopwatch shows it, day and night.
    case elapsed(Span)
    /// Only the working hours of a calendar count.
    case workingTime(Span, CalendarName)
    /// Days of the civil calendar; the day of the start is day 0. Negative counts back (“5 days before the network's deadline”).
    case calendarDays(Int)
    case weeks(Int)
    /// The same day of a later month, or its last day.
    case months(Int)
    case businessDays(Int, CalendarName)

    /// No rule runs for longer than this; a longer one is a slip of the pen.
    public static let yearsMax = 100

    /// Is it within `yearsMax`, and not a stopwatch running backwards?
    public var isWithinLimits: Bool {
        switch self {
        case .elapsed(let span), .workingTime(let span, _): .zero <= span && span <= .days(Int64(Measure.yearsMax) * 365)
        case .calendarDays(let count), .businessDays(let count, _): count.magnitude <= Measure.yearsMax * 365
        case .weeks(let count): count.magnitude <= Measure.yearsMax * 52
        case .months(let count): count.magnitude <= Measure.yearsMax * 12
        }
    }

    /// The calendar it counts by, where it needs one.
    public var calendar: CalendarName? {
        switch self {
        case .workingTime(_, let name), .businessDays(_, let name): name
        case .elapsed, .calendarDays, .weeks, .months: nil
        }
    }

    /// Does it count whole days, so that it ends at a moment of a day?
    public var countsDays: Bool {
        switch self {
        case .elapsed, .workingTime: false
        case .calendarDays, .weeks, .months, .businessDays: true
        }
    }

    /// Days need a zone to be counted in; a business calendar brings its own.
    var needsZone: Bool { countsDays && calendar == nil }

    /// What durations under this measure are counted in.
    public var basis: TimeBasis {
        if case .workingTime(_, let name) = self { return .working(name) }
        return .clock
    }
}

extension Measure {
    /// As it is said: `10 business days of Malaysia`. `title` gives a calendar its spoken name.
    public func phrase(_ title: (CalendarName) -> String = \.text) -> String {
        func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count.magnitude == 1 ? "" : "s")" }
        return switch self {
        case .elapsed(let span): MeasureText.exact(span)
        case .workingTime(let span, let name): "\(MeasureText.exact(span)) of working time of \(title(name))"
        case .calendarDays(let count): counted(count, "calendar day")
        case .weeks(let count): counted(count, "week")
        case .months(let count): counted(count, "month")
        case .businessDays(let count, let name): "\(counted(count, "business day")) of \(title(name))"
        }
    }
}
