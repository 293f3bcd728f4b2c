/// Reads the times that logs hold: ISO 8601 with or without zone, day- or month-first dates with points, strokes or slashes, seconds of 1970.
///
/// One pass over the bytes, no calendar behind it: days are counted by the proleptic Gregorian rule (ISO 8601 §4.2.1).
struct InstantReader: Sendable {
    /// Which comes first in a date like 03/04/2016.
    enum DateOrder: Hashable, Sendable { case dayFirst, monthFirst }

    /// What was read: microseconds since 1970, and whether the text said its offset from UTC itself.
    struct Reading: Hashable, Sendable {
        var microseconds: Int64
        var hasZone: Bool
    }

    var order = DateOrder.dayFirst
    /// East of UTC, for times that do not say their own.
    var offsetMinutes = 0

    /// `nil` when it is no time.
    @inline(__always)
    func read(_ text: UnsafeBufferPointer<UInt8>) -> Reading? {
        var cursor = Cursor(text: text)
        cursor.skipBlanks()
        guard let day = date(&cursor) else { return nil }
        switch day {
        case .instant(let microseconds): return Reading(microseconds: microseconds, hasZone: true)
        case .day(let number):
            guard let time = timeOfDay(&cursor) else { return nil }
            let local = Int64(number) * 86_400_000_000 + time
            guard let zone = zone(&cursor), cursor.isAtEnd else { return nil }
            return Reading(microseconds: local - Int64(zone.minutes) * 60_000_000, hasZone: zone.isSaid)
        }
    }

    private enum Beginning { case instant(Int64), day(Int) }

    @inline(__always)
    private func date(_ cursor: inout Cursor) -> Beginning? {
        guard let first = cursor.number(digitsMax: 16) else { return nil }
        if cursor.isAtEnd { return epoch(first) }
        guard let separator = cursor.byte, separator == hyphen || separator == slash || separator == point else { return nil }
        if separator == point, first.digits >= 9 {
            // Seconds of 1970 with a fraction.
            cursor.index += 1
            guard let fraction = cursor.fraction(), cursor.isAtEnd else { return nil }
            return .instant(Int64(first.value) * 1_000_000 + fraction)
        }
        cursor.index += 1
        guard let second = cursor.number(digitsMax: 2), cursor.byte == separator else { return nil }
        cursor.index += 1
        guard let third = cursor.number(digitsMax: 4) else { return nil }
        let (year, month, day): (Int, Int, Int)
        if first.digits == 4 {
            (year, month, day) = (first.value, second.value, third.value)
            guard third.digits <= 2 else { return nil }
        } else {
            guard first.digits <= 2, third.digits == 4 || third.digits == 2 else { return nil }
            year = third.digits == 4 ? third.value : third.value + (third.value < 70 ? 2_000 : 1_900)
            (month, day) = order == .dayFirst ? (second.value, first.value) : (first.value, second.value)
        }
        guard let number = InstantReader.dayNumber(year, month, day) else { return nil }
        return .day(number)
    }

    /// 9 to 11 digits are seconds, 12 to 14 milliseconds, 15 and 16 microseconds. Fewer are no time but a number.
    private func epoch(_ number: (value: Int, digits: Int)) -> Beginning? {
        switch number.digits {
        case 9...11: .instant(Int64(number.value) * 1_000_000)
        case 12...14: .instant(Int64(number.value) * 1_000)
        case 15...16: .instant(Int64(number.value))
        default: nil
        }
    }

    @inline(__always)
    private func timeOfDay(_ cursor: inout Cursor) -> Int64? {
        guard let separator = cursor.byte else { return 0 }
        guard separator == blank || separator == UInt8(ascii: "T") || separator == UInt8(ascii: "t") || separator == colon else {
            // A date with a zone, and nothing else.
            return separator == UInt8(ascii: "Z") || separator == UInt8(ascii: "+") ? 0 : nil
        }
        cursor.index += 1
        cursor.skipBlanks()
        if cursor.isAtEnd { return separator == blank ? 0 : nil }
        guard var hour = cursor.number(digitsMax: 2)?.value, let mark = cursor.byte, mark == colon || mark == point else { return nil }
        cursor.index += 1
        guard let minute = cursor.number(digitsMax: 2)?.value else { return nil }
        var (second, fraction) = (0, Int64(0))
        if cursor.byte == mark {
            cursor.index += 1
            guard let value = cursor.number(digitsMax: 2)?.value else { return nil }
            second = value
            if cursor.byte == point || cursor.byte == comma {
                cursor.index += 1
                guard let value = cursor.fraction() else { return nil }
                fraction = value
            }
        }
        if let half = cursor.halfOfDay() {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + half
        }
        // 24:00 is the end of the day, and a leap second the second after the last one.
        guard hour < 24 || (hour == 24 && minute == 0 && second == 0), minute < 60, second <= 60 else { return nil }
        return Int64(hour * 3_600 + minute * 60 + second) * 1_000_000 + fraction
    }

