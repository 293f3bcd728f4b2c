import Chronicle

/// What the clocks of a place show, as a rule that repeats every year: a POSIX TZ string, `CET-1CEST,M3.5.0,M10.5.0/3`.
///
/// The grammar is that of POSIX.1-2017 §8.3 with the extensions of RFC 8536 §3.3.1 (kept by RFC 9636): names in angle brackets
/// (`<+08>-8`), times below 0 and above 24 hours. In the text offsets count westwards; here they count eastwards, as people say them.
public struct ZoneRule: Hashable, Sendable {
    /// One of the two times of a place.
    public struct Time: Hashable, Sendable {
        /// `CET`, `+08`
        public let name: String
        /// Local time minus UTC; east is positive.
        public let offsetSeconds: Int
    }

    /// The part of the year with another offset. Usually one hour more; in Ireland (`IST-1GMT0,…`) one hour less.
    public struct Daylight: Hashable, Sendable {
        public let time: Time
        public let starts: ClockChange
        public let ends: ClockChange
    }

    public let standard: Time
    public let daylight: Daylight?

    /// Largest distance from UTC that a rule may state.
    public static let offsetHoursMax = 24

    /// A place that keeps one offset all year.
    public init(name: String, offsetSeconds: Int) {
        standard = Time(name: name, offsetSeconds: offsetSeconds)
        daylight = nil
    }

    init(standard: Time, daylight: Daylight?) {
        self.standard = standard
        self.daylight = daylight
    }

    /// The offset at a POSIX second, worked out from the rule itself, for any year.
    func offsetSeconds(at second: Int64) -> Int {
        guard let daylight else { return standard.offsetSeconds }
        let localDay = (second + Int64(standard.offsetSeconds)).flooredDivision(by: 86_400)
        let year = CivilDate(dayNumber: Int(localDay)).year
        var latest = Int64.min
        var offset = standard.offsetSeconds
        for year in year - 1...year + 1 {
            let change = changes(of: daylight, inYear: year)
            if change.end <= second, change.end >= latest { (latest, offset) = (change.end, standard.offsetSeconds) }
            // A start at the very second of an end wins: that is how “always daylight time” is written (RFC 8536 §3.3.1).
            if change.start <= second, change.start >= latest { (latest, offset) = (change.start, daylight.time.offsetSeconds) }
        }
        return offset
    }

    /// The two changes of one year as POSIX seconds; none for a place that keeps one offset.
    func changeSeconds(inYear year: Int) -> [Int64] {
        guard let daylight else { return [] }
        let change = changes(of: daylight, inYear: year)
        return [change.start, change.end]
    }

    private func changes(of daylight: Daylight, inYear year: Int) -> (start: Int64, end: Int64) {
        (
            daylight.starts.localSecond(inYear: year) - Int64(standard.offsetSeconds),
            daylight.ends.localSecond(inYear: year) - Int64(daylight.time.offsetSeconds)
        )
    }
}

extension ZoneRule: CustomStringConvertible {
    /// The TZ string; reading it back gives the same rule.
    public var description: String {
        func written(_ name: String) -> String {
            name.utf8.allSatisfy { 65...90 ~= $0 || 97...122 ~= $0 } ? name : "<\(name)>"
        }
        var text = written(standard.name) + posixHours(-standard.offsetSeconds)
        if let daylight {
            text += written(daylight.time.name)
            if daylight.time.offsetSeconds != standard.offsetSeconds + 3_600 { text += posixHours(-daylight.time.offsetSeconds) }
            text += ",\(daylight.starts),\(daylight.ends)"
        }
        return text
    }
}

extension ZoneRule: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            self = try ZoneRule(parsing: try container.decode(String.self))
        } catch let error as ZoneRuleError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
