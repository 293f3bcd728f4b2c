import Chronicle
import EventStorage

/// Reading the log on one connection.
struct LogReading: EarlierEvents {
    let session: Session

    func head() throws -> LogHead {
        let select = try session.prepare("SELECT sequence, root, recorded FROM log_head")
        defer { select.reset() }
        guard try select.step(), let root = select.digest(1) else { throw StoreError.damaged(sequence: 0, reason: "the head of the log is missing") }
        return LogHead(sequence: select.integer(0), root: root, recorded: Instant(milliseconds: select.integer(2)))
    }

    func events(after sequence: Int64, limit: Int) throws -> [StoredEvent] {
        let select = try session.prepare(LogReading.columns + " WHERE e.sequence > ? ORDER BY e.sequence LIMIT ?")
        select.bind(sequence, at: 1)
        select.bind(Int64(max(0, limit)), at: 2)
        return try events(select, after: sequence, limit: limit)
    }

    func events(of stream: StreamID, after version: Int, limit: Int) throws -> [StoredEvent] {
        let select = try session.prepare(
            LogReading.columns + " WHERE e.stream = (SELECT id FROM stream WHERE name = ?) AND e.version > ? ORDER BY e.version LIMIT ?")
        select.bind(stream.text, at: 1)
        select.bind(Int64(version), at: 2)
        select.bind(Int64(max(0, limit)), at: 3)
        return try events(select, after: 0, limit: limit)
    }

    func events(of stream: StreamID, through version: Int) throws -> [StoredEvent] { try events(of: stream, after: 0, limit: version) }

    func leafHashes(_ sequences: ClosedRange<Int64>) throws -> [Digest] {
        let head = try head().sequence
        guard sequences.lowerBound >= 1, sequences.upperBound <= head else {
            throw StoreError.malformed(reason: "the log has the events 1 to \(head), not \(sequences.lowerBound) to \(sequences.upperBound)")
        }
        let select = try session.prepare("SELECT sequence, leaf_hash FROM event WHERE sequence BETWEEN ? AND ? ORDER BY sequence")
        defer { select.reset() }
        select.bind(sequences.lowerBound, at: 1)
        select.bind(sequences.upperBound, at: 2)
        var hashes: [Digest] = []
        hashes.reserveCapacity(sequences.count)
        var expected = sequences.lowerBound
        while try select.step() {
            guard select.integer(0) == expected, let hash = select.digest(1) else {
                throw StoreError.damaged(sequence: expected, reason: "its leaf hash is missing")
            }
            hashes.append(hash)
            expected += 1
        }
        guard expected > sequences.upperBound else { throw StoreError.damaged(sequence: expected, reason: "it is missing") }
        return hashes
    }

    func subtreeHash(level: Int, index: Int64) throws -> Digest? {
        let select = try session.prepare("SELECT hash FROM subtree WHERE level = ? AND idx = ?")
        defer { select.reset() }
        select.bind(Int64(level), at: 1)
        select.bind(index, at: 2)
        return try select.step() ? select.digest(0) : nil
    }

    func checkpoints() throws -> [KeptCheckpoint] {
        let select = try session.prepare("SELECT sequence, note FROM checkpoint ORDER BY number")
        defer { select.reset() }
        var checkpoints: [KeptCheckpoint] = []
        while try select.step() { checkpoints.append(KeptCheckpoint(sequence: select.integer(0), note: select.text(1))) }
        return checkpoints
    }

    func lastCheckpoint() throws -> KeptCheckpoint? {
        let select = try session.prepare("SELECT sequence, note FROM checkpoint ORDER BY number DESC LIMIT 1")
        defer { select.reset() }
        return try select.step() ? KeptCheckpoint(sequence: select.integer(0), note: select.text(1)) : nil
    }

    func receipt(of key: IdempotencyKey) throws -> (receipt: Receipt, fingerprint: Digest)? {
        let select = try session.prepare(
            "SELECT fingerprint, stream, version, first_sequence, last_sequence, recorded FROM idempotency WHERE key = ?")
        defer { select.reset() }
        select.bind(key.text, at: 1)
        guard try select.step() else { return nil }
        guard let fingerprint = select.digest(0), let stream = StreamID(select.text(1)) else {
            throw StoreError.damaged(sequence: 0, reason: "the receipt of the key “\(key.text)” cannot be read")
        }
        let receipt = Receipt(
            stream: stream, version: Int(select.integer(2)), firstSequence: select.integer(3), lastSequence: select.integer(4),
            recorded: Instant(milliseconds: select.integer(5)))
        return (receipt, fingerprint)
    }

    func position(of projection: String) throws -> Int64 {
        let select = try session.prepare("SELECT sequence FROM projection WHERE name = ?")
        defer { select.reset() }
        select.bind(projection, at: 1)
        return try select.step() ? select.integer(0) : 0
    }

    private static let columns = """
        SELECT e.sequence, e.stream, s.name, e.version, e.type, e.occurred, e.recorded, e.actor, e.policy, e.causation, e.correlation, \
        e.payload, e.salt, e.commitment FROM event e LEFT JOIN stream s ON s.id = e.stream
        """

    private func events(_ select: Prepared, after: Int64, limit: Int) throws -> [StoredEvent] {
        defer { select.reset() }
        var events: [StoredEvent] = []
        events.reserveCapacity(min(max(0, limit), 4_096))
        var decoder = EventDecoder(session: session)
        do {
            while try select.step() { events.append(try decoder.event(select)) }
        } catch let fault as SQLiteFault where fault.code & 0xff == SQLiteFault.corrupt {
            throw StoreError.damaged(sequence: (events.last?.envelope.sequence ?? after) + 1, reason: fault.message)
        }
        return events
    }
}
