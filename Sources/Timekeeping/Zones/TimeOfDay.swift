import Chronicle

/// A time on the wall clock, 00:00…24:00, to the second; 24:00 is the end of the day.
public struct TimeOfDay: Hashable, Comparable, Sendable {
    /// 0…86,400
    public let secondsOfDay: Int

    /// `nil` outside 00:00…24:00.
    public init?(secondsOfDay: Int) {
        guard 0...86_400 ~= secondsOfDay else { return nil }
        self.secondsOfDay = secondsOfDay
    }

    private init(seconds: Int) { secondsOfDay = seconds }

    public static let midnight = TimeOfDay(seconds: 0)
    public static let endOfDay = TimeOfDay(seconds: 86_400)

    public static func < (a: TimeOfDay, b: TimeOfDay) -> Bool { a.secondsOfDay < b.secondsOfDay }

    static func text(_ seconds: Int) -> String {
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let minutes = "\(two(seconds / 3_600)):\(two(seconds / 60 % 60))"
        return seconds % 60 == 0 ? minutes : minutes + ":" + two(seconds % 60)
    }
}

extension TimeOfDay: CustomStringConvertible, LosslessStringConvertible {
    /// `09:30`, `24:00`; seconds only when there are any.
    public var description: String { TimeOfDay.text(secondsOfDay) }

    /// Reads `HH:MM` or `HH:MM:SS`.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard 2...3 ~= parts.count, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { 48...57 ~= $0 } }) else { return nil }
        let values = parts.compactMap { Int($0) }
        guard values.count == parts.count, values.dropFirst().allSatisfy({ $0 < 60 }) else { return nil }
        self.init(secondsOfDay: values[0] * 3_600 + values[1] * 60 + (values.count == 3 ? values[2] : 0))
    }
}

extension TimeOfDay: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let time = TimeOfDay(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(text)” is not a time of day (HH:MM)")
        }
        self = time
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
