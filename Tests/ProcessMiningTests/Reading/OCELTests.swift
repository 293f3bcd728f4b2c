import ProcessMining
import Testing

@Suite("Object-centric logs")
struct OCELTests {
    static let sample = """
        {"objectTypes": [{"name": "order", "attributes": []}, {"name": "item", "attributes": []}], "eventTypes": [],
         "objects": [{"id": "o1", "type": "order", "attributes": [{"name": "x", "value": "\\u00e9 \\"y\\"", "time": "2026-03-01T00:00:00Z"}]},
          {"id": "i1", "type": "item"}, {"id": "i2", "type": "item"}],
         "events": [
          {"id": "e1", "type": "place", "time": "2026-03-01T10:00:00Z", "attributes": [], "relationships": [{"objectId": "o1", "qualifier": "q"}, {"objectId": "i1", "qualifier": "q"}, {"objectId": "i2", "qualifier": "q"}]},
          {"id": "e2", "type": "ship", "time": "2026-03-02T10:00:00Z", "attributes": [], "relationships": [{"objectId": "i1", "qualifier": "q"}]},
          {"id": "e3", "type": "ship", "time": "2026-03-03T10:00:00Z", "attributes": [], "relationships": [{"objectId": "i2", "qualifier": "q"}]}]}
        """

    @Test("The life of each object of a kind is a case; the kind with most events when none is said")
    func flattened() throws {
        let items = try Logs.read(OCELTests.sample)
        #expect(items.format == .ocel)
        #expect(items.log.caseCount == 2)
        #expect(items.log.eventCount == 4)
        #expect(items.log.path(of: 0) == ["place", "ship"])
        let orders = try Logs.read(OCELTests.sample, LogOptions(objectType: "order")).log
        #expect(orders.path(of: 0) == ["place"])
    }

    @Test(
        "What is wrong is refused, with its line",
        arguments: [
            ("\"e2\"", "\"e1\"", 6), ("\"i2\", \"type\"", "\"i1\", \"type\"", 3), ("2026-03-03T10", "2026-33-03T10", 7),
            ("\"objectId\": \"i2\", \"qualifier\": \"q\"}]}]}", "\"objectId\": \"i9\", \"qualifier\": \"q\"}]}]}", 7),
        ])
    func refused(old: String, new: String, line: Int) throws {
        let text = OCELTests.sample.replacing(old, with: new)
        try #require(text != OCELTests.sample)
        let refusal = #expect(throws: LogRefusal.self) { try Logs.read(text) }
        #expect(refusal?.faults.first?.line == line)
    }

    @Test("A kind that is not there is refused with those that are")
    func unknownType() {
        let refusal = #expect(throws: LogRefusal.self) { try Logs.read(OCELTests.sample, LogOptions(objectType: "case")) }
        #expect(refusal?.sentence.contains("“order”") == true)
    }

    @Test("Cut off anywhere it is refused")
    func cutOff() {
        let bytes = Array(OCELTests.sample.utf8)
        for length in stride(from: 1, to: bytes.count - 1, by: 5) {
            #expect(throws: LogRefusal.self) { try Logs.read(Array(bytes[..<length]), chunk: 4_096) }
        }
        #expect(throws: LogRefusal.self) { try Logs.read(String(repeating: "{\"events\":[", count: 1)) }
        #expect(throws: LogRefusal.self) { try Logs.read("{\"x\":" + String(repeating: "[", count: 100_000)) }
    }
}
