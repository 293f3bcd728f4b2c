import Chronicle
import Disputes
import Policies
import Runtime
import Wire

extension Operation {
    /// What a party asks of itself: its order before it claims, its standing, its keys.
    static let ofOnesOwn: [Operation] = [
        Operation("show-my-order", .get, "/v1/my/orders/{order}", for: [.party]) { visit in try await visit.ownOrder() },
        Operation("show-my-standing", .get, "/v1/my/standing", for: [.party]) { visit in try await visit.ownStanding() },
        Operation("list-my-keys", .get, "/v1/my/keys", for: [.party]) { visit in try await visit.ownKeys() },
        Operation("issue-my-key", .post, "/v1/my/keys", for: [.party], bringing: .json) { visit in try await visit.issueOwnKey() },
        Operation("revoke-my-key", .delete, "/v1/my/keys/{key}", for: [.party]) { visit in try await visit.revokeOwnKey() },
    ]
}

extension Visit<Caller> {
    /// The party that asks.
    func asking() throws(Problem) -> PartyContext {
        guard case .party(let context) = who else { throw Problem(.notPermitted, "this is for buyers, sellers and merchants") }
        return context
    }

    fileprivate func ownOrder() async throws -> Answer {
        let named = try arrival.parameter("order")
        guard let reference = OrderReference(named) else { throw Problem(.notFound, "“\(named)” is not an order's reference") }
        let own = try await counter.desk.ownOrder(reference, of: try asking().party, counter.exchange)
        let asOf = try await counter.desk.store.head().sequence
        return try .of(OwnOrderView(own, asOf: asOf), asOf: asOf)
    }
}

extension OwnOrderView {
    fileprivate init(_ own: OwnOrder, asOf: Int64) {
        let facts = own.facts
        let isBuyer = own.chair == .buyer
        let other = facts.seller.map { seller in
            Other(capacity: isBuyer ? .seller : .buyer, account: (isBuyer ? seller : facts.buyer).text, merchantTier: isBuyer ? facts.merchantTier?.text : nil)
        }
        self.init(
            reference: facts.reference.text, kind: facts.kind.rawValue, chair: own.chair, amount: facts.amount, fiat: facts.fiat, rail: facts.rail?.text,
            other: other, escrow: facts.escrow.rawValue, escrowBalance: facts.escrowBalance, created: facts.created, markedPaid: facts.paid,
            released: facts.released, cancelled: facts.cancelled, reasons: own.reasons,
            cases: own.cases.map { Known(id: $0.id, short: $0.short, reason: $0.reason, open: $0.closed == nil) }, asOf: asOf)
    }
}