    @inline(__always)
    private func zone(_ cursor: inout Cursor) -> (minutes: Int, isSaid: Bool)? {
        cursor.skipBlanks()
        guard let byte = cursor.byte else { return (offsetMinutes, false) }
        if byte == UInt8(ascii: "Z") || byte == UInt8(ascii: "z") {
            cursor.index += 1
            return (0, true)
        }
        if cursor.take("UTC") || cursor.take("GMT") {
            guard let byte = cursor.byte else { return (0, true) }
            guard byte == UInt8(ascii: "+") || byte == hyphen else { return nil }
        }
        guard let sign = cursor.byte, sign == UInt8(ascii: "+") || sign == hyphen else { return nil }
        cursor.index += 1
        guard let first = cursor.number(digitsMax: 4) else { return nil }
        var minutes: Int
        if first.digits > 2 {
            minutes = first.value / 100 * 60 + first.value % 100
        } else {
            minutes = first.value * 60
            if cursor.byte == colon {
                cursor.index += 1
                guard let more = cursor.number(digitsMax: 2) else { return nil }
                minutes += more.value
            }
        }
        guard minutes <= 18 * 60 else { return nil }
        return (sign == hyphen ? -minutes : minutes, true)
    }

    /// Days since 1970-01-01; `nil` when there is no such day.
    static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int? {
        guard (1...12).contains(month), day >= 1, year >= 1, year <= 9_999 else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        guard day <= (month == 2 ? (isLeap ? 29 : 28) : (month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31)) else { return nil }
        // Years that begin in March, so that the leap day is their last (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

/// A place in the bytes of one time.
private struct Cursor {
    let text: UnsafeBufferPointer<UInt8>
    var index = 0

    init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

    @inline(__always) var isAtEnd: Bool { index >= text.count }
    @inline(__always) var byte: UInt8? { index < text.count ? text[index] : nil }

    @inline(__always)
    mutating func skipBlanks() {
        while index < text.count, text[index] == blank { index += 1 }
    }

    @inline(__always)
    mutating func number(digitsMax: Int) -> (value: Int, digits: Int)? {
        let start = index
        var value = 0
        while index < text.count, index - start < digitsMax {
            let digit = text[index] &- 48
            guard digit < 10 else { break }
            value = value &* 10 &+ Int(digit)
            index += 1
        }
        return index > start ? (value, index - start) : nil
    }

    /// The digits behind a point, as microseconds; what is finer is cut off.
    @inline(__always)
    mutating func fraction() -> Int64? {
        let start = index
        var (value, unit) = (Int64(0), Int64(100_000))
        while index < text.count {
            let digit = text[index] &- 48
            guard digit < 10 else { break }
            value &+= Int64(digit) &* unit
            unit /= 10
            index += 1
        }
        return index > start ? value : nil
    }

    /// 0 for AM, 12 for PM.
    @inline(__always)
    mutating func halfOfDay() -> Int? {
        let before = index
        skipBlanks()
        guard index + 1 < text.count, text[index + 1] | 0x20 == UInt8(ascii: "m") else {
            index = before
            return nil
        }
        switch text[index] | 0x20 {
        case UInt8(ascii: "a"):
            index += 2
            return 0
        case UInt8(ascii: "p"):
            index += 2
            return 12
        default:
            index = before
            return nil
        }
    }

    @inline(__always)
    mutating func take(_ word: StaticString) -> Bool {
        guard index + word.utf8CodeUnitCount <= text.count else { return false }
        for offset in 0..<word.utf8CodeUnitCount where text[index + offset] != word.utf8Start[offset] { return false }
        index += word.utf8CodeUnitCount
        return true
    }
}

private let hyphen = UInt8(ascii: "-")
private let slash = UInt8(ascii: "/")
private let point = UInt8(ascii: ".")
private let comma = UInt8(ascii: ",")
private let colon = UInt8(ascii: ":")
private let blank = UInt8(ascii: " ")
