import Chronicle

/// One stretch of working hours, `09:00-18:00`, by the wall clock of the calendar's zone.
///
/// Closing at or before opening means the next day: `22:00-06:00` is a night shift, `08:00-08:00` is 24 hours. The stretch belongs to the day
/// on which it opens, so a holiday closes the shift that starts on it and not the one that ends on it.
public struct OpeningHours: Hashable, Sendable {
    public let opens: TimeOfDay
    public let closes: TimeOfDay

    public init(opens: TimeOfDay, closes: TimeOfDay) {
        (self.opens, self.closes) = (opens, closes)
    }

    public static let wholeDay = OpeningHours(opens: .midnight, closes: .endOfDay)

    public var crossesMidnight: Bool { closes <= opens }
}

extension OpeningHours: CustomStringConvertible, LosslessStringConvertible {
    public var description: String { "\(opens)-\(closes)" }

    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let opens = TimeOfDay(String(parts[0])), let closes = TimeOfDay(String(parts[1])), opens < .endOfDay
        else { return nil }
        self.init(opens: opens, closes: closes)
    }
}

extension OpeningHours: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let hours = OpeningHours(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(text)” is not working hours (HH:MM-HH:MM)")
        }
        self = hours
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// Working hours of a week: for each weekday any number of stretches; none on a day off.
public struct WeeklyHours: Hashable, Sendable {
    private var days: [[OpeningHours]]

    public init(_ days: [Weekday: [OpeningHours]]) {
        self.days = Weekday.allCases.map { days[$0] ?? [] }
    }

    /// The same hours Monday to Friday.
    public static func mondayToFriday(_ hours: OpeningHours...) -> WeeklyHours {
        WeeklyHours([.monday: hours, .tuesday: hours, .wednesday: hours, .thursday: hours, .friday: hours])
    }

    /// Open at all times.
    public static let aroundTheClock = WeeklyHours(Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [.wholeDay]) }))

    public subscript(day: Weekday) -> [OpeningHours] { days[day.rawValue - 1] }
}

extension WeeklyHours: Codable {
    /// Seven lists, Monday first: the order is the same on every machine, which a dictionary's is not.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        days = try container.decode([[OpeningHours]].self)
        guard days.count == 7 else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a week has 7 days, not \(days.count)")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(days)
    }
}
