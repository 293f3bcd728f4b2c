import Chronicle
import Disputes
import EventStorage
import Synchronization

/// One order and one reason make one case (default pack §1): a second claim about the same thing is told where the first one is.
extension Desk {
    /// What is being opened at this very moment. A store has one process, so this is everybody.
    final class OpeningGate: Sendable {
        private let underWay = Mutex(Set<String>())
        func enter(_ what: String) -> Bool { underWay.withLock { $0.insert(what).inserted } }
        func leave(_ what: String) { underWay.withLock { _ = $0.remove(what) } }
    }

    /// What a claim is about, where that can be disputed only once.
    static func subject(of commands: [CaseCommand]) -> (order: String, opening: CaseCommand.Opening)? {
        for case .open(let opening) in commands { return opening.order.map { ($0.reference, opening) } }
        return nil
    }

    /// Refuses a claim for which there is a case, unless that one ended without being looked at.
    func refuseSecond(_ opening: CaseCommand.Opening, about order: String) async throws(DeskError) {
        var after: [RowValue]?
        repeat {
            let page: RowPage
            do {
                page = try await store.rows(
                    RowQuery(CaseTables.cases, where: [.compare("order_ref", .equal, .text(order))], after: after, limit: 100))
            } catch {
                throw .store(error)
            }
            for row in page.rows.compactMap(CaseRow.init) where row.reason == opening.claim.reason && row.id != opening.id {
                switch row.how {
                case .withdrawn, .inadmissible, .merged, .byStaff: continue
                case nil: throw .refused(.sameDispute(row.id, isOpen: true))
                default: throw .refused(.sameDispute(row.id, isOpen: false))
                }
            }
            after = page.next
        } while after != nil
    }
}
