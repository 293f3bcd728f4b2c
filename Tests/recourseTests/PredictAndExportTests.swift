import Foundation
import Testing

@Suite("Foretelling and exporting on the command line")
struct PredictAndExportTests {
    private func json(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test("How well a log is foretold is JSON, the same twice, with a line for each fold")
    func predict() throws {
        let folder = try TemporaryFolder()
        var rows = "case,activity,time\n"
        for index in 1...20 { rows += "\(index),Open,2026-03-\(index + 9)T09:00:00Z\n\(index),Close,2026-03-\(index + 9)T15:00:00Z\n" }
        let log = try folder.write(rows, to: "log.csv")
        let first = try Program.run(["predict", "evaluate", log, "--folds", "4", "--json"])
        #expect(first.code == 0, "\(first.err)")
        let figures = try json(first.out)
        #expect(figures["remaining_time_mae_days"] as? Double == 0)
        #expect(figures["next_activity_accuracy"] as? Double == 1)
        #expect(figures["prefixes"] as? Int == 20)
        #expect((figures["by_fold"] as? [Any])?.count == 4)
        #expect(try Program.run(["predict", "evaluate", log, "--folds", "4", "--json"]).out == first.out)
        #expect(try Program.run(["predict", "evaluate", log]).out.contains("20 cases, 40 events"))
    }

    @Test("Too few cases, and an end no case has, are said")
    func refused() throws {
        let folder = try TemporaryFolder()
        let log = try folder.write("case,activity,time\n1,Open,2026-03-01\n2,Open,2026-03-02\n", to: "log.csv")
        let few = try Program.run(["predict", "evaluate", log])
        #expect(few.code == 1)
        #expect(few.err.contains("2 cases cannot be dealt into 5 folds"))
        #expect(try Program.run(["predict", "evaluate", log, "--folds", "2", "--end", "Shut"]).err.contains("no event is “Shut”"))
    }

    @Test("What is exported, our own reader reads back alike in all three forms; nothing sealed and no party is in it")
    func export() throws {
        let store = try TryStore()
        for order in ["P2P-1", "P2P-2"] { try store.openDispute(order) }
        var counts: [[Int]] = []
        for form in ["xes", "ocel", "csv"] {
            let file = store.folder.file("desk." + form)
            #expect(try store.done("export", form, "--out", file.path).out.contains("events of"))
            let text = try String(contentsOf: file, encoding: .utf8)
            for word in ["party_", "statement", "nothing came", "maria", "omar", "amir"] { #expect(!text.contains(word), "\(form) says \(word)") }
            let map = try json(try Program.run(["map", file.path, "--json"] + (form == "ocel" ? ["--object-type", "case"] : [])).out)
            counts.append(try ["cases", "events", "variants", "edge_count"].map { try #require(map[$0] as? Int) })
        }
        #expect(counts[0] == counts[1])
        #expect(counts[0] == counts[2])
        #expect(counts[0][0] == 2)
        #expect(counts[0][1] > 4)
    }
}
