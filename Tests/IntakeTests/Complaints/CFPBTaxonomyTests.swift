@testable import Intake
import Testing

@Suite("Complaint taxonomy")
struct CFPBTaxonomyTests {
    private static let money = "Money transfer, virtual currency, or money service"

    struct Example: Sendable {
        let product: String
        var subProduct: String?
        let issue: String
        var subIssue: String?
        let subject: CFPBSubject
    }

    @Test(
        "An issue that clearly is one of our reasons becomes that reason; another keeps a topic",
        arguments: [
            Example(product: money, issue: "Fraud or scam", subject: .reason("ATO-04")),
            Example(product: money, issue: "Unauthorized transactions or other transaction problem", subject: .reason("ATO-01")),
            Example(
                product: money, subProduct: "Virtual currency", issue: "Money was not available when promised", subject: .reason("WDR-01")),
            Example(
                product: money, subProduct: "Domestic (US) money transfer", issue: "Money was not available when promised",
                subject: .reason("FIA-02")),
            Example(product: money, issue: "Other transaction problem", subject: .topic("transaction")),
            Example(
                product: "Checking or savings account", issue: "Closing an account", subIssue: "Company closed your account",
                subject: .reason("ACC-02")),
            Example(product: "Checking or savings account", issue: "Closing an account", subject: .topic("account")),
            Example(
                product: "Credit card or prepaid card", issue: "Problem with a purchase shown on your statement",
                subIssue: "Card was charged for something you did not purchase with the card", subject: .reason("CRD-10")),
            Example(
                product: "Credit card or prepaid card", issue: "Problem with a purchase shown on your statement",
                subIssue: "Credit card company isn't resolving a dispute about a purchase on your statement", subject: .topic("card")),
            Example(
                product: "Credit reporting", issue: "Credit reporting company's investigation", subIssue: "Investigation took too long",
                subject: .reason("CMP-01")),
            Example(product: "Credit reporting", issue: "Credit reporting company's investigation", subject: .reason("CMP-03")),
            // The same issue means something else for another product.
            Example(product: "Mortgage", issue: "Fraud or scam", subject: .topic("mortgage")),
            Example(product: "Debt collection", issue: "Attempts to collect debt not owed", subject: .topic("debt collection")),
            Example(product: "A product of 2031", issue: "An issue of 2031", subject: .topic("other product")),
        ])
    func subjects(example: Example) {
        let found = CFPBClassification(
            product: example.product, subProduct: example.subProduct, issue: example.issue, subIssue: example.subIssue)
        #expect(found.subject == example.subject)
    }

    @Test("Every reason and outcome of the table is a code of the domain's lists")
    func knownCodes() {
        // The reasons the table may use, from the domain's list of reasons.
        let reasons: Set = [
            "ATO-01", "ATO-04", "WDR-01", "FIA-01", "FIA-02", "FEE-01", "ACC-01", "ACC-02", "CRD-10", "CRD-12", "CMP-01", "CMP-03",
        ]
        let used = Set(CFPBMapping.table.compactMap { row in if case .reason(let code) = row.subject { code } else { nil } })
        #expect(used == reasons)
        #expect(CFPBClassification.caseType == "COMPLAINT")
        #expect(CFPBClassification.reason == "CMP-04")
    }

    @Test("No row of the table is hidden behind a wider one before it")
    func reachable() {
        for (index, row) in CFPBMapping.table.enumerated() {
            for family in row.families {
                let hiding = CFPBMapping.table[..<index].first {
                    $0.issue == row.issue && $0.fits(family, subProduct: row.subProduct, subIssue: row.subIssue)
                }
                #expect(hiding == nil, "\(row.issue), \(row.subIssue ?? "any") for \(family)")
            }
        }
    }

    @Test("Every name in the table is one the bureau writes")
    func namesOccur() throws {
        let complaints = try CFPBExamplesTests.files.flatMap { try read($0.file) }
        // In the bureau's list of issues, but in none of the four samples.
        let unseen: Set = [
            "Incorrect exchange rate", "Trouble accessing funds in your mobile or digital wallet",
            "Confusing or misleading advertising or marketing",
        ]
        #expect(Set(CFPBMapping.table.map(\.issue)).subtracting(complaints.map(\.issue)) == unseen)
        #expect(Set(CFPBMapping.table.compactMap(\.subIssue)).subtracting(complaints.compactMap(\.subIssue)) == [])
        #expect(Set(CFPBMapping.table.compactMap(\.subProduct)).subtracting(complaints.compactMap(\.subProduct)) == [])
        // Every product of the samples belongs to a family; the two that share no issues with others are named.
        let strays = Set(complaints.filter { CFPBProductFamily(product: $0.product) == .other }.map(\.product))
        #expect(strays == ["Other financial service", "Debt or credit management"])
        for row in CFPBMapping.table where !unseen.contains(row.issue) {
            let families = Set(complaints.filter { $0.issue == row.issue }.map { CFPBProductFamily(product: $0.product) })
            #expect(!families.isDisjoint(with: row.families), "\(row.issue)")
        }
    }

    private func read(_ name: String) throws -> [CFPBComplaint] {
        var intake = CFPBImport()
        let rows = try intake.feed(Samples.bytes(Samples.path("complaints/\(name)"))) + intake.finish()
        return rows.compactMap { try? $0.get() }
    }

    @Test("What the examples are about, counted")
    func examples() throws {
        let all = try CFPBExamplesTests.files.flatMap { try read($0.file) }.map { CFPBClassification($0).subject }
        let counts = tally(all)
        // Counted with another program from the same files.
        let expected = ["ATO-04": 78, "CMP-01": 932, "CMP-03": 1_811, "CRD-12": 4, "ACC-02": 86]
        for (reason, count) in expected { #expect(counts[.reason(reason)] == count, "\(reason)") }
        #expect(all.count == 16_253)
        let complaints = try read("cfpb_2023-06_10000.csv.gz")
        let found = complaints.map { CFPBClassification($0) }
        #expect(!found.contains { $0.family == .other })
        let virtual = zip(complaints, found).filter { $0.0.subProduct == "Virtual currency" }
        #expect(virtual.count == 14)
        for (complaint, classification) in virtual {
            let isOurs = if case .reason = classification.subject { true } else { false }
            let ours: Set = [
                "Fraud or scam", "Money was not available when promised", "Unauthorized transactions or other transaction problem",
            ]
            #expect(isOurs == ours.contains(complaint.issue), "\(complaint.issue)")
        }
    }
}

@Suite("Complaint outcome")
struct CFPBOutcomeTests {
    @Test(
        "Each answer has one meaning",
        arguments: [
            (CFPBResponse.inProgress, CFPBOutcome.pending), (.untimely, .undisclosed),
            (.closedWithExplanation, .ruled(outcome: "OUT-APO")), (.closedWithMonetaryRelief, .ruled(outcome: "OUT-CPN")),
            (.closedWithNonMonetaryRelief, .ruled(outcome: "OUT-GWL")), (.closedWithRelief, .ruled(outcome: "OUT-GWL")),
            (.closed, .ruled(outcome: "OUT-REJ")), (.closedWithoutRelief, .ruled(outcome: "OUT-REJ")),
        ])
    func outcomes(response: CFPBResponse, outcome: CFPBOutcome) {
        #expect(CFPBOutcome(response) == outcome)
    }
}
