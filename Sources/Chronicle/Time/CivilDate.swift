/// A day of the proleptic Gregorian calendar, without a zone.
///
/// The conversion to and from day numbers is Howard Hinnant's `days_from_civil` (public domain, 2013), exact for every year of `Int32`.
public struct CivilDate: Hashable, Comparable, Sendable {
    public let year: Int
    /// 1…12
    public let month: Int
    /// 1…31
    public let day: Int

    /// `nil` when there is no such day (30 February, month 13).
    public init?(year: Int, month: Int, day: Int) {
        guard 1...12 ~= month, 1...CivilDate.days(inMonth: month, of: year) ~= day else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// The day `dayNumber` days after 1970-01-01.
    public init(dayNumber: Int) {
        let shifted = dayNumber + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Days after 1970-01-01.
    public var dayNumber: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    public static func < (a: CivilDate, b: CivilDate) -> Bool { a.dayNumber < b.dayNumber }

    public static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    public static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    public func adding(days: Int) -> CivilDate { CivilDate(dayNumber: dayNumber + days) }

    /// The same day `months` later; the last day of the month when there is no such day (31 January + 1 month = 28 or 29 February).
    public func adding(months: Int) -> CivilDate {
        let index = year * 12 + month - 1 + months
        let (newYear, newMonth) = (Int(Int64(index).flooredDivision(by: 12)), index - Int(Int64(index).flooredDivision(by: 12)) * 12 + 1)
        let newDay = min(day, CivilDate.days(inMonth: newMonth, of: newYear))
        return CivilDate(year: newYear, month: newMonth, day: newDay) ?? self
    }
}

extension CivilDate: CustomStringConvertible, LosslessStringConvertible {
    /// `2026-11-22`
    public var description: String {
        func padded(_ value: Int, _ width: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// Reads `YYYY-MM-DD`, digits only.
    public init?(_ text: String) {
        var text = text
        guard let date = text.withUTF8({ CivilDate(utf8: $0) }) else { return nil }
        self = date
    }
}

extension CivilDate: LedgerScalar {
    package static var scalarNoun: String { "a date (YYYY-MM-DD)" }

    package init?(utf8: UnsafeBufferPointer<UInt8>) {
        guard utf8.count == 10, utf8[4] == UInt8(ascii: "-"), utf8[7] == UInt8(ascii: "-") else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            var value = 0
            for digit in utf8[range] {
                guard 48...57 ~= digit else { return nil }
                value = value * 10 + Int(digit - 48)
            }
            return value
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
        self.init(year: year, month: month, day: day)
    }

    package func withTextForm(_ body: (UnsafeBufferPointer<UInt8>) throws -> Void) rethrows {
        var text = description
        try text.withUTF8(body)
    }

    public init(from decoder: any Decoder) throws { self = try .reading(decoder) }
    public func encode(to encoder: any Encoder) throws { try writing(to: encoder) }
}
