/// A point on the UTC time line, in whole milliseconds since 1970-01-01T00:00:00Z (leap seconds are not counted, as in POSIX).
///
/// Integers and not floating seconds: folds over the log must give the same answer on every machine, and sums of
/// milliseconds do. The text form is ISO 8601 in UTC (`2026-11-22T14:05:00Z`, milliseconds only when there are any).
public struct Instant: Hashable, Comparable, Sendable {
    /// Milliseconds since the Unix epoch; negative before 1970.
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Whole seconds since the Unix epoch.
    public init(seconds: Int64) { self.milliseconds = seconds * 1_000 }

    public static let epoch = Instant(milliseconds: 0)
    /// The last instant the text form can write (year 9999); the open end of an interval.
    public static let distantFuture = Instant(milliseconds: 253_402_300_799_999)

    public static func < (a: Instant, b: Instant) -> Bool { a.milliseconds < b.milliseconds }

    public static func + (a: Instant, b: Span) -> Instant { Instant(milliseconds: a.milliseconds + b.milliseconds) }
    public static func - (a: Instant, b: Span) -> Instant { Instant(milliseconds: a.milliseconds - b.milliseconds) }
    public static func - (a: Instant, b: Instant) -> Span { Span(milliseconds: a.milliseconds - b.milliseconds) }
}

extension Instant: CustomStringConvertible, LosslessStringConvertible {
    /// ISO 8601 in UTC, for example `2026-11-22T14:05:00Z` or `2026-11-22T14:05:00.250Z`.
    public var description: String {
        var text = ""
        text.reserveCapacity(24)
        appendISO8601(to: &text)
        return text
    }

    /// Reads ISO 8601 with a zone: `Z` or a numeric offset (`+08:00`). A text without a zone is refused: it names no instant.
    public init?(_ text: String) {
        var text = text
        let parsed = text.withUTF8 { Instant(iso8601: $0) }
        guard let parsed else { return nil }
        self = parsed
    }

    /// The text form read from bytes, without making a `String`. `nil` when the bytes are not a full ISO 8601 instant.
    public init?(iso8601 bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count >= 17, bytes.count <= 35 else { return nil }
        func digits(_ from: Int, _ count: Int) -> Int? {
            guard from + count <= bytes.count else { return nil }
            var value = 0
            for index in from..<from + count {
                let digit = Int(bytes[index]) - 48
                guard 0...9 ~= digit else { return nil }
                value = value * 10 + digit
            }
            return value
        }
        func at(_ index: Int, _ character: Unicode.Scalar) -> Bool {
            index < bytes.count && bytes[index] == UInt8(ascii: character)
        }
        guard let year = digits(0, 4), at(4, "-"), let month = digits(5, 2), at(7, "-"), let day = digits(8, 2),
            at(10, "T") || at(10, " "), let hour = digits(11, 2), at(13, ":"), let minute = digits(14, 2),
            let date = CivilDate(year: year, month: month, day: day), hour < 24, minute < 60
        else { return nil }
        var index = 16
        var second = 0
        if at(index, ":") {
            guard let seconds = digits(index + 1, 2), seconds < 60 else { return nil }
            second = seconds
            index += 3
        }
        var millisecond = 0
        if at(index, ".") || at(index, ",") {
            index += 1
            var weight = 100
            let first = index
            while index < bytes.count, 48...57 ~= bytes[index] {
                millisecond += Int(bytes[index] - 48) * weight
                weight /= 10
                index += 1
            }
            guard index > first else { return nil }
        }
        var offsetMinutes = 0
        if at(index, "Z") || at(index, "z") {
            guard index + 1 == bytes.count else { return nil }
        } else if at(index, "+") || at(index, "-") {
            guard let hours = digits(index + 1, 2), hours < 24 else { return nil }
            let colon = at(index + 3, ":") ? 1 : 0
            guard let minutes = digits(index + 3 + colon, 2), minutes < 60, index + 5 + colon == bytes.count else { return nil }
            offsetMinutes = (at(index, "-") ? -1 : 1) * (hours * 60 + minutes)
        } else {
            return nil
        }
        let seconds = Int64(date.dayNumber) * 86_400 + Int64(hour * 3_600 + (minute - offsetMinutes) * 60 + second)
        let instant = Instant(milliseconds: seconds * 1_000 + Int64(millisecond))
        // An offset may lead out of the years that can be written back.
        guard Instant.writable ~= instant else { return nil }
        self = instant
    }

    /// Appends the text form; the log writes millions of these.
    public func appendISO8601(to text: inout String) {
        withISO8601Bytes { text += String(decoding: $0, as: UTF8.self) }
    }

    /// The instants that have a text form: the years 0000 to 9999.
    public static let writable = Instant(milliseconds: -62_167_219_200_000)...distantFuture

    /// Calls `body` with the UTF-8 of the text form (20 or 24 bytes). An instant that has none gives the nearest that has.
    public func withISO8601Bytes<R>(_ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
        try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { buffer in
            let milliseconds = min(max(milliseconds, Instant.writable.lowerBound.milliseconds), Instant.writable.upperBound.milliseconds)
            let days = milliseconds.flooredDivision(by: 86_400_000)
            var rest = Int(milliseconds - days * 86_400_000)
            let date = CivilDate(dayNumber: Int(days))
            func put(_ value: Int, _ at: Int, _ width: Int) {
                var value = value
                for index in stride(from: at + width - 1, through: at, by: -1) {
                    buffer[index] = UInt8(48 + value % 10)
                    value /= 10
                }
            }
            put(date.year, 0, 4)
            buffer[4] = UInt8(ascii: "-")
            put(date.month, 5, 2)
            buffer[7] = UInt8(ascii: "-")
            put(date.day, 8, 2)
            buffer[10] = UInt8(ascii: "T")
            let millisecond = rest % 1_000
            rest /= 1_000
            put(rest / 3_600, 11, 2)
            buffer[13] = UInt8(ascii: ":")
            put(rest / 60 % 60, 14, 2)
            buffer[16] = UInt8(ascii: ":")
            put(rest % 60, 17, 2)
            var count = 19
            if millisecond != 0 {
                buffer[19] = UInt8(ascii: ".")
                put(millisecond, 20, 3)
                count = 23
            }
            buffer[count] = UInt8(ascii: "Z")
            return try body(UnsafeBufferPointer(start: buffer.baseAddress, count: count + 1))
        }
    }
}

extension Instant: LedgerScalar {
    package static var scalarNoun: String { "an ISO 8601 instant with a zone" }
    package init?(utf8: UnsafeBufferPointer<UInt8>) { self.init(iso8601: utf8) }
    package func withTextForm(_ body: (UnsafeBufferPointer<UInt8>) throws -> Void) rethrows { try withISO8601Bytes(body) }

    public init(from decoder: any Decoder) throws { self = try .reading(decoder) }
    /// Refuses an instant without a text form: what is in the ledger is read back as it was.
    public func encode(to encoder: any Encoder) throws {
        guard Instant.writable ~= self else {
            throw EncodingError.invalidValue(
                self, .init(codingPath: encoder.codingPath, debugDescription: "instants before year 0000 or after 9999 cannot be written"))
        }
        try writing(to: encoder)
    }
}

extension Int64 {
    /// Division that rounds towards minus infinity, as calendars need before 1970.
    package func flooredDivision(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor != 0 && (self < 0) != (divisor < 0) ? quotient - 1 : quotient
    }
}
