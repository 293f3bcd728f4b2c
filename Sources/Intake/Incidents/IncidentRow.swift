import Chronicle

/// One row of the incident log: the whole incident as it stood after one update.
struct IncidentRow: Hashable, Sendable {
    var line: Int
    var number: String
    var state: IncidentState
    var isActive: Bool
    var reassignments: Int
    var reopenings: Int
    /// `sys_mod_count`: how many updates came before this one.
    var modification: Int
    var madeSLA: Bool
    var openedAt: Instant
    var createdAt: Instant?
    var updatedAt: Instant
    var updatedBy: String?
    var priority: IncidentPriority
    var group: String?
    var assignee: String?
    var details: [IncidentDetail: String]
    var resolution: IncidentResolution
    var closedAt: Instant?
}

/// How it ended. The log repeats the final values on every row, the first included; they are facts only of the end.
public struct IncidentResolution: Hashable, Sendable {
    public let code: String?
    public let by: String?
    public let at: Instant?
}

extension IncidentRow {
    init(_ record: CSVRecord, _ layout: IncidentLayout) throws(RowRejection) {
        let fields = IncidentFields(record: record, layout: layout)
        line = record.line
        number = try fields.required("number")
        state = try fields.choice("incident_state")
        isActive = try fields.flag("active")
        reassignments = try fields.count("reassignment_count")
        reopenings = try fields.count("reopen_count")
        modification = try fields.count("sys_mod_count")
        madeSLA = try fields.flag("made_sla")
        openedAt = try fields.instant("opened_at")
        createdAt = try fields.optionalInstant("sys_created_at")
        updatedAt = try fields.instant("sys_updated_at")
        updatedBy = fields["sys_updated_by"]
        priority = try fields.choice("priority")
        group = fields["assignment_group"]
        assignee = fields["assigned_to"]
        var details: [IncidentDetail: String] = [:]
        for detail in IncidentDetail.allCases { details[detail] = fields[detail.rawValue] }
        self.details = details
        resolution = IncidentResolution(
            code: fields["closed_code"], by: fields["resolved_by"], at: try fields.optionalInstant("resolved_at"))
        closedAt = try fields.optionalInstant("closed_at")
    }
}

/// The fields of one row by name, and the sentences for what is wrong with them. `?` stands for nothing.
private struct IncidentFields {
    let record: CSVRecord
    let layout: IncidentLayout

    subscript(column: String) -> String? {
        guard let position = layout.positions[column], position < record.count else { return nil }
        let bytes = record.bytes(of: position)
        return bytes.isEmpty || bytes.elementsEqual([UInt8(ascii: "?")]) ? nil : record[position]
    }

    func required(_ column: String) throws(RowRejection) -> String {
        guard let text = self[column] else { throw RowRejection(line: record.line, .missing(column: column)) }
        return text
    }

    func choice<Choice: RawRepresentable<String>>(_ column: String) throws(RowRejection) -> Choice {
        let text = try required(column)
        guard let choice = Choice(rawValue: text) else {
            throw RowRejection(line: record.line, .unknown(column: column, value: text))
        }
        return choice
    }

    func flag(_ column: String) throws(RowRejection) -> Bool {
        switch try required(column) {
        case "true": return true
        case "false": return false
        case let text: throw RowRejection(line: record.line, .unknown(column: column, value: text))
        }
    }

    func count(_ column: String) throws(RowRejection) -> Int {
        let text = try required(column)
        guard let count = digits(text.utf8) else { throw malformed(column, text, "a number") }
        return count
    }

    func instant(_ column: String) throws(RowRejection) -> Instant {
        guard let instant = try optionalInstant(column) else { throw RowRejection(line: record.line, .missing(column: column)) }
        return instant
    }

    func optionalInstant(_ column: String) throws(RowRejection) -> Instant? {
        guard let text = self[column] else { return nil }
        guard let instant = dayFirstMinute(text) else { throw malformed(column, text, "a day and a minute (29/2/2016 01:16)") }
        return instant
    }

    private func malformed(_ column: String, _ text: String, _ expected: String) -> RowRejection {
        RowRejection(line: record.line, .malformed(column: column, value: text, expected: expected))
    }
}

/// `29/2/2016 01:16`. The log names no zone; it is read as UTC, so that spans are right and hours of the day are the desk's own.
private func dayFirstMinute(_ text: String) -> Instant? {
    let parts = text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    let day = parts[0].split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let time = parts[1].split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard day.count == 3, time.count == 2, day[2].count == 4, time[1].count == 2,
        let dayOfMonth = digits(day[0]), let month = digits(day[1]), let year = digits(day[2]),
        let hour = digits(time[0]), let minute = digits(time[1]), hour < 24, minute < 60,
        let date = CivilDate(year: year, month: month, day: dayOfMonth)
    else { return nil }
    return Instant(seconds: Int64(date.dayNumber) * 86_400 + Int64(hour * 3_600 + minute * 60))
}
