import Chronicle
import Disputes
import Foundation
import Policies
import TestKit
import Testing

/// Events are for ever: what they look like in the log is fixed by files that never change.
@Suite("Golden events")
struct GoldenEvents {
    static let folder = DefaultPack.root.appendingPathComponent("Tests/DisputesTests/Golden")

    @Test("Names are unique, and every event of the catalogue has a golden file that reads back to the same bytes", arguments: CaseEvent.catalogue)
    func golden(type: EventType) throws {
        #expect(CaseEvent.catalogue.filter { $0.name == type.name }.count == 1)
        let file = Self.folder.appendingPathComponent("\(type.name).\(type.version).json")
        guard let data = try? Data(contentsOf: file) else {
            Issue.record("there is no golden file for \(type): RECOURSE_GOLDEN=write makes the missing ones from the stories")
            return
        }
        let bytes = [UInt8](data)
        let event = try bytes.withUnsafeBytes { try CaseEvent.read(type, from: $0) }
        #expect(try event.payload() == bytes)
    }

    @Test("An event nobody knows is named, not guessed at")
    func unknown() {
        #expect(throws: UnknownEvent(EventType("case-vanished"))) {
            try [UInt8]("{}".utf8).withUnsafeBytes { try CaseEvent.read(EventType("case-vanished"), from: $0) }
        }
        #expect(throws: UnknownEvent(EventType("case-closed", version: 9))) {
            try [UInt8]("{}".utf8).withUnsafeBytes { try CaseEvent.read(EventType("case-closed", version: 9), from: $0) }
        }
    }

    /// Makes missing golden files from events that the stories really produce. Existing ones are never touched.
    @Test("The stories produce every event of the catalogue")
    func everyEventHappens() throws {
        let policy = try DefaultPack.policy()
        var seen: [EventType: CaseEvent] = [:]
        for story in try Stories.all(policy) { for event in story.log where seen[event.body.type] == nil { seen[event.body.type] = event.body } }
        let missing = CaseEvent.catalogue.filter { seen[$0] == nil }
        #expect(missing.isEmpty, "no story tells of \(missing.map(\.description))")
        guard ProcessInfo.processInfo.environment["RECOURSE_GOLDEN"] == "write" else { return }
        try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
        for (type, event) in seen {
            let file = Self.folder.appendingPathComponent("\(type.name).\(type.version).json")
            guard !FileManager.default.fileExists(atPath: file.path) else { continue }
            try Data(try event.payload()).write(to: file)
        }
    }
}
