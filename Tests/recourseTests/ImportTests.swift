import Foundation
import Testing

@Suite("Importing")
struct ImportTests {
    @Test(
        "A file imported twice adds nothing the second time",
        arguments: [
            ("cfpb", "Examples/complaints/cfpb_2023-08_sample.csv", 2_067, 1),
            ("cfpb", "Examples/complaints/cfpb_2013-08_sample.csv", 1_000, 0),
            ("incidents", "Examples/incidents/uci_extract.csv", 400, 0),
        ])
    func twice(kind: String, file: String, taken: Int, rejected: Int) throws {
        let store = try TryStore()
        let first = try store.done("import", kind, file)
        #expect(first.lastLine == "imported \(taken), rejected \(rejected), unchanged 0")
        let events = try store.done("log", "verify").lastLine
        let second = try store.done("import", kind, file)
        #expect(second.lastLine == "imported 0, rejected \(rejected), unchanged \(taken)")
        #expect(try store.done("log", "verify").lastLine == events)
        #expect(try store.run("log", "replay").code == 0)
    }

    @Test("The line that is cut off is named, with its reason")
    func namesLine() throws {
        let outcome = try TryStore().done("import", "cfpb", "Examples/complaints/cfpb_2023-08_sample.csv")
        #expect(outcome.lines.first == "line 3302: the file ends inside the quotation marks opened on line 3302")
    }

    private static let header =
        "Date received,Product,Sub-product,Issue,Sub-issue,Consumer complaint narrative,Company,State,Submitted via,Date sent to company,Company response to consumer,Timely response?,Complaint ID\n"
    private static let row = "2023-08-25,Credit card,,Getting a credit card,,\"They said no.\",ACME,TX,Web,2023-08-26,Closed with explanation,Yes,7\n"

    @Test("A row that changed since it was imported is rejected, and the first stays")
    func changedRow() throws {
        let store = try TryStore()
        let first = try store.folder.write(ImportTests.header + ImportTests.row, to: "first.csv")
        let changed = try store.folder.write(ImportTests.header + ImportTests.row.replacingOccurrences(of: "TX", with: "NY"), to: "changed.csv")
        #expect(try store.done("import", "cfpb", first).lastLine == "imported 1, rejected 0, unchanged 0")
        let again = try store.done("import", "cfpb", changed)
        #expect(again.lines == ["line 2: complaint 7 was imported before with other content", "imported 0, rejected 1, unchanged 0"])
    }

    @Test("What a consumer said is readable until they are erased, and the log verifies all the same")
    func erased() throws {
        let store = try TryStore()
        try store.done("import", "cfpb", try store.folder.write(ImportTests.header + ImportTests.row, to: "one.csv"))
        #expect(try store.done("case", "show", "cfpb:7").out.contains("They said no."))
        let shown = try objects(try store.done("case", "show", "cfpb:7", "--json"))
        let party = try #require((shown.first?["parties"] as? [[String: Any]])?.first?["id"] as? String)
        try store.done("erase", party, "--because", "asked to be forgotten", "--yes")
        let after = try store.done("case", "show", "cfpb:7").out
        #expect(!after.contains("They said no.") && after.contains("(erased)"))
        #expect(try store.run("log", "verify").code == 0)
    }

    @Test("A file that is no such table is refused before any row")
    func wrongFile() throws {
        let outcome = try TryStore().run("import", "cfpb", "Examples/incidents/uci_extract.csv")
        #expect(outcome.code == 1)
        #expect(outcome.err.contains("the header is not that of a CFPB complaint file"))
    }
}
