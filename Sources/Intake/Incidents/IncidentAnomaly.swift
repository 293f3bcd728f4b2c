/// What is odd about the rows of one incident. None costs a row; each is kept so that a report can say how good the data is.
public enum IncidentAnomaly: Hashable, Sendable {
    /// Updates the log does not show: `sys_mod_count` skips numbers.
    case updatesMissing(Int)
    /// `sys_mod_count` does not begin at 0, so the first row may not be the first update.
    case beginningMissing(firstModification: Int)
    /// The same `sys_mod_count` twice.
    case modificationRepeated(Int)
    /// Rows stand in the file in another order than time.
    case outOfOrder
    /// In the order of time the count of updates falls.
    case countFellBack
    /// Updates within one minute, the finest the log tells; their order is that of the count.
    case sharedMinutes(Int)
    /// Written before it was opened, according to `opened_at`; the opening is put at the first row.
    case recordedBeforeOpened
    case createdBeforeOpened
    /// First seen in a state after `New`.
    case firstSeen(IncidentState)
    /// Changed after it was closed.
    case changedAfterClosing
    case neverResolved
    case neverClosed
    /// Resolved, but the log does not say when.
    case resolutionTimeMissing
    /// `active` does not agree with the state.
    case activityDisagrees
    /// A time of resolution or closing before the opening or after the row that shows it; the time of the row is taken.
    case endTimeImpossible
}
