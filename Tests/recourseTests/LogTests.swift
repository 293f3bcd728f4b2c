import Foundation
import Runtime
import Testing

@Suite("The log as evidence")
struct LogTests {
    @Test("A changed byte in the database ends verification at the first bad event, with code 2")
    func damage() throws {
        // given an event whose body holds a word that is nowhere else in a body
        let store = try TryStore()
        try store.done("user", "add", "unmistakable", "--role", "R2", "--level", "L2")
        try store.done("user", "add", "afterwards", "--role", "R2", "--level", "L2")
        let exported = try objects(try store.done("log", "export"))
        let sequence = try #require(exported.first { "\($0["payload"] ?? "")".contains("unmistakable") }?["sequence"] as? Int)

        // when one letter of it changes on the disk
        let database = URL(fileURLWithPath: store.path + "/desk.sqlite")
        var bytes = try Data(contentsOf: database)
        let place = try #require(bytes.range(of: Data("\"handle\":\"unmistakable\"".utf8)))
        bytes[place.upperBound - 2] ^= 1
        try bytes.write(to: database)

        // then
        let outcome = try store.run("log", "verify")
        #expect(outcome.code == 2)
        #expect(outcome.err.contains("event \(sequence) of the log is damaged"), "\(outcome.err)")
    }

    @Test("A proof verifies without the store; any changed byte of it does not")
    func proof() throws {
        let store = try TryStore()
        let file = store.folder.file("event.proof")
        try store.done("log", "prove", "--sequence", "3", "--out", file.path)
        let key = try #require(try objects(try store.done("store", "stat", "--json")).first?["key"] as? String)
        try FileManager.default.removeItem(atPath: store.path)

        let held = try Program.run(["verify", file.path, "--key", key])
        #expect(held.code == 0)
        #expect(held.out.contains("Proven: event 3 of the log"))

        let sound = try Data(contentsOf: file)
        for place in stride(from: 0, to: sound.count, by: max(1, sound.count / 25)) {
            var changed = sound
            changed[place] ^= 1
            try changed.write(to: file)
            let outcome = try Program.run(["verify", file.path])
            #expect(outcome.code == 1 && outcome.err.contains("the proof does not hold"), "byte \(place): \(outcome.out)\(outcome.err)")
        }
        try sound.write(to: file)
        let other = key.replacingOccurrences(of: "recourse.local", with: "elsewhere.local")
        #expect(try Program.run(["verify", file.path, "--key", other]).code == 1)
    }

    @Test("A checkpoint handed out is held against the log ever after")
    func checkpoint() throws {
        let store = try TryStore()
        #expect(try store.done("log", "checkpoint").lines.first == "recourse.local/desk")
        try store.done("user", "add", "later", "--role", "R2")
        #expect(try store.done("log", "verify").lines.first == "1 checkpoint handed out before agree")
    }

    @Test("A backup restores to the same root, and its rows can be made anew")
    func backup() throws {
        let store = try TryStore()
        try store.openDispute("P2P-1")
        let root = try store.done("log", "verify").lastLine
        let copy = store.folder.file("copy.sqlite").path
        #expect(try store.done("store", "backup", copy).lastLine.hasSuffix(root))
        #expect(try store.run("store", "backup", copy).code == 1)

        let restored = store.folder.file("restored").path
        #expect(try Program.run(["store", "restore", copy, restored]).code == 0)
        func recourse(_ arguments: String...) throws -> Program.Outcome { try Program.run(arguments + ["--store", restored]) }
        #expect(try recourse("log", "verify").lastLine == root)
        // The copy carries no keys: what people said is not in it.
        let shown = try recourse("case", "show", "P2P-1")
        #expect(shown.code == 0 && !shown.out.contains("nothing came"))
        #expect(try recourse("store", "rebuild").code == 0)
        #expect(try recourse("log", "replay").code == 0)
        #expect(try Program.run(["store", "restore", copy, restored]).code == 1)
    }

    @Test("Rebuilding makes the rows there were")
    func rebuild() throws {
        let store = try TryStore()
        try store.openDispute("P2P-1")
        let before = try store.done("case", "list", "--all", "--json").out
        #expect(try store.done("store", "rebuild").lastLine.hasPrefix("rebuilt \(CaseReplay.tables.count) tables"))
        #expect(try store.done("case", "list", "--all", "--json").out == before)
        #expect(try store.run("log", "replay").code == 0)
    }
}
