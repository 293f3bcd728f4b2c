import Chronicle

/// The written form of a measure, as packs and events carry it, in the abbreviations of the trade:
/// `90 min`, `72 h`, `4 h working MY`, `30 CD`, `8 W`, `2 M`, `10 BD MY`.
extension Measure: CustomStringConvertible, LosslessStringConvertible {
    public var description: String {
        switch self {
        case .elapsed(let span): MeasureText.exact(span)
        case .workingTime(let span, let name): "\(MeasureText.exact(span)) working \(name)"
        case .calendarDays(let count): "\(count) CD"
        case .weeks(let count): "\(count) W"
        case .months(let count): "\(count) M"
        case .businessDays(let count, let name): "\(count) BD \(name)"
        }
    }

    /// `nil` for anything else, and beyond the limits of a measure.
    public init?(_ text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count >= 2, let count = Int(words[0]), count.magnitude < 1 << 40 else { return nil }
        let measure: Measure? =
            switch (words[1], words.count) {
            case ("CD", 2): .calendarDays(count)
            case ("W", 2): .weeks(count)
            case ("M", 2): .months(count)
            case ("BD", 3): CalendarName(words[2]).map { .businessDays(count, $0) }
            case (let unit, 2): MeasureText.span(count, unit).map { .elapsed($0) }
            case (let unit, 4) where words[2] == "working":
                MeasureText.span(count, unit).flatMap { span in CalendarName(words[3]).map { .workingTime(span, $0) } }
            default: nil
            }
        guard let measure, measure.isWithinLimits else { return nil }
        self = measure
    }
}

extension Measure: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let measure = Measure(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "“\(text)” is not a measure of time; write for example “72 h”, “30 CD” or “10 BD MY”")
        }
        self = measure
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// Spans in one unit, the largest that loses nothing: 72 h stays 72 h, 90 minutes are not “1 h 30 min”.
enum MeasureText {
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("h", 3_600_000), ("min", 60_000), ("s", 1_000), ("ms", 1),
    ]

    static func exact(_ span: Span) -> String {
        guard span != .zero else { return "0 min" }
        let unit = units.first { span.milliseconds % $0.milliseconds == 0 } ?? ("ms", 1)
        return "\(span.milliseconds / unit.milliseconds) \(unit.name)"
    }

    static func span(_ count: Int, _ unit: String) -> Span? {
        if unit == "d" { return .days(Int64(count)) }
        return units.first { $0.name == unit }.map { Span(milliseconds: Int64(count) * $0.milliseconds) }
    }
}
