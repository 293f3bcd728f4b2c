/// A length of time in whole milliseconds; may be negative. What a stopwatch shows, never a calendar unit: a month is not a `Span`.
public struct Span: Hashable, Comparable, Sendable, Codable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static let zero = Span(milliseconds: 0)
    public static func seconds(_ count: Int64) -> Span { Span(milliseconds: count * 1_000) }
    public static func minutes(_ count: Int64) -> Span { .seconds(count * 60) }
    public static func hours(_ count: Int64) -> Span { .minutes(count * 60) }
    /// `count` times 24 hours. For civil days across a clock change use a calendar.
    public static func days(_ count: Int64) -> Span { .hours(count * 24) }

    public static func < (a: Span, b: Span) -> Bool { a.milliseconds < b.milliseconds }
    public static func + (a: Span, b: Span) -> Span { Span(milliseconds: a.milliseconds + b.milliseconds) }
    public static func - (a: Span, b: Span) -> Span { Span(milliseconds: a.milliseconds - b.milliseconds) }
    public static func += (a: inout Span, b: Span) { a = a + b }
    public static prefix func - (a: Span) -> Span { Span(milliseconds: -a.milliseconds) }

    public init(from decoder: any Decoder) throws {
        self.init(milliseconds: try decoder.singleValueContainer().decode(Int64.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }
}

extension Span: CustomStringConvertible {
    /// The two largest units, as people say it: `3 d 4 h`, `12 min`, `45 s`, `-2 h 5 min`.
    public var description: String {
        let sign = milliseconds < 0 ? "-" : ""
        let seconds = milliseconds.magnitude / 1_000
        let parts: [(UInt64, String)] = [
            (seconds / 86_400, "d"), (seconds / 3_600 % 24, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s"),
        ]
        guard let first = parts.firstIndex(where: { $0.0 > 0 }) else { return "0 s" }
        let shown = parts[first..<min(first + 2, parts.count)].filter { $0.0 > 0 }
        return sign + shown.map { "\($0.0) \($0.1)" }.joined(separator: " ")
    }
}
