import Chronicle
import EventStorage

/// An append on its way in, with what could be worked out before the writer was free.
struct PreparedAppend: Sendable {
    let append: Append
    /// Commitments of its events.
    let commitments: [Digest]

    init(_ append: Append) {
        self.append = append
        commitments = append.events.map { Leaf.commitment(salt: $0.salt, payload: $0.payload) }
    }
}

/// The log as its one writer sees it: the head, the frontier of the tree, the streams lately written to. Lives on the writer's queue.
final class LogWriting {
    private let session: Session
    private let rows: RowWriting
    private(set) var head: LogHead
    private var frontier: MerkleFrontier
    private var streams: [StreamID: (id: Int64, version: Int)] = [:]
    private var types: [EventType: Int64] = [:]
    private var policies: [PolicyHash: Int64] = [:]
    private let path: String

    /// Streams remembered with their versions; all are forgotten when there are more.
    private static let streamsMax = 50_000

    init(_ session: Session, rows: RowWriting, path: String) throws {
        self.session = session
        self.rows = rows
        self.path = path
        (head, frontier) = try LogWriting.lastState(session, path)
    }

    /// Writes one append inside the caller's transaction, or says why not, having written nothing.
    /// Throws when SQLite does: then the transaction is lost and `reload` must follow.
    func write(_ prepared: PreparedAppend) throws -> Result<Receipt, StoreError> {
        let append = prepared.append
        if let idempotency = append.idempotency, let earlier = try LogReading(session: session).receipt(of: idempotency.key) {
            guard earlier.fingerprint == idempotency.fingerprint else { return .failure(.keyReused(idempotency.key)) }
            return .failure(.duplicate(original: earlier.receipt))
        }
        let stream = try known(append.stream)
        let version = stream?.version ?? 0
        guard append.fits(version: version) else { return .failure(.conflict(stream: append.stream, actual: version)) }

        let first = head.sequence + 1
        if !append.events.isEmpty { try writeEvents(of: prepared, to: stream?.id ?? makeStream(append.stream), after: version) }
        for change in append.rows { try rows.apply(change) }
        let receipt = Receipt(
            stream: append.stream, version: version + append.events.count, firstSequence: first, lastSequence: head.sequence,
            recorded: head.recorded)
        if let idempotency = append.idempotency { try keep(receipt, idempotency.key, idempotency.fingerprint) }
        return .success(receipt)
    }

    /// Writes where the log now stands, at the end of the transaction.
    func writeHead() throws {
        head.root = frontier.root
        let update = try session.prepare("UPDATE log_head SET sequence = ?, root = ?, frontier = ?, recorded = ?")
        update.bind(head.sequence, at: 1)
        update.bind(head.root, at: 2)
        update.bind(frontier.bytes, at: 3)
        update.bind(head.recorded.milliseconds, at: 4)
        try update.run()
    }

    /// Forgets everything learnt in a transaction that was lost.
    func reload() throws {
        streams.removeAll()
        types.removeAll()
        policies.removeAll()
        (head, frontier) = try LogWriting.lastState(session, path)
    }

    /// What is freed is overwritten with zeros, also on pages that become free.
    func redact(_ sequences: [Int64]) throws {
        try session.execute("PRAGMA secure_delete = ON")
        defer { try? session.execute("PRAGMA secure_delete = FAST") }
        let update = try session.prepare("UPDATE event SET payload = x'', salt = x'' WHERE sequence = ?")
        for sequence in sequences {
            guard 1...max(1, head.sequence) ~= sequence, head.sequence > 0 else {
                throw StoreError.malformed(reason: "there is no event \(sequence) to redact")
            }
            update.bind(sequence, at: 1)
            try update.run()
        }
    }

    // MARK: One append

    private func writeEvents(of prepared: PreparedAppend, to stream: Int64, after version: Int) throws {
        let append = prepared.append
        for (index, (proposed, commitment)) in zip(append.events, prepared.commitments).enumerated() {
            let event = proposed.stored(
                in: append.stream, version: version + index + 1, sequence: head.sequence + 1,
                recorded: max(head.recorded, proposed.recorded), commitment: commitment)
            let leaf = Leaf.hash(of: event)
            try insert(event, stream, leaf)
            for subtree in frontier.append(leaf) { try insert(subtree) }
            head.sequence += 1
            head.recorded = event.envelope.recorded
        }
        if streams.count >= LogWriting.streamsMax { streams.removeAll(keepingCapacity: true) }
        streams[append.stream] = (stream, version + append.events.count)
    }

