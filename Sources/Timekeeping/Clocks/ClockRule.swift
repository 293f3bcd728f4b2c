import Chronicle

public enum ClockKind: Coded { public static let noun = "clock" }
/// The code of a clock in the pack: `MICA-71-FINAL`, `first-reply`.
public typealias ClockCode = Code<ClockKind>

/// How sure we are that the rule says this.
public enum Confidence: String, Hashable, Sendable, Codable, CaseIterable {
    case high, medium, low
}

/// One deadline as the pack writes it: how long, counted how, by whose authority.
public struct ClockRule: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, Codable {
        /// Runs from start to finish whatever happens in between; what the law and the customer see.
        case gross
        /// Stands still while a concrete question to somebody else is open.
        case net
    }

    public let code: ClockCode
    public let kind: Kind
    public let measure: Measure
    /// At which moment of the last day it is over; without effect on stopwatch measures, where it is `.sameTime`.
    public let ends: DayEnd
    /// Whose days and clocks count. A business calendar brings its own zone, so it may be left out there.
    public let zone: ZoneName?
    /// If the last of calendar days, weeks or months is closed in this calendar, the next business day is the last one (Regulation (EEC, Euratom)
    /// No 1182/71 Art. 3(4)).
    public let movesOffClosedDaysOf: CalendarName?
    /// All pauses together never stop the clock for longer, in clock time; `nil` only where no cap is wanted.
    public let pauseTotalMax: Span?
    public private(set) var extensionsMax: Int
    /// Statute, rule book or decision this stands on: `MiCA Art. 71, RTS 2025/294`.
    public let source: String
    public let confidence: Confidence

    /// `ends` is by default the end of the day for measures in days.
    public init(
        _ code: ClockCode, _ measure: Measure, kind: Kind = .gross, ends: DayEnd? = nil, zone: ZoneName? = nil,
        movesOffClosedDaysOf: CalendarName? = nil, pauseTotalMax: Span? = nil, extensionsMax: Int = 0, source: String = "",
        confidence: Confidence = .high
    ) throws(ClockRuleError) {
        guard measure.isWithinLimits else { throw .measureOutOfLimits(code, measure) }
        guard !measure.needsZone || zone != nil else { throw .zoneMissing(code, measure) }
        let natural: DayEnd = measure.countsDays ? .endOfDay : .sameTime
        let ends = ends ?? natural
        guard measure.countsDays || ends == .sameTime else { throw .endWithoutDays(code, ends) }
        if ends == .closeOfBusiness, measure.needsZone, movesOffClosedDaysOf == nil { throw .closeOfBusinessWithoutCalendar(code) }
        guard measure.needsZone || movesOffClosedDaysOf == nil else { throw .movesWithoutCivilDays(code) }
        if let max = pauseTotalMax, max < .zero { throw .negativeCap(code) }
        if kind == .gross, pauseTotalMax != nil { throw .pauseCapOnGross(code) }
        guard extensionsMax >= 0 else { throw .negativeCap(code) }
        (self.code, self.kind, self.measure, self.ends, self.zone) = (code, kind, measure, ends, zone)
        (self.movesOffClosedDaysOf, self.pauseTotalMax, self.extensionsMax) = (movesOffClosedDaysOf, pauseTotalMax, extensionsMax)
        (self.source, self.confidence) = (source, confidence)
    }
}

/// Why a clock rule makes no sense.
public enum ClockRuleError: Error, Hashable, Sendable {
    case measureOutOfLimits(ClockCode, Measure)
    case zoneMissing(ClockCode, Measure)
    case endWithoutDays(ClockCode, DayEnd)
    case closeOfBusinessWithoutCalendar(ClockCode)
    case movesWithoutCivilDays(ClockCode)
    case negativeCap(ClockCode)
    case pauseCapOnGross(ClockCode)
}

extension ClockRuleError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .measureOutOfLimits(let code, let measure): "the clock \(code) cannot run for \(measure); at most \(Measure.yearsMax) years"
        case .zoneMissing(let code, let measure): "the clock \(code) counts \(measure) and must name the time zone they are counted in"
        case .endWithoutDays(let code, let end): "the clock \(code) does not count days, so it cannot end at \(end.rawValue)"
        case .closeOfBusinessWithoutCalendar(let code):
            "the clock \(code) ends at the close of business and must name the calendar whose closed days it moves off"
        case .movesWithoutCivilDays(let code): "the clock \(code) does not count calendar days, weeks or months, so it never ends on a closed day"
        case .negativeCap(let code): "the clock \(code) has a negative limit"
        case .pauseCapOnGross(let code): "the clock \(code) is gross and never pauses, so it has no pause cap"
        }
    }
}

extension ClockRule {
    /// The same rule, extendable at least `count` times: a regime that states how far its deadline may be put off allows putting it off.
    public func extendable(atLeast count: Int) -> ClockRule {
        var rule = self
        rule.extensionsMax = max(extensionsMax, count)
        return rule
    }
}

extension ClockRule: Codable {
    enum CodingKeys: String, CodingKey {
        case code, kind, measure, ends, zone, movesOffClosedDaysOf, pauseTotalMax, extensionsMax, source, confidence
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        do {
            self = try ClockRule(
                try container.decode(ClockCode.self, forKey: .code), try container.decode(Measure.self, forKey: .measure),
                kind: try container.decode(Kind.self, forKey: .kind), ends: try container.decode(DayEnd.self, forKey: .ends),
                zone: try container.decodeIfPresent(ZoneName.self, forKey: .zone),
                movesOffClosedDaysOf: try container.decodeIfPresent(CalendarName.self, forKey: .movesOffClosedDaysOf),
                pauseTotalMax: try container.decodeIfPresent(Span.self, forKey: .pauseTotalMax),
                extensionsMax: try container.decode(Int.self, forKey: .extensionsMax),
                source: try container.decode(String.self, forKey: .source),
                confidence: try container.decode(Confidence.self, forKey: .confidence))
        } catch let error as ClockRuleError {
            throw DecodingError.dataCorruptedError(forKey: .measure, in: container, debugDescription: error.description)
        }
    }
}
