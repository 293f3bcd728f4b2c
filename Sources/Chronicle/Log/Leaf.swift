import Crypto

/// The bytes of an event that go into the Merkle tree: twelve lines of text that anyone can rebuild from an exported event.
///
/// ```
/// recourse-event/1
/// 42                                  sequence
/// case_01JDB0W5T8M4Q3ZK2V7XN9RCEH     stream
/// 7                                   version in the stream
/// ruling-made/1                       type
/// 2026-11-22T14:05:00Z                occurred
/// 2026-11-22T14:05:00.250Z            recorded
/// staff_01JD…                         actor
/// 5f1c… or -                          policy
/// 41 or -                             causation
/// cor_01JD…                           correlation
/// 9a0e…                               commitment to the body
/// ```
///
/// No personal data: the body is present only as a salted commitment, so it can be redacted, or its keys destroyed,
/// and the tree still verifies (EDPB Guidelines 02/2025 ask for a commitment whose secret can be erased).
public struct Leaf {
    /// The text of the leaf as UTF-8, each line ended by a line feed.
    public static func bytes(of envelope: Envelope, type: EventType, commitment: Digest) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(420)
        append(to: &text, envelope, type, commitment)
        return text
    }

    /// RFC 6962 §2.1 leaf hash of the event: SHA-256(0x00 ‖ leaf).
    public static func hash(of event: StoredEvent) -> Digest {
        var text: [UInt8] = [0]
        text.reserveCapacity(420)
        append(to: &text, event.envelope, event.type, event.commitment)
        return Digest(SHA256.hash(data: text))
    }

    /// SHA-256 of the 16-byte salt followed by the payload.
    public static func commitment(salt: [UInt8], payload: [UInt8]) -> Digest {
        var hasher = SHA256()
        salt.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        payload.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        return Digest(hasher.finalize())
    }

    private static func append(to text: inout [UInt8], _ envelope: Envelope, _ type: EventType, _ commitment: Digest) {
        func line(_ value: String) {
            text.append(contentsOf: value.utf8)
            text.append(10)
        }
        line("recourse-event/1")
        line(String(envelope.sequence))
        line(envelope.stream.text)
        line(String(envelope.version))
        line(type.description)
        envelope.occurred.withISO8601Bytes { text.append(contentsOf: $0) }
        text.append(10)
        envelope.recorded.withISO8601Bytes { text.append(contentsOf: $0) }
        text.append(10)
        line(envelope.actor.description)
        line(envelope.policy?.description ?? "-")
        line(envelope.causation.map { String($0) } ?? "-")
        line(envelope.correlation.description)
        line(commitment.description)
    }
}