    private func insert(_ event: StoredEvent, _ stream: Int64, _ leaf: Digest) throws {
        let type = try id(of: event.type)
        let policy = try event.envelope.policy.map(id)
        let insert = try session.prepare("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        insert.bind(event.envelope.sequence, at: 1)
        insert.bind(stream, at: 2)
        insert.bind(Int64(event.envelope.version), at: 3)
        insert.bind(type, at: 4)
        insert.bind(event.envelope.occurred.milliseconds, at: 5)
        insert.bind(event.envelope.recorded.milliseconds, at: 6)
        insert.bind(ActorBytes.encode(event.envelope.actor), at: 7)
        insert.bind(policy, at: 8)
        insert.bind(event.envelope.causation, at: 9)
        insert.bind(ActorBytes.bytes(of: event.envelope.correlation.bits), at: 10)
        insert.bind(event.payload, at: 11)
        insert.bind(event.salt, at: 12)
        insert.bind(event.commitment, at: 13)
        insert.bind(leaf, at: 14)
        try insert.run()
    }

    private func insert(_ subtree: CompletedSubtree) throws {
        let insert = try session.prepare("INSERT INTO subtree VALUES (?, ?, ?)")
        insert.bind(Int64(subtree.level), at: 1)
        insert.bind(subtree.index, at: 2)
        insert.bind(subtree.hash, at: 3)
        try insert.run()
    }

    private func keep(_ receipt: Receipt, _ key: IdempotencyKey, _ fingerprint: Digest) throws {
        let insert = try session.prepare("INSERT INTO idempotency VALUES (?, ?, ?, ?, ?, ?, ?)")
        insert.bind(key.text, at: 1)
        insert.bind(fingerprint, at: 2)
        insert.bind(receipt.stream.text, at: 3)
        insert.bind(Int64(receipt.version), at: 4)
        insert.bind(receipt.firstSequence, at: 5)
        insert.bind(receipt.lastSequence, at: 6)
        insert.bind(receipt.recorded.milliseconds, at: 7)
        try insert.run()
    }

    // MARK: What is kept once

    /// Number and version of a stream; `nil` when it does not exist.
    private func known(_ stream: StreamID) throws -> (id: Int64, version: Int)? {
        if let known = streams[stream] { return known }
        let select = try session.prepare("SELECT id, (SELECT max(version) FROM event WHERE stream = id) FROM stream WHERE name = ?")
        defer { select.reset() }
        select.bind(stream.text, at: 1)
        guard try select.step() else { return nil }
        let found = (id: select.integer(0), version: Int(select.integer(1)))
        streams[stream] = found
        return found
    }

    private func makeStream(_ stream: StreamID) throws -> Int64 {
        let insert = try session.prepare("INSERT INTO stream (name) VALUES (?) RETURNING id")
        insert.bind(stream.text, at: 1)
        return try number(from: insert)
    }

    private func id(of type: EventType) throws -> Int64 {
        if let known = types[type] { return known }
        let upsert = try session.prepare(
            "INSERT INTO event_type (name, version) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM event_type WHERE name = ?1 AND version = ?2)")
        upsert.bind(type.name, at: 1)
        upsert.bind(Int64(type.version), at: 2)
        try upsert.run()
        let select = try session.prepare("SELECT id FROM event_type WHERE name = ? AND version = ?")
        select.bind(type.name, at: 1)
        select.bind(Int64(type.version), at: 2)
        let id = try number(from: select)
        types[type] = id
        return id
    }

    private func id(of policy: PolicyHash) throws -> Int64 {
        if let known = policies[policy] { return known }
        let upsert = try session.prepare("INSERT INTO policy (hash) SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM policy WHERE hash = ?1)")
        upsert.bind(policy.digest, at: 1)
        try upsert.run()
        let select = try session.prepare("SELECT id FROM policy WHERE hash = ?")
        select.bind(policy.digest, at: 1)
        let id = try number(from: select)
        policies[policy] = id
        return id
    }

    private func number(from statement: Prepared) throws -> Int64 {
        defer { statement.reset() }
        guard try statement.step() else { throw SQLiteFault.wrongAnswer }
        let number = statement.integer(0)
        try statement.run()
        return number
    }

    /// The head and the frontier as last written, compared with the events there are.
    private static func lastState(_ session: Session, _ path: String) throws -> (LogHead, MerkleFrontier) {
        let head = try LogReading(session: session).head()
        let select = try session.prepare("SELECT frontier, (SELECT coalesce(max(sequence), 0) FROM event) FROM log_head")
        defer { select.reset() }
        guard try select.step(), let frontier = MerkleFrontier(bytes: select.bytes(0)), frontier.size == head.sequence,
            frontier.root == head.root
        else {
            throw OpeningRefusal.damaged(path: path, reason: "the frontier of the tree does not lead to the root")
        }
        let last = select.integer(1)
        guard last == head.sequence else {
            throw OpeningRefusal.damaged(path: path, reason: "the log ends at event \(last), its head says \(head.sequence)")
        }
        return (head, frontier)
    }
}
