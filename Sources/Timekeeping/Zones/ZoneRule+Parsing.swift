/// Why a text is not a TZ string: what was expected, and after how many characters.
public struct ZoneRuleError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Expectation: Hashable, Sendable {
        case name, offset, offsetInRange, comma, daylightRule, month, week, weekday, julianDay, dayOfYear, point, time, timeInRange, end
    }

    public let text: String
    /// Bytes read before the fault.
    public let position: Int
    public let expected: Expectation

    public var description: String {
        let wanted =
            switch expected {
            case .name: "a name of three or more letters, or one in angle brackets"
            case .offset: "an offset like 5, -8 or -5:30"
            case .offsetInRange: "an offset of at most 24 hours"
            case .comma: "a comma and the day daylight time ends"
            case .daylightRule: "the days daylight time starts and ends (there is no default)"
            case .month: "a month 1 to 12"
            case .week: "a week 1 to 5"
            case .weekday: "a weekday 0 (Sunday) to 6"
            case .julianDay: "a day J1 to J365"
            case .dayOfYear: "a day 0 to 365"
            case .point: "a point"
            case .time: "a time like 2, 2:30 or -1"
            case .timeInRange: "a time between -167 and 167 hours"
            case .end: "the end of the rule"
            }
        return "“\(text)” is not a time zone rule: \(wanted) is expected after \(position) characters"
    }
}

extension ZoneRule {
    /// Reads a TZ string. Daylight time without its two days is refused: POSIX leaves their default to the machine, and a case must
    /// not depend on the machine.
    public init(parsing text: String) throws(ZoneRuleError) {
        var reader = Reader(text)
        let standard = Time(name: try reader.name(), offsetSeconds: try reader.offset())
        guard !reader.isAtEnd else {
            self.init(standard: standard, daylight: nil)
            return
        }
        let daylightName = try reader.name()
        let daylightOffset = reader.isAtEnd || reader.sees(",") ? standard.offsetSeconds + 3_600 : try reader.offset()
        guard reader.takes(",") else { throw reader.fault(.daylightRule) }
        let starts = try reader.change()
        guard reader.takes(",") else { throw reader.fault(.comma) }
        let ends = try reader.change()
        guard reader.isAtEnd else { throw reader.fault(.end) }
        let daylight = Daylight(time: Time(name: daylightName, offsetSeconds: daylightOffset), starts: starts, ends: ends)
        self.init(standard: standard, daylight: daylight)
    }
}

/// Takes a TZ string apart from left to right.
private struct Reader {
    private let text: String
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { position == bytes.count }

    func fault(_ expected: ZoneRuleError.Expectation) -> ZoneRuleError {
        ZoneRuleError(text: text, position: position, expected: expected)
    }

    func sees(_ character: Unicode.Scalar) -> Bool { position < bytes.count && bytes[position] == UInt8(ascii: character) }

    mutating func takes(_ character: Unicode.Scalar) -> Bool {
        guard sees(character) else { return false }
        position += 1
        return true
    }

    mutating func name() throws(ZoneRuleError) -> String {
        let quoted = takes("<")
        let start = position
        while position < bytes.count, isPartOfName(bytes[position], quoted: quoted) { position += 1 }
        let name = bytes[start..<position]
        guard name.count >= 3 else { throw fault(.name) }
        if quoted { guard takes(">") else { throw fault(.name) } }
        return String(decoding: name, as: UTF8.self)
    }

    private func isPartOfName(_ byte: UInt8, quoted: Bool) -> Bool {
        switch byte {
        case 65...90, 97...122: true
        case 48...57, 43, 45: quoted
        default: false
        }
    }

    /// Seconds east of UTC; the text counts westwards.
    mutating func offset() throws(ZoneRuleError) -> Int {
        guard let seconds = signedTime() else { throw fault(.offset) }
        guard abs(seconds) <= ZoneRule.offsetHoursMax * 3_600 else { throw fault(.offsetInRange) }
        return -seconds
    }

    mutating func change() throws(ZoneRuleError) -> ClockChange {
        let day = try day()
        guard takes("/") else { return ClockChange(day: day, secondsOfDay: 7_200) }
        guard let seconds = signedTime() else { throw fault(.time) }
        guard abs(seconds) < (ClockChange.hoursMax + 1) * 3_600 else { throw fault(.timeInRange) }
        return ClockChange(day: day, secondsOfDay: seconds)
    }

    private mutating func day() throws(ZoneRuleError) -> ClockChange.Day {
        if takes("M") {
            guard let month = number(1...12) else { throw fault(.month) }
            guard takes(".") else { throw fault(.point) }
            guard let week = number(1...5) else { throw fault(.week) }
            guard takes(".") else { throw fault(.point) }
            guard let weekday = number(0...6) else { throw fault(.weekday) }
            return .weekday(month: month, week: week, weekday: weekday)
        }
        if takes("J") {
            guard let day = number(1...365) else { throw fault(.julianDay) }
            return .julian(day)
        }
        guard let day = number(0...365) else { throw fault(.dayOfYear) }
        return .dayOfYear(day)
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    private mutating func signedTime() -> Int? {
        let negative = takes("-")
        if !negative { _ = takes("+") }
        guard let hours = number(0...999) else { return nil }
        var seconds = hours * 3_600
        if takes(":") {
            guard let minutes = number(0...59) else { return nil }
            seconds += minutes * 60
            if takes(":") {
                guard let rest = number(0...59) else { return nil }
                seconds += rest
            }
        }
        return negative ? -seconds : seconds
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int? {
        var value = 0
        let start = position
        while position < bytes.count, 48...57 ~= bytes[position], position - start < 3 {
            value = value * 10 + Int(bytes[position] - 48)
            position += 1
        }
        return position > start && range ~= value ? value : nil
    }
}
