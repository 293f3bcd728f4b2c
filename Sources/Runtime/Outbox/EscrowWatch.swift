import Chronicle
import Disputes
import EventStorage
import Policies

/// Listens to what the parties do to their escrows themselves, so that a dispute that settled itself closes itself.
public struct EscrowWatch: Sendable {
    let desk: Desk
    let exchange: any Exchange
    static let cursorName = "exchange-movements"

    public init(_ desk: Desk, _ exchange: any Exchange) {
        self.desk = desk
        self.exchange = exchange
    }

    /// Reads the movements since last time; returns how many cases closed because of them.
    @discardableResult
    public func look() async throws(DeskError) -> Int {
        var closed = 0
        do {
            var cursor = try await reached()
            while true {
                let page = try await exchange.movements(after: cursor, limit: 200)
                for movement in page.movements where try await tell(movement) { closed += 1 }
                guard page.next > cursor else { return closed }
                cursor = page.next
                let row = RowChange.put(CaseTables.cursors, [.text(EscrowWatch.cursorName), .integer(cursor.position)])
                try await desk.store.write([row], position: nil)
            }
        } catch let error as DeskError {
            throw error
        } catch let error as StoreError {
            throw .store(error)
        } catch let error as ExchangeError {
            throw .exchange(error)
        } catch {
            throw .unknownCase("\(error)")
        }
    }

    /// How far the exchange's list was read. Reading a movement twice is harmless: each is told under its own key.
    private func reached() async throws(StoreError) -> MovementCursor {
        let page = try await desk.store.rows(
            RowQuery(CaseTables.cursors, where: [.compare("name", .equal, .text(EscrowWatch.cursorName))], limit: 1))
        guard let row = page.rows.first, case .integer(let position) = row[1] else { return .beginning }
        return MovementCursor(position: position)
    }

    private func tell(_ movement: EscrowMovement) async throws(DeskError) -> Bool {
        let how: EscrowMoved.How
        switch movement.kind {
        case .locked, .markedPaid: return false
        case .released: how = .released
        case .cancelled, .expired: how = .cancelled
        }
        let page: RowPage
        do {
            page = try await desk.store.rows(
                RowQuery(
                    CaseTables.cases, where: [.compare("order_ref", .equal, .text(movement.order.text)), .isNotNull("due")], limit: 20))
        } catch {
            throw .store(error)
        }
        var told = false
        for row in page.rows.compactMap(CaseRow.init) where movement.occurred >= row.opened {
            let key = IdempotencyKey("movement:\(movement.cursor.position):\(row.id)")
            let request = Request(
                by: .machine("exchange"), occurred: movement.occurred,
                idempotency: key.map { ($0, Digest(hashing: Array("\(movement)".utf8))) })
            do {
                let performed = try await desk.perform(.escrowMoved(how, reference: movement.order.text), on: row.id, request)
                told = told || performed.dispute.isClosed
            } catch {
                // One case that cannot be led on must not stop the list for all.
                guard error.isOfOneCase else { throw error }
                desk.log.error("a case was not told that its escrow moved", metadata: ["case": "\(row.id)", "why": "\(error)"])
            }
        }
        return told
    }
}
