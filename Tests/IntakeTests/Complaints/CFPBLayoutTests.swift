import Intake
import Testing

@Suite("Complaint layout")
struct CFPBLayoutTests {
    private static let required = [
        "Date received", "Product", "Issue", "Company", "Submitted via", "Date sent to company", "Company response to consumer",
    ]

    @Test("Columns may stand in any order, with others between")
    func order() throws {
        var intake = CFPBImport()
        let header = ["Extra"] + CFPBLayoutTests.required.reversed()
        let row = ["x", "Closed", "2023-01-03", "Fax", "C", "I", "Mortgage", "2023-01-02"]
        let text = [header, row].map { $0.joined(separator: ",") }.joined(separator: "\n")
        let rows = try intake.feed(Array(text.utf8)) + intake.finish()
        let complaint = try #require(rows.first).get()
        #expect(complaint.received.date.description == "2023-01-02")
        #expect(complaint.channel == .fax)
        #expect(intake.layout?.has(.company) == true)
        #expect(intake.layout?.has(.narrative) == false)
    }

    @Test("A header that lacks a needed column is refused with its name", arguments: required)
    func missing(column: String) {
        let header = CFPBLayoutTests.required.filter { $0 != column }
        #expect(throws: HeaderRefusal.missingColumns([column], of: "a CFPB complaint file")) { try CFPBLayout(header: header) }
    }

    @Test("A header that is none of them is refused")
    func refused() {
        #expect(throws: HeaderRefusal.repeatedColumn("Issue")) { try CFPBLayout(header: CFPBLayoutTests.required + ["Issue"]) }
        #expect(throws: HeaderRefusal.self) { try CFPBLayout(header: ["number", "incident_state"]) }
        // Names of two exports do not make a third.
        #expect(throws: HeaderRefusal.missingColumns(["company_response"], of: "a CFPB complaint file")) {
            try CFPBLayout(header: [
                "date_received", "product", "issue", "company", "submitted_via", "date_sent_to_company", "Company response to consumer",
                "timely",
            ])
        }
    }

    @Test("A file without a header is refused", arguments: ["", "\n\n", "\u{FEFF}"])
    func empty(text: String) {
        #expect(throws: HeaderRefusal.empty) {
            var intake = CFPBImport()
            _ = try intake.feed(Array(text.utf8)) + intake.finish()
        }
    }

    @Test("A header that is no text is refused")
    func unreadable() {
        #expect(throws: HeaderRefusal.unreadable(RowRejection(line: 1, .notATable(.notUTF8(column: 1))))) {
            var intake = CFPBImport()
            _ = try intake.feed([0xFF, 0xFE, 10])
        }
    }
}
