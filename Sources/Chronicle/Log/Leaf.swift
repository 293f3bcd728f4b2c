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

    /// Bytes go straight into the text: verifying a log builds millions of leaves.
    private static func append(to text: inout [UInt8], _ envelope: Envelope, _ type: EventType, _ commitment: Digest) {
        line(of: "recourse-event/1", to: &text)
        line(of: envelope.sequence, to: &text)
        line(of: envelope.stream.text, to: &text)
        line(of: Int64(envelope.version), to: &text)
        text.append(contentsOf: type.name.utf8)
        text.append(UInt8(ascii: "/"))
        line(of: Int64(type.version), to: &text)
        envelope.occurred.withISO8601Bytes { text.append(contentsOf: $0) }
        text.append(10)
        envelope.recorded.withISO8601Bytes { text.append(contentsOf: $0) }
        text.append(10)
        envelope.actor.withTextForm { text.append(contentsOf: $0) }
        text.append(10)
        if let policy = envelope.policy { policy.digest.withTextForm { text.append(contentsOf: $0) } } else { text.append(UInt8(ascii: "-")) }
        text.append(10)
        if let causation = envelope.causation { line(of: causation, to: &text) } else { line(of: "-", to: &text) }
        envelope.correlation.withTextForm { text.append(contentsOf: $0) }
        text.append(10)
        commitment.withTextForm { text.append(contentsOf: $0) }
        text.append(10)
    }

    private static func line(of words: String, to text: inout [UInt8]) {
        text.append(contentsOf: words.utf8)
        text.append(10)
    }

    private static func line(of number: Int64, to text: inout [UInt8]) {
        guard number >= 0 else { return line(of: String(number), to: &text) }
        let start = text.count
        var rest = number
        repeat {
            text.append(UInt8(48 + rest % 10))
            rest /= 10
        } while rest > 0
        text[start...].reverse()
        text.append(10)
    }
}
