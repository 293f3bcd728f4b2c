import Chronicle
import Timekeeping

/// From an instant up to but without another.
public struct Period: Hashable, Sendable {
    public let from: Instant
    public let to: Instant

    /// `nil` when it ends before it begins.
    public init?(from: Instant, to: Instant) {
        guard from <= to else { return nil }
        (self.from, self.to) = (from, to)
    }

    /// Whole days by a place's own clocks and its own start of the day: what a night shift does after midnight belongs to the date its shift
    /// began, and a day of a clock change has 23 or 25 hours (trap 12). `nil` when the last day is before the first.
    public init?(from first: CivilDate, through last: CivilDate, in zone: Zone, dayStartsAt: TimeOfDay) {
        func start(_ date: CivilDate) -> Instant { zone.instant(of: date, secondsOfDay: dayStartsAt.secondsOfDay) }
        guard first <= last else { return nil }
        self.init(from: start(first), to: start(last.adding(days: 1)))
    }

    /// As long, and just before.
    public var previous: Period? { Period(from: from - (to - from), to: from) }

    func contains(_ milliseconds: Int64) -> Bool { from.milliseconds <= milliseconds && milliseconds < to.milliseconds }

    /// Everything.
    public static let ever = Period(from: Instant(milliseconds: Int64.min / 4), to: Instant(milliseconds: Int64.max / 4))
}
