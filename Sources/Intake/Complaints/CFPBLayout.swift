/// Which export a file is, and where each column stands in it.
///
/// Three vocabularies of column names are in use; within each, columns may be missing or stand in any order, and columns that are not
/// known are passed over.
public struct CFPBLayout: Hashable, Sendable {
    public enum Vocabulary: String, CaseIterable, Hashable, Sendable {
        /// The download button: `Date received`, `Sub-product`, `Complaint ID`.
        case download
        /// The data catalogue of 2013–2017: `date_received`, `company_response_to_consumer`, `consumer_disputed?`.
        case catalogue
        /// The search interface: `date_received`, `company_response`, `complaint_what_happened`, `timely`.
        case search
    }

    public let vocabulary: Vocabulary
    private let positions: [CFPBColumn: Int]

    /// Throws `.missingColumns` of the nearest layout when the header is none of them.
    public init(header: [String]) throws(HeaderRefusal) {
        var namesSeen: Set<String> = []
        for name in header where !namesSeen.insert(name).inserted { throw .repeatedColumn(name) }
        let candidates = Vocabulary.allCases.map { vocabulary in
            (
                vocabulary, missing: CFPBColumn.required.filter { !namesSeen.contains(vocabulary.name(of: $0)) },
                known: CFPBColumn.allCases.count { namesSeen.contains(vocabulary.name(of: $0)) }
            )
        }
        let nearest = candidates.min { ($0.missing.count, $1.known) < ($1.missing.count, $0.known) }
        guard let (vocabulary, missing, _) = nearest else { throw .empty }
        guard missing.isEmpty else { throw .missingColumns(missing.map(vocabulary.name), of: "a CFPB complaint file") }
        self.vocabulary = vocabulary
        var positions: [CFPBColumn: Int] = [:]
        for column in CFPBColumn.allCases { positions[column] = header.firstIndex(of: vocabulary.name(of: column)) }
        self.positions = positions
    }

    public func has(_ column: CFPBColumn) -> Bool { positions[column] != nil }

    /// The column's text in `record`; `nil` when the file has no such column or the field is empty.
    public func text(_ column: CFPBColumn, in record: CSVRecord) -> String? {
        guard let position = positions[column], position < record.count, !record.bytes(of: position).isEmpty else { return nil }
        return record[position]
    }

    /// The column as this file calls it, for messages.
    public func name(of column: CFPBColumn) -> String { vocabulary.name(of: column) }
}

extension CFPBLayout.Vocabulary {
    func name(of column: CFPBColumn) -> String {
        let (download, catalogue, search) = CFPBLayout.Vocabulary.names(of: column)
        return switch self {
        case .download: download
        case .catalogue: catalogue
        case .search: search
        }
    }

    private static func names(of column: CFPBColumn) -> (String, String, String) {
        switch column {
        case .received: ("Date received", "date_received", "date_received")
        case .product: ("Product", "product", "product")
        case .subProduct: ("Sub-product", "sub_product", "sub_product")
        case .issue: ("Issue", "issue", "issue")
        case .subIssue: ("Sub-issue", "sub_issue", "sub_issue")
        case .narrative: ("Consumer complaint narrative", "consumer_complaint_narrative", "complaint_what_happened")
        case .publicResponse: ("Company public response", "company_public_response", "company_public_response")
        case .company: ("Company", "company", "company")
        case .state: ("State", "state", "state")
        case .zip: ("ZIP code", "zipcode", "zip_code")
        case .tags: ("Tags", "tags", "tags")
        case .consent: ("Consumer consent provided?", "consumer_consent_provided", "consumer_consent_provided")
        case .channel: ("Submitted via", "submitted_via", "submitted_via")
        case .sentToCompany: ("Date sent to company", "date_sent_to_company", "date_sent_to_company")
        case .companyResponse: ("Company response to consumer", "company_response_to_consumer", "company_response")
        case .timely: ("Timely response?", "timely_response", "timely")
        case .disputed: ("Consumer disputed?", "consumer_disputed?", "consumer_disputed")
        case .id: ("Complaint ID", "complaint_id", "complaint_id")
        }
    }
}
