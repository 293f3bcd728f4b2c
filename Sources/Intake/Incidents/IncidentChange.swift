import Chronicle

/// One thing that changed about an incident.
public struct IncidentChange: Hashable, Sendable {
    /// When it happened: for the opening, the resolution and the closing the time the log gives for them, otherwise `recorded`.
    public let occurred: Instant
    /// When the desk wrote it (`sys_updated_at`, to the minute). Never decreases within a history.
    public let recorded: Instant
    /// The line of the file it was read from.
    public let line: Int
    /// Who wrote it, where known.
    public let by: String?
    public let what: What

    public enum What: Hashable, Sendable {
        /// The first row: how it stood when it was first seen.
        case opened(IncidentOpening)
        case stateChanged(from: IncidentState, to: IncidentState)
        case groupChanged(from: String?, to: String?)
        case assigneeChanged(from: String?, to: String?)
        /// The desk's own count of hand-overs, which also counts those between two rows.
        case reassignmentsCounted(from: Int, to: Int)
        case reopened(count: Int)
        case priorityChanged(from: IncidentPriority, to: IncidentPriority)
        /// Whether the desk's service level still holds.
        case serviceLevelChanged(held: Bool)
        case detailChanged(IncidentDetail, from: String?, to: String?)
        case resolved(IncidentResolution)
        case closed
        /// An update that changed nothing the log shows: a note, a call, an attachment.
        case touched
    }
}

/// An incident as it was first seen.
public struct IncidentOpening: Hashable, Sendable {
    /// Not always `new`: a third of the log's incidents are first seen later in life.
    public let state: IncidentState
    public let priority: IncidentPriority
    public let group: String?
    public let assignee: String?
    public let reassignments: Int
    public let reopenings: Int
    public let madeSLA: Bool
    public let details: [IncidentDetail: String]
}
