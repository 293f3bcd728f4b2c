import Chronicle

public enum ZoneKind: Coded { public static let noun = "time zone" }
/// The name of a zone in the pack: `Asia/Kuala_Lumpur`.
public typealias ZoneName = Code<ZoneKind>

/// From when on a rule holds in a zone.
public struct ZoneEra: Hashable, Sendable, Codable {
    /// First instant of the era; `nil` for the first era, which has no beginning.
    public let from: Instant?
    public let rule: ZoneRule

    public init(from: Instant?, rule: ZoneRule) {
        (self.from, self.rule) = (from, rule)
    }
}

/// A time zone as data: its name and what its clocks showed in each era.
///
/// It lies in the policy pack and not in the machine's tz database, so that a deadline worked out today is worked out the same in ten
/// years, on any machine, even if a parliament has changed its mind in between: the new rule then is a new era, from a stated instant.
///
/// 1970…2100 is answered from a table made once; other years are worked out from the rule, more slowly, with the same answer.
public struct Zone: Sendable {
    public var name: ZoneName { table.name }
    public var eras: [ZoneEra] { table.eras }

    private let table: ZoneTable

    /// Refuses an empty list, a first era with a beginning, a later one without, and eras out of order.
    public init(_ name: ZoneName, eras: [ZoneEra]) throws(ZoneError) {
        guard let first = eras.first else { throw .noEra(name) }
        guard first.from == nil else { throw .firstEraHasBeginning(name) }
        var previous: Instant?
        for era in eras.dropFirst() {
            guard let from = era.from else { throw .eraWithoutBeginning(name) }
            if let previous, from <= previous { throw .erasOutOfOrder(name, previous, from) }
            previous = from
        }
        table = ZoneTable(name, eras)
    }

    /// A zone with one rule for all time.
    public init(_ name: ZoneName, rule: ZoneRule) {
        table = ZoneTable(name, [ZoneEra(from: nil, rule: rule)])
    }

    /// Local time minus UTC in seconds; east is positive.
    public func offsetSeconds(at instant: Instant) -> Int {
        table.offsetSeconds(at: instant.milliseconds.flooredDivision(by: 1_000))
    }

    /// What the calendar and the clock on the wall show.
    public func local(_ instant: Instant) -> LocalTime {
        let local = instant.milliseconds + Int64(offsetSeconds(at: instant)) * 1_000
        let day = local.flooredDivision(by: 86_400_000)
        return LocalTime(date: CivilDate(dayNumber: Int(day)), millisecondOfDay: Int(local - day * 86_400_000))
    }

    /// The instant at which the wall clock shows this; seconds may run past the day (86,400 is 24:00).
    ///
    /// A time that the clock skips (02:30 when it jumps from 02:00 to 03:00) is moved forward by the length of the gap: 03:30. Of a time
    /// that comes twice the first is meant.
    public func instant(of date: CivilDate, secondsOfDay: Int) -> Instant {
        Instant(seconds: table.second(ofLocal: Int64(date.dayNumber) * 86_400 + Int64(secondsOfDay)))
    }

    /// The instant of a local time, by the same rule for gaps and overlaps.
    public func instant(of time: LocalTime) -> Instant {
        instant(of: time.date, secondsOfDay: time.millisecondOfDay / 1_000) + Span(milliseconds: Int64(time.millisecondOfDay % 1_000))
    }

    /// The first instant of a day; usually 00:00, later where the clock jumps over midnight.
    public func start(of date: CivilDate) -> Instant { instant(of: date, secondsOfDay: 0) }

    /// 24:00, which is the first instant of the next day.
    public func end(of date: CivilDate) -> Instant { start(of: date.adding(days: 1)) }

    /// 24 hours; 23 or 25 on most days of a clock change; 0 for a day that a place skipped.
    public func length(of date: CivilDate) -> Span { end(of: date) - start(of: date) }

    /// The date that a desk books an instant under when its day starts at `dayStartsAt` and not at midnight: what happens at 02:00 in a night
    /// shift belongs to the date on which the shift began.
    public func businessDate(at instant: Instant, dayStartsAt: TimeOfDay) -> CivilDate {
        let local = local(instant)
        return local.millisecondOfDay < dayStartsAt.secondsOfDay * 1_000 ? local.date.adding(days: -1) : local.date
    }
}

/// Why a list of eras is not a zone.
public enum ZoneError: Error, Hashable, Sendable {
    case noEra(ZoneName)
    case firstEraHasBeginning(ZoneName)
    case eraWithoutBeginning(ZoneName)
    case erasOutOfOrder(ZoneName, Instant, Instant)
}

extension ZoneError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noEra(let name): "the zone \(name) has no rule"
        case .firstEraHasBeginning(let name): "the first rule of the zone \(name) must have no beginning, or earlier instants have no local time"
        case .eraWithoutBeginning(let name): "a later rule of the zone \(name) does not say from when it holds"
        case .erasOutOfOrder(let name, let a, let b): "the rules of the zone \(name) are out of order: \(b) stands after \(a)"
        }
    }
}

extension Zone: Hashable {
    public static func == (a: Zone, b: Zone) -> Bool { a.table === b.table || (a.name == b.name && a.eras == b.eras) }
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension Zone: Codable {
    enum CodingKeys: String, CodingKey { case name, eras }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let name = try container.decode(ZoneName.self, forKey: .name)
        let eras = try container.decode([ZoneEra].self, forKey: .eras)
        do {
            self = try Zone(name, eras: eras)
        } catch {
            throw DecodingError.dataCorruptedError(forKey: .eras, in: container, debugDescription: error.description)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(eras, forKey: .eras)
    }
}
