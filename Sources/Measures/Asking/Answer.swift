import Chronicle
import Disputes
import Timekeeping

/// Lengths seen together: exact quantiles, with how many are not over yet.
public struct Spread: Hashable, Sendable {
    public var count = 0
    /// How many of them are over; the others are open and count as at least so long.
    public var over = 0
    /// Milliseconds; `nil` where too much is still open to say.
    public var p50: Int64?
    public var p90: Int64?
    public var p95: Int64?
    public var longest: Int64?
    /// Only where all are over, and never in place of a quantile: lengths are skewed.
    public var mean: Double?
    /// The 95 % interval of the median; an end is `nil` where it cannot be said.
    public var p50Low: Int64?
    public var p50High: Int64?

    public var open: Int { count - over }
}

/// One number with what it rests on.
public struct Figure: Hashable, Sendable {
    /// How many things were counted.
    public var n = 0
    /// How many of them were hits, where that is the question.
    public var hits: Int?
    /// The number itself: a share, a ratio, a count, or the median in milliseconds. `nil` where nothing was counted or too much is open.
    public var value: Double?
    /// 95 % interval, where one applies.
    public var low: Double?
    public var high: Double?
    /// Gross: as whoever waited lived through it.
    public var gross: Spread?
    /// Net: what of it the desk answers for. Always beside gross, never instead of it.
    public var net: Spread?
    /// The share gross, where `value` is net.
    public var grossValue: Double?
    /// Told apart, because together they would mislead.
    public var parts: [Part] = []

    public struct Part: Hashable, Sendable {
        public let name: String
        public let n: Int
        public let spread: Spread?
    }
}

/// One slice.
public struct Cell: Hashable, Sendable {
    /// A word for each dimension asked for, in their order; none for the whole.
    public let words: [String]
    public let now: Figure
    public var before: Figure?
    /// A share now less the share before, with Newcombe's interval.
    public var change: Change?
    public var mix: CaseMix?

    public struct Change: Hashable, Sendable {
        public let difference: Double
        public let low: Double?
        public let high: Double?
        /// Does the interval leave out zero?
        public var isClear: Bool { low.map { $0 > 0 } == true || high.map { $0 < 0 } == true }
    }
}

/// The numbers of one indicator.
public struct Answer: Sendable {
    public let question: Question
    public let indicator: Indicator
    /// The log sequence it is as of.
    public let sequence: Int64
    /// Largest first.
    public let cells: [Cell]
    /// Of all of them together, from all the cases; never from the cells.
    public let whole: Cell
    /// How many of what was counted come from rehearsals, not from life.
    public let simulated: Int
}

/// A case a number was counted from.
public struct CaseBehind: Hashable, Sendable {
    public let id: CaseID
    /// The length in milliseconds, or what the case adds to the upper sum.
    public let value: Int64?
    public let other: Int64?
    /// Over, kept, a hit; `nil` where that is not the question.
    public let isHit: Bool?
    public let part: String?
}
