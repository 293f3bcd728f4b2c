/// Where an incident stands, as the desk's log writes it.
public enum IncidentState: String, CaseIterable, Hashable, Sendable {
    case new = "New"
    case active = "Active"
    case awaitingUser = "Awaiting User Info"
    case awaitingProblem = "Awaiting Problem"
    case awaitingVendor = "Awaiting Vendor"
    case awaitingEvidence = "Awaiting Evidence"
    case resolved = "Resolved"
    case closed = "Closed"
    /// The number the source system shows for a state that has no name.
    case unnamed = "-100"

    /// Work on it is over, though a reopening may follow.
    public var isOver: Bool { self == .resolved || self == .closed }
}

/// How soon, from impact and urgency.
public enum IncidentPriority: String, CaseIterable, Hashable, Sendable {
    case critical = "1 - Critical"
    case high = "2 - High"
    case moderate = "3 - Moderate"
    case low = "4 - Low"
}

/// Everything else the log says of an incident. Each is free text there, and may change from row to row.
public enum IncidentDetail: String, CaseIterable, Hashable, Sendable {
    case caller = "caller_id"
    case openedBy = "opened_by"
    case contactType = "contact_type"
    case location, category, subcategory
    case symptom = "u_symptom"
    case configurationItem = "cmdb_ci"
    case impact, urgency, knowledge
    case priorityConfirmation = "u_priority_confirmation"
    case notify
    case problem = "problem_id"
    case changeRequest = "rfc"
    case vendor
    case causedBy = "caused_by"
}
