import Chronicle
import Disputes
import EventStorage
import Policies
import Runtime
import Synchronization

/// The read models derived from the log alone: every case folded from its events, every row from the cases.
///
/// Given the log in order, in batches of any size. The outbox is not among them: what was sent is not all in the log.
final class Replay: Sendable {
    /// The tables that follow from the log.
    static let tables = [CaseTables.cases, CaseTables.parties, CaseTables.tally, CaseTables.exhibits, CaseTables.staff]

    private struct Books {
        var files: [StreamID: CaseFile] = [:]
        var accounts: [StreamID: StaffAccount] = [:]
        var events: Int64 = 0
    }

    private let books = Mutex(Books())
    private let ranks: [PolicyHash: [TierCode: Int]]

    /// `ranks`: how urgent each tier of each pack is.
    init(ranks: [PolicyHash: [TierCode: Int]]) { self.ranks = ranks }

    var eventCount: Int64 { books.withLock { $0.events } }
    var caseCount: Int { books.withLock { $0.files.count } }

    /// Folds the events and returns what they change in the rows.
    func rows(for events: [StoredEvent]) throws -> [RowChange] {
        try books.withLock { books in
            books.events += Int64(events.count)
            var order: [StreamID] = []
            var byStream: [StreamID: [StoredEvent]] = [:]
            for event in events {
                if byStream[event.envelope.stream] == nil { order.append(event.envelope.stream) }
                byStream[event.envelope.stream, default: []].append(event)
            }
            var changes: [RowChange] = []
            for stream in order {
                guard let events = byStream[stream] else { continue }
                if stream.text.hasPrefix(CaseNamed.idPrefix + "_") {
                    changes += try caseRows(stream, events, &books)
                } else if stream.text.hasPrefix(StaffMember.idPrefix + "_") {
                    changes += try staffRows(stream, events, &books)
                }
            }
            let derived = Set(Replay.tables.map(\.name))
            return changes.filter { derived.contains($0.table.name) }
        }
    }

    private func caseRows(_ stream: StreamID, _ events: [StoredEvent], _ books: inout Books) throws -> [RowChange] {
        // Taken out while it changes, so that folding does not copy the case for every event.
        var file = books.files.removeValue(forKey: stream) ?? CaseFile()
        let before = file.dispute
        var bodies: [CaseEvent] = []
        for stored in events {
            let body = try stored.payload.withUnsafeBytes { try CaseEvent.read(stored.type, from: $0) }
            bodies.append(body)
            file.apply(Recorded(stored.envelope, body))
        }
        books.files[stream] = file
        guard let after = file.dispute else { return [] }
        let ranks = ranks[after.policy] ?? [:]
        return CaseRowChanges.of(bodies, before: before, after: after) { ranks[$0] ?? 9 }
    }

    private func staffRows(_ stream: StreamID, _ events: [StoredEvent], _ books: inout Books) throws -> [RowChange] {
        var account = books.accounts[stream] ?? StaffAccount()
        for stored in events {
            account.apply(Recorded(stored.envelope, try stored.payload.withUnsafeBytes { try StaffEvent.read(stored.type, from: $0) }))
        }
        books.accounts[stream] = account
        return [.put(CaseTables.staff, [.text(account.handle), .text(stream.text), .integer(account.active ? 1 : 0)])]
    }
}

extension OpenDesk {
    /// A replay that knows the tiers of every pack in the log.
    func replay() async throws -> Replay {
        var ranks: [PolicyHash: [TierCode: Int]] = [:]
        guard let stream = StreamID(PolicyEvent.stream) else { return Replay(ranks: ranks) }
        for event in try await store.read(stream, after: 0, limit: 100_000) {
            guard let hash = event.envelope.policy else { continue }
            ranks[hash] = try await desk.policies.policy(hash).tiers.mapValues(\.rank)
        }
        return Replay(ranks: ranks)
    }
}
