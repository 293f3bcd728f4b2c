import Chronicle

/// A day as the CFPB writes it, with the instant it stands for.
///
/// The bureau publishes days; where an export shows a time it is always `T12:00:00-05:00`, noon in Washington in winter time. So a day
/// without a time is taken as the same instant, 17:00 UTC, and one complaint read from two exports opens at one instant.
public struct CFPBDay: Hashable, Sendable {
    public let date: CivilDate
    public let instant: Instant

    /// Noon of `date`, five hours west of Greenwich.
    public init(_ date: CivilDate) {
        self.date = date
        instant = Instant(seconds: Int64(date.dayNumber) * 86_400 + 17 * 3_600)
    }

    /// Reads `2023-08-25`, `8/30/2013` (month first) and `2023-06-05T12:00:00-05:00`; `nil` for anything else.
    public init?(_ text: String) {
        if text.utf8.count > 10, text.utf8.dropFirst(10).first == UInt8(ascii: "T") {
            guard let instant = Instant(text), let date = CivilDate(String(text.prefix(10))) else { return nil }
            self.init(date: date, instant: instant)
        } else if let date = CivilDate(text) ?? CFPBDay.monthFirst(text) {
            self.init(date)
        } else {
            return nil
        }
    }

    private init(date: CivilDate, instant: Instant) {
        self.date = date
        self.instant = instant
    }

    private static func monthFirst(_ text: String) -> CivilDate? {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 3, 1...2 ~= parts[0].count, 1...2 ~= parts[1].count, parts[2].count == 4,
            let month = digits(parts[0]), let day = digits(parts[1]), let year = digits(parts[2])
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }
}

/// A whole number of nothing but digits, at most nine of them; `nil` for anything else, a sign included.
func digits(_ text: some Collection<UInt8>) -> Int? {
    guard 1...9 ~= text.count else { return nil }
    var value = 0
    for digit in text {
        guard 48...57 ~= digit else { return nil }
        value = value * 10 + Int(digit - 48)
    }
    return value
}
