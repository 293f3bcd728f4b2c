/// What the CFPB publishes about a complaint, one case per column; the names differ from export to export, the meaning does not.
///
/// Source: “Field reference”, Consumer Complaint Database, Consumer Financial Protection Bureau.
public enum CFPBColumn: String, CaseIterable, Hashable, Sendable {
    case received, product, subProduct, issue, subIssue, narrative, publicResponse, company, state, zip, tags, consent, channel
    case sentToCompany, companyResponse, timely, disputed, id

    /// Without these a row is no complaint that could be handled; the others may be missing from an export.
    static let required: [CFPBColumn] = [.received, .product, .issue, .company, .channel, .sentToCompany, .companyResponse]
}
