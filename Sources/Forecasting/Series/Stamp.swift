import Chronicle

/// A moment as a table of readings writes it: what the clock on the wall showed and, where it is written, how far that clock was from UTC.
///
/// People call by their own clock, so a forecast lives on wall time; the distance from UTC only tells repeated hours and mixed zones apart.
public struct Stamp: Hashable, Sendable {
    /// Seconds since 1970-01-01 00:00 on the wall.
    public let wallSeconds: Int
    /// Seconds the wall is ahead of UTC; `nil` where nothing is written.
    public let offsetSeconds: Int?

    public init(wallSeconds: Int, offsetSeconds: Int? = nil) { (self.wallSeconds, self.offsetSeconds) = (wallSeconds, offsetSeconds) }

    /// `2026-11-22`, `2026-11-22 14:30`, `2026-11-22T14:30:00.5`, with `Z`, `+08:00` or `+0800` behind; ISO 8601 and what spreadsheets make of it.
    public init?(_ text: some StringProtocol) {
        var rest = Scanner(text)
        guard let year = rest.number(4), rest.take(UInt8(ascii: "-")), let month = rest.number(2), rest.take(UInt8(ascii: "-")), let day = rest.number(2),
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        var seconds = 0
        var offset: Int?
        if !rest.isDone {
            guard rest.take(UInt8(ascii: "T")) || rest.take(UInt8(ascii: " ")), let hour = rest.number(2), hour <= 24, rest.take(UInt8(ascii: ":")),
                let minute = rest.number(2), minute < 60
            else { return nil }
            seconds = hour * 3_600 + minute * 60
            if rest.take(UInt8(ascii: ":")) {
                guard let second = rest.number(2), second <= 60 else { return nil }
                seconds += second
                if rest.take(UInt8(ascii: ".")) { rest.skipDigits() }
            }
            guard seconds <= 86_400 else { return nil }
            guard let zone = rest.zone() else { return nil }
            offset = zone
        }
        self.init(wallSeconds: date.dayNumber * 86_400 + seconds, offsetSeconds: offset)
    }

    /// Days since 1970-01-01 on the wall.
    public var dayNumber: Int { wallSeconds.quotientFloored(by: 86_400) }
    /// 0…1,439
    public var minuteOfDay: Int { (wallSeconds - dayNumber * 86_400) / 60 }
}

extension Stamp: CustomStringConvertible {
    /// `2026-11-22 14:30`
    public var description: String {
        func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
        let minute = minuteOfDay
        return "\(CivilDate(dayNumber: dayNumber)) \(two(minute / 60)):\(two(minute % 60))"
    }
}

extension Int {
    /// Division that rounds towards minus infinity, as days before 1970 want it.
    func quotientFloored(by divisor: Int) -> Int { self >= 0 ? self / divisor : -((-self + divisor - 1) / divisor) }
}

/// Digits and signs of a written moment, from left to right.
private struct Scanner {
    private let bytes: [UInt8]
    private var at = 0

    init(_ text: some StringProtocol) { bytes = Array(text.utf8.drop { $0 == 32 }.reversed().drop { $0 == 32 }.reversed()) }

    var isDone: Bool { at == bytes.count }

    mutating func take(_ byte: UInt8) -> Bool {
        guard at < bytes.count, bytes[at] == byte else { return false }
        at += 1
        return true
    }

    mutating func number(_ digits: Int) -> Int? {
        guard at + digits <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[at..<at + digits] {
            guard 48...57 ~= byte else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        at += digits
        return value
    }

    mutating func skipDigits() { while at < bytes.count, 48...57 ~= bytes[at] { at += 1 } }

    /// Nothing, `Z` or a distance from UTC. The outer `nil` is a text that is none of these.
    mutating func zone() -> Int?? {
        if isDone { return .some(nil) }
        if take(UInt8(ascii: "Z")) { return isDone ? .some(0) : nil }
        let ahead = take(UInt8(ascii: "+"))
        guard ahead || take(UInt8(ascii: "-")), let hours = number(2), hours <= 15 else { return nil }
        _ = take(UInt8(ascii: ":"))
        let minutes = isDone ? 0 : (number(2) ?? 60)
        guard isDone, minutes < 60 else { return nil }
        return .some((ahead ? 1 : -1) * (hours * 3_600 + minutes * 60))
    }
}
