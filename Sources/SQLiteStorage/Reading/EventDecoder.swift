import Chronicle
import EventStorage

/// Turns rows of the event table into events. Anything unreadable is damage, named by its sequence.
struct EventDecoder {
    let session: Session
    /// The stream of the row before: events of one stream come in runs.
    private var stream: (id: Int64, name: StreamID)?

    init(session: Session) { self.session = session }

    mutating func event(_ row: Prepared) throws -> StoredEvent {
        let sequence = row.integer(0)
        func damaged(_ what: String) -> StoreError { .damaged(sequence: sequence, reason: "its \(what) cannot be read") }
        guard let actor = ActorBytes.decode(row.bytes(7)) else { throw damaged("actor") }
        guard let correlation = ActorBytes.bits(row.bytes(10)) else { throw damaged("correlation") }
        guard let commitment = row.digest(13) else { throw damaged("commitment") }
        guard let stream = stream(row) else { throw damaged("stream") }
        guard let type = try session.names.type(row.integer(4), in: session) else { throw damaged("type") }
        var policy: PolicyHash?
        if let id = row.integerOrNil(8) {
            guard let known = try session.names.policy(id, in: session) else { throw damaged("policy") }
            policy = known
        }
        let envelope = Envelope(
            stream: stream, version: Int(row.integer(3)), sequence: sequence, occurred: Instant(milliseconds: row.integer(5)),
            recorded: Instant(milliseconds: row.integer(6)), actor: actor, policy: policy, causation: row.integerOrNil(9),
            correlation: CorrelationID(bits: correlation))
        return StoredEvent(
            envelope: envelope, type: type, payload: Array(row.bytes(11)), salt: Array(row.bytes(12)), commitment: commitment)
    }

    private mutating func stream(_ row: Prepared) -> StreamID? {
        let id = row.integer(1)
        if let stream, stream.id == id { return stream.name }
        guard !row.isNull(2), let name = StreamID(row.text(2)) else { return nil }
        stream = (id, name)
        return name
    }
}

/// The types and policies of the log by their numbers. Both are few and never change, so a connection reads each once.
final class Names {
    private var types: [Int64: EventType] = [:]
    private var policies: [Int64: PolicyHash] = [:]

    /// `nil` when there is none with this number.
    func type(_ id: Int64, in session: Session) throws -> EventType? {
        if let known = types[id] { return known }
        let select = try session.prepare("SELECT name, version FROM event_type WHERE id = ?")
        defer { select.reset() }
        select.bind(id, at: 1)
        guard try select.step() else { return nil }
        let type = EventType(select.text(0), version: Int(select.integer(1)))
        types[id] = type
        return type
    }

    func policy(_ id: Int64, in session: Session) throws -> PolicyHash? {
        if let known = policies[id] { return known }
        let select = try session.prepare("SELECT hash FROM policy WHERE id = ?")
        defer { select.reset() }
        select.bind(id, at: 1)
        guard try select.step(), let digest = select.digest(0) else { return nil }
        let policy = PolicyHash(digest)
        policies[id] = policy
        return policy
    }
}
