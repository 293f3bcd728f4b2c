/// The header of the incident log: which column stands where.
///
/// Source of the names: “Incident management process enriched event log”, Amaral, Fantinato and Peres, UCI Machine Learning Repository.
struct IncidentLayout: Hashable, Sendable {
    let positions: [String: Int]

    /// Without these a row cannot be placed in a history.
    private static let required = [
        "number", "incident_state", "active", "reassignment_count", "reopen_count", "sys_mod_count", "made_sla", "opened_at",
        "sys_updated_at", "priority",
    ]

    init(header: [String]) throws(HeaderRefusal) {
        var positions: [String: Int] = [:]
        for (position, name) in header.enumerated() {
            guard positions.updateValue(position, forKey: name) == nil else { throw .repeatedColumn(name) }
        }
        let missing = IncidentLayout.required.filter { positions[$0] == nil }
        guard missing.isEmpty else { throw .missingColumns(missing, of: "the incident log") }
        self.positions = positions
    }
}
