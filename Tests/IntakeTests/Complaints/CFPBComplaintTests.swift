import Chronicle
import Intake
import Testing

@Suite("Complaint row")
struct CFPBComplaintTests {
    private static let columns = [
        "Date received", "Product", "Sub-product", "Issue", "Sub-issue", "Consumer complaint narrative", "Company public response", "Company",
        "State", "ZIP code", "Tags", "Consumer consent provided?", "Submitted via", "Date sent to company", "Company response to consumer",
        "Timely response?", "Consumer disputed?", "Complaint ID",
    ]
    private static let good = [
        "Date received": "2023-08-25", "Product": "Money transfer, virtual currency, or money service", "Sub-product": "Virtual currency",
        "Issue": "Fraud or scam", "Company": "An Exchange, Inc.", "State": "FL", "ZIP code": "330XX", "Submitted via": "Web",
        "Tags": "Older American, Servicemember", "Consumer consent provided?": "Consent provided",
        "Consumer complaint narrative": "I sent XXXX\nand \"they\" kept it", "Date sent to company": "2023-08-26",
        "Company response to consumer": "Closed with explanation", "Timely response?": "Yes", "Consumer disputed?": "N/A",
        "Complaint ID": "7523056",
    ]

    private func read(_ changes: [String: String]) throws -> CFPBImport.Row {
        let values = CFPBComplaintTests.good.merging(changes) { $1 }
        let text = [CFPBComplaintTests.columns, CFPBComplaintTests.columns.map { values[$0] ?? "" }]
            .map { $0.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") }.joined(separator: "\n")
        var intake = CFPBImport()
        let rows = try intake.feed(Array(text.utf8)) + intake.finish()
        return try #require(rows.count == 1 ? rows.first : nil)
    }

    @Test("A whole row is read into types")
    func whole() throws {
        let complaint = try read([:]).get()
        #expect(complaint.id.text == "7523056")
        #expect(!complaint.id.isDerived)
        #expect(complaint.line == 2)
        #expect(complaint.received.date == CivilDate("2023-08-25"))
        #expect(complaint.received.instant == Instant("2023-08-25T17:00:00Z"))
        #expect(complaint.sentToCompany?.date == CivilDate("2023-08-26"))
        #expect(complaint.subProduct == "Virtual currency")
        #expect(complaint.subIssue == nil)
        #expect(complaint.narrative == "I sent XXXX\nand \"they\" kept it")
        #expect(complaint.publicResponse == nil)
        #expect(complaint.tags == [.olderAmerican, .servicemember])
        #expect(complaint.consent == .provided)
        #expect(complaint.channel == .web)
        #expect(complaint.companyResponse == .closedWithExplanation)
        #expect(complaint.timely == true)
        #expect(complaint.disputed == nil)
    }

    @Test(
        "A row that is not understood is rejected with the value named",
        arguments: [
            ("Date received", "", RowRejection.Reason.missing(column: "Date received")),
            ("Date received", "2023-02-30", .malformed(column: "Date received", value: "2023-02-30", expected: "a date")),
            ("Date sent to company", "soon", .malformed(column: "Date sent to company", value: "soon", expected: "a date")),
            ("Product", "", .missing(column: "Product")),
            ("Issue", "", .missing(column: "Issue")),
            ("Company", "", .missing(column: "Company")),
            ("Submitted via", "", .missing(column: "Submitted via")),
            ("Submitted via", "Pigeon", .unknown(column: "Submitted via", value: "Pigeon")),
            ("Company response to consumer", "", .missing(column: "Company response to consumer")),
            ("Company response to consumer", "Closed in anger", .unknown(column: "Company response to consumer", value: "Closed in anger")),
            ("Company response to consumer", "closed", .unknown(column: "Company response to consumer", value: "closed")),
            ("Timely response?", "Perhaps", .unknown(column: "Timely response?", value: "Perhaps")),
            ("Consumer disputed?", "yes", .unknown(column: "Consumer disputed?", value: "yes")),
            ("Consumer consent provided?", "?", .unknown(column: "Consumer consent provided?", value: "?")),
            ("Tags", "Older American, Martian", .unknown(column: "Tags", value: "Martian")),
            ("Complaint ID", "A17", .malformed(column: "Complaint ID", value: "A17", expected: "a complaint number")),
        ])
    func rejected(column: String, value: String, reason: RowRejection.Reason) throws {
        #expect(try read([column: value]) == .failure(RowRejection(line: 2, reason)))
    }

    @Test("Every answer, channel and consent that is published is read")
    func closedLists() throws {
        for response in CFPBResponse.allCases {
            #expect(try read(["Company response to consumer": response.rawValue]).get().companyResponse == response)
        }
        for channel in CFPBChannel.allCases { #expect(try read(["Submitted via": channel.rawValue]).get().channel == channel) }
        for consent in CFPBConsent.allCases {
            #expect(try read(["Consumer consent provided?": consent.rawValue]).get().consent == consent)
        }
    }

    @Test("A row without a number gets a name that any changed field changes")
    func derivedNames() throws {
        let plain = try read(["Complaint ID": ""]).get().id
        #expect(plain.isDerived)
        #expect(plain.text.utf8.count == 36)
        #expect(try read(["Complaint ID": ""]).get().id == plain)
        let changes = [
            ["State": "TX"], ["Company": "Another"], ["Consumer disputed?": "No"], ["Sub-issue": "FL", "State": ""], ["Tags": ""],
        ]
        for change in changes {
            #expect(try read(change.merging(["Complaint ID": ""]) { $1 }).get().id != plain, "\(change)")
        }
    }
}

@Suite("Complaint day")
struct CFPBDayTests {
    @Test(
        "Each way of writing a day is read, and stands for noon in Washington",
        arguments: [
            ("2023-08-25", "2023-08-25", "2023-08-25T17:00:00Z"),
            ("8/30/2013", "2013-08-30", "2013-08-30T17:00:00Z"),
            ("12/1/2013", "2013-12-01", "2013-12-01T17:00:00Z"),
            ("2/29/2016", "2016-02-29", "2016-02-29T17:00:00Z"),
            ("2023-06-05T12:00:00-05:00", "2023-06-05", "2023-06-05T17:00:00Z"),
            // The day is the one that is written, not the one in UTC.
            ("2023-06-05T22:00:00-05:00", "2023-06-05", "2023-06-06T03:00:00Z"),
        ])
    func read(text: String, date: String, instant: String) {
        #expect(CFPBDay(text)?.date.description == date)
        #expect(CFPBDay(text)?.instant.description == instant)
    }

    @Test(
        "What is not a day is refused",
        arguments: [
            "", "25", "2023-13-01", "2/29/2015", "30/8/2013", "8/30/13", "8-30-2013", "2023/08/25", "2023-06-05T12:00:00", " 2023-08-25",
            "8/30/2013 ", "+8/30/2013", "2023-06-05T12:00:00-05:00Z", "008/30/2013",
        ])
    func refused(text: String) {
        #expect(CFPBDay(text) == nil)
    }
}
