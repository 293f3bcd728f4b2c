/// What a complaint is about: one of our reasons where the bureau's issue clearly is one, otherwise a topic for the reports.
public enum CFPBSubject: Hashable, Sendable {
    case reason(String)
    case topic(String)
}

/// Where a complaint goes in our taxonomy.
public struct CFPBClassification: Hashable, Sendable {
    /// Every row is a complaint that came through a regulator, whatever it is about.
    public static let caseType = "COMPLAINT"
    public static let reason = "CMP-04"

    public let subject: CFPBSubject
    /// For slicing where the subject is too fine.
    public let family: CFPBProductFamily
}

extension CFPBClassification {
    public init(_ complaint: CFPBComplaint) {
        self.init(
            product: complaint.product, subProduct: complaint.subProduct, issue: complaint.issue, subIssue: complaint.subIssue)
    }

    /// Total: the first row of the table that fits, or the product's family as the topic.
    public init(product: String, subProduct: String?, issue: String, subIssue: String?) {
        family = CFPBProductFamily(product: product)
        let (family, rows) = (family, rowsByIssue[issue] ?? [])
        let row = rows.first { $0.fits(family, subProduct: subProduct, subIssue: subIssue) }
        subject = row?.subject ?? .topic(family.rawValue)
    }
}

/// One mapping: an issue, narrowed by family, sub-product or sub-issue where the issue alone does not say enough.
struct CFPBMapping: Sendable {
    let issue: String
    let families: Set<CFPBProductFamily>
    let subProduct: String?
    let subIssue: String?
    let subject: CFPBSubject

    func fits(_ family: CFPBProductFamily, subProduct: String?, subIssue: String?) -> Bool {
        families.contains(family)
            && (self.subProduct == nil || self.subProduct == subProduct)
            && (self.subIssue == nil || self.subIssue == subIssue)
    }
}

private let rowsByIssue = Dictionary(grouping: CFPBMapping.table, by: \.issue)
