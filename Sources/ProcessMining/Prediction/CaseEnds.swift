/// Which cases of a log are over.
///
/// Of a log that says nothing about it, all are taken as over. With declared last activities a case that stops at another is open: all that is
/// known of its remaining time is that it is longer than up to the end of the log (right-censored), and what comes next is not known.
public struct CaseEnds: Sendable {
    /// Whether the case at this index is over.
    let isOver: [Bool]
    /// The moment up to which the log was watched: its last event.
    let watchedUntil: Int64

    /// - Parameter ends: activities a case that is over can end with; empty where all are over.
    public init(_ log: EventLog, endingWith ends: Set<String> = []) {
        let known = log.activityNames.map { ends.isEmpty || ends.contains($0) }
        isOver = (0..<log.caseCount).map { index in log.events(of: index).last.map { known[Int(log.activities[$0])] } ?? true }
        watchedUntil = log.times.max() ?? 0
    }

    public var openCases: Int { isOver.count { !$0 } }
}
