import Testing

@testable import Chronicle

/// An event with every line of its leaf filled.
enum Specimen {
    static func event(sequence: Int64 = 42) throws -> StoredEvent {
        let salt = Array("0123456789abcdef".utf8)
        let payload = Array(#"{"outcome":"OUT-REL"}"#.utf8)
        let envelope = Envelope(
            stream: try #require(StreamID("case_01JDB0W5T8M4Q3ZK2V7XN9RCEH")), version: 7, sequence: sequence,
            occurred: try #require(Instant("2026-11-22T14:05:00Z")), recorded: try #require(Instant("2026-11-22T14:05:00.250Z")),
            actor: .staff(StaffID(bits: 7)), policy: PolicyHash(Digest(hashing: "policy".utf8)), causation: 41, correlation: CorrelationID(bits: 9))
        return StoredEvent(
            envelope: envelope, type: EventType("ruling-made"), payload: payload, salt: salt, commitment: Leaf.commitment(salt: salt, payload: payload))
    }
}

@Suite("Leaves")
struct LeafTests {
    @Test("The text of a leaf, for ever")
    func golden() throws {
        let event = try Specimen.event()
        let text = String(decoding: Leaf.bytes(of: event.envelope, type: event.type, commitment: event.commitment), as: UTF8.self)
        #expect(
            text == """
                recourse-event/1
                42
                case_01JDB0W5T8M4Q3ZK2V7XN9RCEH
                7
                ruling-made/1
                2026-11-22T14:05:00Z
                2026-11-22T14:05:00.250Z
                staff_00000000000000000000000007
                823412d1eacb67956220e532959f0104603057c88704863ca38e7cd188fda812
                41
                cor_00000000000000000000000009
                \(Digest(hashing: Array(#"0123456789abcdef{"outcome":"OUT-REL"}"#.utf8)))

                """)
        #expect(Leaf.hash(of: event) == MerkleTree.leafHash(Array(text.utf8)))
        #expect(Leaf.hash(of: event) == Digest(hashing: [0] + Array(text.utf8)))
    }

    @Test("What is absent is a dash")
    func absent() throws {
        var envelope = try Specimen.event().envelope
        (envelope.policy, envelope.causation) = (nil, nil)
        let text = String(decoding: Leaf.bytes(of: envelope, type: EventType("a"), commitment: MerkleTree.emptyRoot), as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 13 && lines[8] == "-" && lines[9] == "-" && lines[12].isEmpty)
    }

    @Test("Another salt, or another cut between salt and payload, is another leaf or the same bytes")
    func commitment() {
        #expect(Leaf.commitment(salt: [1], payload: [2]) != Leaf.commitment(salt: [2], payload: [2]))
        #expect(Leaf.commitment(salt: [1, 2], payload: [3]) == Digest(hashing: [1, 2, 3]))
    }

    @Test("The name of an event is read as it is written, and nothing else is")
    func eventTypes() {
        #expect(EventType(description: "case-opened/2") == EventType("case-opened", version: 2))
        for text in ["", "a", "a/", "/1", "a/0", "a/-1", "a/01", "a/1/1", "A/1", "a b/1", "a\n/1", "a/1 ", String(repeating: "a", count: 49) + "/1"] {
            #expect(EventType(description: text) == nil, "\(text)")
        }
    }
}
