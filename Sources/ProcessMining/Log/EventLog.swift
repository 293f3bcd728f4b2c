/// A log whose events lie case by case, each case in the order of (time, place in the file): the shape all mining works on.
///
/// Ties are never sorted again: of two events of one moment the one that stands first in the file came first. That rule, and no other, gives
/// the figures of other tools to the millisecond.
public struct EventLog: Sendable {
    /// Where the events of case `c` lie: `offsets[c]..<offsets[c + 1]`.
    public let offsets: [Int32]
    /// The activity of each event, an index of `activityNames`.
    public let activities: [UInt16]
    /// When each event happened (was completed), microseconds since 1970, UTC.
    public let times: [Int64]
    /// When its work began; empty for a log of moments.
    public let starts: [Int64]
    /// Who did it, an index of `resources`; empty where the log does not say.
    public let actors: [UInt32]
    public let activityNames: [String]
    public let cases: NameTable
    public let resources: NameTable

    public var caseCount: Int { offsets.count - 1 }
    public var eventCount: Int { times.count }

    /// The positions of the events of a case.
    public func events(of caseIndex: Int) -> Range<Int> { Int(offsets[caseIndex])..<Int(offsets[caseIndex + 1]) }
}

extension EventLog {
    /// What grouping noticed: events that stand in the file before an earlier event of their case.
    public struct Disorder: Hashable, Sendable {
        public var events = 0
        /// The places of the first of them.
        public var firstPlaces: [UInt32] = []
    }

    /// The log, and what stood in the wrong order.
    public static func grouped(_ columns: consuming EventColumns) -> (log: EventLog, disorder: Disorder) {
        var disorder = Disorder()
        let log = EventLog(columns, &disorder)
        return (log, disorder)
    }

    public init(_ columns: consuming EventColumns) {
        var disorder = Disorder()
        self.init(columns, &disorder)
    }
}
