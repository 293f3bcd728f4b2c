/// A complaint as the CFPB publishes it, typed.
public struct CFPBComplaint: Hashable, Sendable {
    public let id: CFPBRowID
    /// The line of the file on which its row begins.
    public let line: Int
    public let received: CFPBDay
    /// From here the company has 15 days to answer, 60 for a final answer. Earlier than `received` in a few published rows (29 of the
    /// 16,253 in Examples); kept as published.
    public let sentToCompany: CFPBDay?
    public let product: String
    public let subProduct: String?
    public let issue: String
    public let subIssue: String?
    /// In the consumer's words, already stripped of personal data by the bureau (`XXXX`). Only with consent.
    public let narrative: String?
    /// One of the bureau's prepared sentences.
    public let publicResponse: String?
    public let company: String
    /// Mostly two letters, as given.
    public let state: String?
    /// Five digits, or the first three and `XX`, or `XXXXX`.
    public let zip: String?
    public let tags: Set<CFPBTag>
    public let consent: CFPBConsent?
    public let channel: CFPBChannel
    public let companyResponse: CFPBResponse
    /// Whether the company answered in time.
    public let timely: Bool?
    /// Whether the consumer disputed the answer; asked until April 2017.
    public let disputed: Bool?

    /// Reads one row. The first thing wrong with it is the reason it is rejected.
    public static func read(
        _ record: CSVRecord, _ layout: CFPBLayout, _ occurrences: inout CFPBOccurrences
    ) -> Result<CFPBComplaint, RowRejection> {
        do throws(RowRejection) {
            return .success(try CFPBComplaint(CFPBFields(record: record, layout: layout), &occurrences))
        } catch {
            return .failure(error)
        }
    }

    private init(_ fields: CFPBFields, _ occurrences: inout CFPBOccurrences) throws(RowRejection) {
        line = fields.record.line
        received = try fields.required(.received, "a date", CFPBDay.init)
        sentToCompany = try fields.optional(.sentToCompany, "a date", CFPBDay.init)
        product = try fields.required(.product)
        subProduct = fields[.subProduct]
        issue = try fields.required(.issue)
        subIssue = fields[.subIssue]
        narrative = fields[.narrative]
        publicResponse = fields[.publicResponse]
        company = try fields.required(.company)
        state = fields[.state]
        zip = fields[.zip]
        tags = try fields.tags()
        consent = try fields.choice(.consent)
        guard let channel: CFPBChannel = try fields.choice(.channel) else { throw fields.missing(.channel) }
        self.channel = channel
        guard let response: CFPBResponse = try fields.choice(.companyResponse) else { throw fields.missing(.companyResponse) }
        companyResponse = response
        timely = try fields.answer(.timely)
        disputed = try fields.answer(.disputed)
        if let number: CFPBRowID = try fields.optional(.id, "a complaint number", { CFPBRowID(number: $0) }) {
            id = number
        } else {
            let digest = CFPBRowID.digest(of: fields.record, fields.layout)
            id = CFPBRowID(row: digest, occurrence: occurrences.count(digest))
        }
    }
}

/// The fields of one row by column, and the sentences for what is wrong with them.
private struct CFPBFields {
    let record: CSVRecord
    let layout: CFPBLayout

    subscript(column: CFPBColumn) -> String? { layout.text(column, in: record) }

    func required(_ column: CFPBColumn) throws(RowRejection) -> String {
        guard let text = self[column] else { throw missing(column) }
        return text
    }

    func required<Value>(_ column: CFPBColumn, _ expected: String, _ read: (String) -> Value?) throws(RowRejection) -> Value {
        guard let value = try optional(column, expected, read) else { throw missing(column) }
        return value
    }

    func optional<Value>(_ column: CFPBColumn, _ expected: String, _ read: (String) -> Value?) throws(RowRejection) -> Value? {
        guard let text = self[column] else { return nil }
        guard let value = read(text) else {
            throw RowRejection(line: record.line, .malformed(column: layout.name(of: column), value: text, expected: expected))
        }
        return value
    }

    func choice<Choice: RawRepresentable<String>>(_ column: CFPBColumn) throws(RowRejection) -> Choice? {
        guard let text = self[column] else { return nil }
        guard let choice = Choice(rawValue: text) else { throw unknown(column, text) }
        return choice
    }

    /// `Yes`, `No`; `N/A` is no answer.
    func answer(_ column: CFPBColumn) throws(RowRejection) -> Bool? {
        switch self[column] {
        case nil, "N/A": return nil
        case "Yes": return true
        case "No": return false
        case .some(let text): throw unknown(column, text)
        }
    }

    /// `Older American, Servicemember`
    func tags() throws(RowRejection) -> Set<CFPBTag> {
        var tags: Set<CFPBTag> = []
        for part in (self[.tags] ?? "").split(separator: ",") {
            let name = part.drop { $0 == " " }
            guard let tag = CFPBTag(rawValue: String(name)) else { throw unknown(.tags, String(name)) }
            tags.insert(tag)
        }
        return tags
    }

    func missing(_ column: CFPBColumn) -> RowRejection {
        RowRejection(line: record.line, .missing(column: layout.name(of: column)))
    }

    private func unknown(_ column: CFPBColumn, _ value: String) -> RowRejection {
        RowRejection(line: record.line, .unknown(column: layout.name(of: column), value: value))
    }
}
