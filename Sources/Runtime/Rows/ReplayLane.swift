import Chronicle
import Disputes
import EventStorage
import Policies
import Synchronization

/// The streams of one lane of a replay, folded one after the other.
final class ReplayLane: Sendable {
    private struct Books {
        var files: [StreamID: Kept] = [:]
        var accounts: [StreamID: StaffAccount] = [:]
    }

    /// A case in a box of its own, so that the books grow by pointers. Sendable by hand: used only under the lock of `books`.
    private final class Kept: @unchecked Sendable {
        var file = CaseFile()
    }

    private let books = Mutex(Books())
    private let ranks: [PolicyHash: [TierCode: Int]]

    init(ranks: [PolicyHash: [TierCode: Int]]) { self.ranks = ranks }

    /// Whether the case is at hand as of the last batch.
    func keeps(_ stream: StreamID) -> Bool { books.withLock { $0.files[stream] != nil } }

    /// What the runs change in the rows.
    func fold(_ runs: [StreamRun], lettingGo: Bool) throws -> [RowChange] {
        try books.withLock { books in
            var changes: [RowChange] = []
            for run in runs {
                switch run.kind {
                case .dispute: changes += try caseRows(run, lettingGo, &books)
                case .staff: changes.append(try staffRow(run, &books))
                }
            }
            return changes
        }
    }

    private func caseRows(_ run: StreamRun, _ lettingGo: Bool, _ books: inout Books) throws -> [RowChange] {
        let kept = books.files[run.stream] ?? Kept()
        for stored in run.past { kept.file.apply(Recorded(stored.envelope, try ReplayLane.body(of: stored))) }
        let before = kept.file.dispute
        var bodies: [CaseEvent] = []
        bodies.reserveCapacity(run.events.count)
        for stored in run.events {
            let body = try ReplayLane.body(of: stored)
            bodies.append(body)
            kept.file.apply(Recorded(stored.envelope, body))
        }
        guard let after = kept.file.dispute else { return [] }
        books.files[run.stream] = lettingGo && after.isClosed ? nil : kept
        let ranks = ranks[after.policy] ?? [:]
        return CaseRowChanges.of(bodies, before: before, after: after) { ranks[$0] ?? 9 }.filter { $0.table.name != CaseTables.outbox.name }
    }

    private func staffRow(_ run: StreamRun, _ books: inout Books) throws -> RowChange {
        var account = books.accounts[run.stream] ?? StaffAccount()
        for stored in run.events {
            account.apply(Recorded(stored.envelope, try stored.payload.withUnsafeBytes { try StaffEvent.read(stored.type, from: $0) }))
        }
        books.accounts[run.stream] = account
        return .put(CaseTables.staff, [.text(account.handle), .text(run.stream.text), .integer(account.active ? 1 : 0)])
    }

    private static func body(of stored: StoredEvent) throws -> CaseEvent { try Desk.read(stored).body }
}
