import Chronicle
import Disputes
import EventStorage
import Policies

/// An order as one of its two sides may know it, and what of the pack may be claimed about it.
public struct OwnOrder: Sendable {
    public let facts: OrderFacts
    /// Where whoever asks sits.
    public let chair: Filer
    /// What they may claim as it stands, in the order of the codes.
    public let reasons: [ReasonCode]
    /// Their cases about it, the newest first.
    public let cases: [CaseRow]
}

extension Desk {
    /// What the exchange says of an order of the party's own. Of anybody else's it learns what it would learn of one that is not there.
    /// Throws `DoorRefusal.notYourOrder`, `ExchangeError`, `DeskError`.
    public func ownOrder(_ reference: OrderReference, of party: PartyID, _ exchange: any Exchange) async throws -> OwnOrder {
        let facts = try await ownFacts(reference, of: party, exchange)
        let policy = try await policyInForce()
        let chair: Filer = facts.seller == nil ? .user : party == .account(facts.buyer) ? .buyer : .seller
        var cases: [CaseRow] = []
        let query = RowQuery(
            CaseTables.cases, where: [.compare("order_ref", .equal, .text(reference.text))], order: [.init("id", descending: true)], limit: 100)
        for row in try await store.rows(query).rows.compactMap(CaseRow.init) where try await dispute(row.id)?.party(party) != nil { cases.append(row) }
        // What was looked at and ended is not looked at again: the desk would say where it is.
        let taken = Set(cases.filter { row in row.how.map { ![.withdrawn, .inadmissible, .merged, .byStaff].contains($0) } ?? true }.map(\.reason))
        let reasons = facts.reasons(for: chair, policy).filter { !taken.contains($0) }
        return OwnOrder(facts: facts, chair: chair, reasons: reasons, cases: cases)
    }

    private func ownFacts(_ reference: OrderReference, of party: PartyID, _ exchange: any Exchange) async throws -> OrderFacts {
        let facts: OrderFacts
        do { facts = try await exchange.order(reference) } catch {
            guard case .unknownOrder = error else { throw error }
            throw DoorRefusal.notYourOrder(reference)
        }
        guard party == .account(facts.buyer) || facts.seller.map({ party == .account($0) }) == true else { throw DoorRefusal.notYourOrder(reference) }
        return facts
    }
}

extension OrderFacts {
    /// The reasons of the pack that fit an order as it stands, for whoever sits in a chair of it.
    func reasons(for chair: Filer, _ policy: Policy) -> [ReasonCode] {
        // A merchant who is paid in coin sits where a seller would.
        let chairs: Set<Filer> =
            switch chair {
            case .buyer: [.buyer, .payer, .any]
            case .seller: [.seller, .merchant, .any]
            default: [.user, .any]
            }
        return policy.reasons.values.filter { chairs.contains($0.filer) && policy.caseTypes[$0.caseType].map(fits) == true }.map(\.code).sorted()
    }

    private func fits(_ type: CaseType) -> Bool {
        guard (seller != nil) == (type.sides == .two) else { return false }
        if type.escrowHeld { return escrow.isOpen }
        return switch (type.code.text, kind) {
        // Completed or cancelled: the opposite of what lies in escrow.
        case ("P2P-POST", .peerToPeer): !escrow.isOpen
        case (_, .peerToPeer): true
        case ("DEP", .deposit), ("FIAT", .card): true
        case (_, .deposit), (_, .card): false
        }
    }
}
