import Chronicle
import Disputes
import EventStorage
import Policies
import Runtime
import Synchronization

/// The rows of cases as the log alone gives them: what a rebuild writes, and what a filled store is held against.
///
/// Given the log in order, in batches of any size; keeps every case in memory, some kilobytes each.
public final class RowsFromLog: Sendable {
    /// The tables that follow from the events of cases alone.
    public static let tables = [CaseTables.cases, CaseTables.parties, CaseTables.tally, CaseTables.exhibits]

    private struct Books {
        var files: [StreamID: Kept] = [:]
    }

    /// A case in a box of its own, so that the books grow by pointers. Sendable by hand: used only under the lock of `books`.
    private final class Kept: @unchecked Sendable {
        var file = CaseFile()
    }

    private let books = Mutex(Books())
    private let ranks: [TierCode: Int]

    /// `policy`: the one pack of the store; it says how urgent each tier is.
    public init(_ policy: Policy) { ranks = policy.tiers.mapValues(\.rank) }

    public func changes(for events: [StoredEvent]) throws -> [RowChange] {
        try books.withLock { books in
            var order: [StreamID] = []
            var byStream: [StreamID: [StoredEvent]] = [:]
            for event in events where event.envelope.stream.text.hasPrefix("case_") {
                if byStream[event.envelope.stream]?.append(event) == nil {
                    byStream[event.envelope.stream] = [event]
                    order.append(event.envelope.stream)
                }
            }
            var changes: [RowChange] = []
            for stream in order { changes += try fold(byStream[stream] ?? [], of: stream, &books) }
            return changes
        }
    }

    private func fold(_ events: [StoredEvent], of stream: StreamID, _ books: inout Books) throws -> [RowChange] {
        let kept = books.files[stream] ?? Kept()
        books.files[stream] = kept
        let before = kept.file.dispute
        var bodies: [CaseEvent] = []
        bodies.reserveCapacity(events.count)
        for stored in events {
            let body = try stored.payload.withUnsafeBytes { try CaseEvent.read(stored.type, from: $0) }
            bodies.append(body)
            kept.file.apply(Recorded(stored.envelope, body))
        }
        guard let after = kept.file.dispute else { return [] }
        return CaseRowChanges.of(bodies, before: before, after: after) { ranks[$0] ?? 9 }.filter { $0.table.name != CaseTables.outbox.name }
    }
}
