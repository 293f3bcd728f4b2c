import Chronicle

/// When in each year the clocks change: a day rule and a wall-clock time, as in a POSIX TZ string (`M3.2.0/2`).
///
/// The time is read on the clock that is being left, and may lie outside the day, −167…167 hours (RFC 8536 §3.3.1), so that
/// “Thursday before the last Sunday” can be written as hours before Sunday.
public struct ClockChange: Hashable, Sendable {
    public enum Day: Hashable, Sendable {
        /// `Mm.w.d`: weekday `d` (0 is Sunday) of week `w` (1…5, 5 is the last one) of month `m`.
        case weekday(month: Int, week: Int, weekday: Int)
        /// `Jn`: day `n` of the year, 1…365; 29 February is never counted, so `J60` is always 1 March.
        case julian(Int)
        /// `n`: day `n` of the year from zero, 0…365; 29 February is counted.
        case dayOfYear(Int)
    }

    public let day: Day
    public let secondsOfDay: Int

    static let hoursMax = 167

    /// The change in `year` as seconds of local wall-clock time since 1970-01-01T00:00.
    func localSecond(inYear year: Int) -> Int64 { Int64(dayNumber(inYear: year)) * 86_400 + Int64(secondsOfDay) }

    private func dayNumber(inYear year: Int) -> Int {
        switch day {
        case .weekday(let month, let week, let weekday):
            let first = Self.dayNumber(year, month)
            let firstWeekday = ((first + 4) % 7 + 7) % 7
            var day = (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
            if day >= CivilDate.days(inMonth: month, of: year) { day -= 7 }
            return first + day
        case .julian(let number):
            return Self.dayNumber(year, 1) + number - 1 + (number >= 60 && CivilDate.isLeap(year) ? 1 : 0)
        case .dayOfYear(let number):
            return Self.dayNumber(year, 1) + number
        }
    }

    private static func dayNumber(_ year: Int, _ month: Int) -> Int {
        CivilDate(year: year, month: month, day: 1)?.dayNumber ?? 0
    }
}

extension ClockChange: CustomStringConvertible {
    /// The rule as it is written in a TZ string: `M10.5.0/3`; the time is left out when it is 02:00.
    public var description: String {
        let text =
            switch day {
            case .weekday(let month, let week, let weekday): "M\(month).\(week).\(weekday)"
            case .julian(let number): "J\(number)"
            case .dayOfYear(let number): "\(number)"
            }
        return secondsOfDay == 7_200 ? text : text + "/" + posixHours(secondsOfDay)
    }
}

/// `-1`, `2:30`, `26`: hours, and minutes and seconds when there are any.
func posixHours(_ seconds: Int) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let size = abs(seconds)
    var text = (seconds < 0 ? "-" : "") + String(size / 3_600)
    if size % 3_600 != 0 { text += ":" + two(size / 60 % 60) }
    if size % 60 != 0 { text += ":" + two(size % 60) }
    return text
}
