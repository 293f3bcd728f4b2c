import Chronicle

/// What a calendar and a clock on the wall show together. Not an instant: for that it needs a zone.
public struct LocalTime: Hashable, Comparable, Sendable, Codable {
    public let date: CivilDate
    /// 0…86,399,999
    public let millisecondOfDay: Int

    public init(date: CivilDate, millisecondOfDay: Int) {
        self.date = date
        self.millisecondOfDay = millisecondOfDay
    }

    public var weekday: Weekday { Weekday(of: date) }
    public var secondOfDay: Int { millisecondOfDay / 1_000 }

    public static func < (a: LocalTime, b: LocalTime) -> Bool { (a.date, a.millisecondOfDay) < (b.date, b.millisecondOfDay) }
}

extension LocalTime: CustomStringConvertible {
    /// `3 Mar 2026 10:00`; seconds only when there are any.
    public var description: String { "\(date.spoken) \(TimeOfDay.text(secondOfDay))" }

    /// The same for an end: midnight is 24:00 of the day that ends, as a deadline is said.
    public var asEnd: String {
        millisecondOfDay == 0 ? "\(date.adding(days: -1).spoken) 24:00" : description
    }
}

extension CivilDate {
    /// `3 Mar 2026`, for sentences; the stored form is `2026-03-03`.
    public var spoken: String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(day) \(months[month - 1]) \(year)"
    }
}
