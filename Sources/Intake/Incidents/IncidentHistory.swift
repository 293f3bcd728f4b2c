import Chronicle

/// One incident from its first row to its last, in the order of time.
public struct IncidentHistory: Hashable, Sendable {
    public let number: String
    /// When the first change occurred.
    public let openedAt: Instant
    /// At least one for each row, the first an opening.
    public let changes: [IncidentChange]
    public let anomalies: [IncidentAnomaly]
    /// How many rows of the file are in it.
    public let rowCount: Int
}

extension IncidentHistory {
    /// `first` and `others` are the rows of one incident, as they stand in the file.
    ///
    /// Order: time of update, then the count of updates, then the line. Time comes first because where the two disagree (5 of 24,918
    /// incidents) the count is the one that restarts; within a minute (9,318 incidents) only the count can tell.
    init(first: IncidentRow, others: [IncidentRow]) {
        let inFile = [first] + others
        let rows = inFile.sorted {
            ($0.updatedAt, $0.modification, $0.line) < ($1.updatedAt, $1.modification, $1.line)
        }
        let opening = rows.first ?? first
        let end = IncidentEnd(rows)
        var changes = [opening.opening()] + end.changes(at: opening)
        for (before, after) in zip(rows, rows.dropFirst()) {
            let differences = after.differences(from: before) + end.changes(at: after)
            changes += differences.isEmpty ? [after.change(.touched)] : differences
        }
        number = first.number
        openedAt = changes[0].occurred
        self.changes = changes
        anomalies = IncidentAnomaly.found(in: rows, inFile: inFile) + end.anomalies
        rowCount = rows.count
    }
}

/// Which rows end an incident, and when that was.
///
/// Only the last turn to `Resolved` and to `Closed` is the one the repeated end values speak of; earlier ones were undone.
private struct IncidentEnd {
    private var resolving: IncidentChange?
    private var closing: IncidentChange?
    private(set) var anomalies: [IncidentAnomaly] = []

    init(_ rows: [IncidentRow]) {
        let resolvedRow = IncidentEnd.lastTurn(to: .resolved, rows)
        let closedRow = IncidentEnd.lastTurn(to: .closed, rows)
        if resolvedRow == nil { anomalies.append(.neverResolved) }
        if closedRow == nil { anomalies.append(.neverClosed) }
        // An incident closed without a row that shows it resolved was resolved at the latest then.
        if let row = resolvedRow ?? closedRow {
            if row.resolution.at == nil { anomalies.append(.resolutionTimeMissing) }
            resolving = row.change(.resolved(row.resolution), occurred: time(row.resolution.at, row))
        }
        if let row = closedRow { closing = row.change(.closed, occurred: time(row.closedAt, row)) }
    }

    func changes(at row: IncidentRow) -> [IncidentChange] {
        [resolving, closing].compactMap { $0?.line == row.line ? $0 : nil }
    }

    private mutating func time(_ stated: Instant?, _ row: IncidentRow) -> Instant {
        guard let stated else { return row.updatedAt }
        guard stated >= min(row.openedAt, row.updatedAt), stated <= row.updatedAt else {
            if !anomalies.contains(.endTimeImpossible) { anomalies.append(.endTimeImpossible) }
            return row.updatedAt
        }
        return stated
    }

    private static func lastTurn(to state: IncidentState, _ rows: [IncidentRow]) -> IncidentRow? {
        let turns = zip([nil] + rows.map(Optional.some), rows).filter { before, after in after.state == state && before?.state != state }
        return turns.last?.1
    }
}

extension IncidentRow {
    fileprivate func change(_ what: IncidentChange.What, occurred: Instant? = nil) -> IncidentChange {
        IncidentChange(occurred: occurred ?? updatedAt, recorded: updatedAt, line: line, by: updatedBy, what: what)
    }

    /// The first row as an opening; never later than the row that shows it.
    fileprivate func opening() -> IncidentChange {
        let opening = IncidentOpening(
            state: state, priority: priority, group: group, assignee: assignee, reassignments: reassignments, reopenings: reopenings,
            madeSLA: madeSLA, details: details)
        return change(.opened(opening), occurred: min(openedAt, updatedAt))
    }

    fileprivate func differences(from before: IncidentRow) -> [IncidentChange] {
        var whats: [IncidentChange.What] = []
        if reopenings != before.reopenings { whats.append(.reopened(count: reopenings)) }
        if state != before.state { whats.append(.stateChanged(from: before.state, to: state)) }
        if group != before.group { whats.append(.groupChanged(from: before.group, to: group)) }
        if assignee != before.assignee { whats.append(.assigneeChanged(from: before.assignee, to: assignee)) }
        if reassignments != before.reassignments {
            whats.append(.reassignmentsCounted(from: before.reassignments, to: reassignments))
        }
        if priority != before.priority { whats.append(.priorityChanged(from: before.priority, to: priority)) }
        if madeSLA != before.madeSLA { whats.append(.serviceLevelChanged(held: madeSLA)) }
        for detail in IncidentDetail.allCases where details[detail] != before.details[detail] {
            whats.append(.detailChanged(detail, from: before.details[detail], to: details[detail]))
        }
        return whats.map { change($0) }
    }
}
