import Chronicle
import Disputes
import EventStorage
import Runtime
import Wire

extension Operation {
    /// The log as evidence: how it stands, what is in it, and proofs that need nobody's word.
    static let theLog: [Operation] = [
        Operation("show-log", .get, "/v1/log", for: [.staff, .machine(.audit)]) { visit in
            let head = try await visit.counter.desk.store.head()
            let view = LogView(size: head.sequence, root: head.root, key: visit.counter.signer?.verifier.description)
            return try .of(view, asOf: head.sequence)
        },
        Operation("read-log", .get, "/v1/log/events", for: [.staff, .machine(.audit)]) { visit in try await visit.readLog() },
        Operation("sign-checkpoint", .post, "/v1/log/checkpoint", for: [.staff, .machine(.audit)]) { visit in
            let (checkpoint, note) = try await visit.counter.desk.store.signedCheckpoint(by: try visit.signer())
            return Answer(body: .whole(Array(note.description.utf8)), mediaType: "text/plain; charset=utf-8", asOf: checkpoint.size)
        },
        Operation("prove-event", .post, "/v1/log/events/{sequence}/proof", for: [.staff, .machine(.audit)]) { visit in try await visit.proveEvent() },
    ]

    static let outbox: [Operation] = [
        Operation("list-outbox", .get, "/v1/outbox", for: [.staff, .machine(.administer)]) { visit in try await visit.listOutbox() },
        Operation("show-exchange", .get, "/v1/exchange", for: [.staff, .machine(.administer)]) { visit in
            let health = try await visit.counter.desk.exchangeHealth()
            let view = ExchangeView(
                pending: health.pending, failing: health.failing, aside: health.aside, oldestWaiting: health.oldestWaiting, lastAnswer: health.lastAnswer,
                movementsRead: health.movementsRead, asOf: health.asOf)
            return try .of(view, asOf: health.asOf)
        },
        Operation("retry-instruction", .post, "/v1/outbox/{instruction}/retry", for: [.staff, .machine(.administer)], demanding: .administer) { visit in
            let id = try visit.arrival.parameter("instruction")
            do { try await OutboxCourier(visit.counter.desk, visit.counter.exchange).retry(id) } catch DeskError.unknownCase {
                throw Problem(.notFound, "the outbox has no instruction “\(id)”")
            }
            _ = try await visit.counter.afterwards()
            return try await visit.listOutbox()
        },
    ]
}

extension Operation {
    /// The log's earlier heads, and that it only grew since.
    static let growth: [Operation] = [
        Operation("list-checkpoints", .get, "/v1/log/checkpoints", for: [.staff, .machine(.audit)]) { visit in
            let views = try await visit.counter.desk.store.checkpoints().reversed().compactMap { kept -> CheckpointView? in
                guard let checkpoint = try? Checkpoint(parsing: try SignedNote(parsing: kept.note).text) else { return nil }
                return CheckpointView(size: checkpoint.size, root: checkpoint.root, note: kept.note)
            }
            return try .of(CheckpointList(checkpoints: views), asOf: nil)
        },
        Operation("prove-growth", .post, "/v1/log/checkpoints/{size}/growth", for: [.staff, .machine(.audit)]) { visit in
            let named = try visit.arrival.parameter("size")
            guard let size = Int64(named), size > 0, let (proof, checkpoint) = try await visit.counter.desk.store.growth(from: size, by: try visit.signer())
            else { throw Problem(.notFound, "no head of \(named) events was signed with this log's key; the heads that were: GET /v1/log/checkpoints") }
            return Answer(body: .whole(try proof.bytes()), mediaType: "text/plain; charset=utf-8", asOf: checkpoint.size)
        },
    ]
}

extension Visit<Caller> {
    func signer() throws(Problem) -> NoteSigner {
        guard let signer = counter.signer else {
            throw Problem(
                .unavailable, "the log's key is not here; put back the key this log signs with, without which nothing is proven", retryAfterSeconds: 60)
        }
        return signer
    }

    fileprivate func readLog() async throws -> Answer {
        let after = try arrival.query("after", "a sequence") { Int64($0).flatMap { $0 >= 0 ? $0 : nil } } ?? 0
        let limit = try arrival.query("limit", "a number from 1 to 1000") { Int($0).flatMap { 1...1_000 ~= $0 ? $0 : nil } } ?? 100
        let head = try await counter.desk.store.head().sequence
        let events = try await counter.desk.store.read(after: after, limit: limit).map(StreamedEvent.init)
        let last = events.last?.event.sequence ?? head
        return try .of(LogPage(events: events, next: last < head ? last : nil, asOf: head), asOf: head)
    }

    fileprivate func proveEvent() async throws -> Answer {
        let named = try arrival.parameter("sequence")
        guard let sequence = Int64(named), sequence > 0, let event = try await counter.desk.store.read(after: sequence - 1, limit: 1).first else {
            throw Problem(.notFound, "there is no event \(named); the log ends at \(try await counter.desk.store.head().sequence)")
        }
        let withheld = try arrival.query("withhold_body", "true or false") { Bool($0) } ?? false
        let discloses = !withheld && !JSONValue.isForNobody(event.type)
        let (bundle, checkpoint) = try await counter.desk.store.proof(of: event, disclosingBody: discloses, by: try signer())
        return Answer(body: .whole(try bundle.bytes()), mediaType: "text/plain; charset=utf-8", asOf: checkpoint.size)
    }

    fileprivate func listOutbox() async throws -> Answer {
        let page = try await counter.desk.store.rows(RowQuery(CaseTables.outbox, limit: 1_000))
        let entries = page.rows.map { row in
            OutboxEntry(
                id: row[0].text ?? "", dispute: row[1].text ?? "", kind: row[2].text ?? "", state: row[3].text ?? "",
                due: Instant(milliseconds: row[4].integer ?? 0), attempts: row[5].integer ?? 0, error: row[6].text)
        }
        return try .of(OutboxList(entries: entries, asOf: page.asOf), asOf: page.asOf)
    }
}

extension JSONValue {
    /// What an event says, as the desk tells it: nothing where it was redacted, and nothing of what parties answered to the questions about their case.
    /// Those are read added up; whoever works on a case must not meet in it what somebody thought of them.
    static func shown(_ type: EventType, _ payload: [UInt8]) throws -> JSONValue {
        payload.isEmpty || isForNobody(type) ? .null : try JSONValue(json: payload)
    }

    static func isForNobody(_ type: EventType) -> Bool { type.name == ProcessRated.type.name }
}

extension StreamedEvent {
    init(_ stored: StoredEvent) throws {
        self.init(stored.envelope, stored.type, body: try JSONValue.shown(stored.type, stored.payload))
    }
}
