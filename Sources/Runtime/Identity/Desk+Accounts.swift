import Chronicle
import Disputes
import EventStorage

extension Desk {
    /// What the exchange calls a party: as it said when it sent them in, or as one of their cases has it. `nil` where nobody said.
    public func account(of party: PartyID) async throws(DeskError) -> AccountReference? {
        let row: RowPage
        let own: RowPage
        do {
            row = try await store.rows(RowQuery(IdentityTables.accounts, where: [.compare("party", .equal, .text(party.description))], limit: 1))
            if let text = row.rows.first?[1].text { return AccountReference(text) }
            own = try await store.rows(RowQuery(CaseTables.parties, where: [.compare("party", .equal, .text(party.description))], limit: 1))
        } catch { throw .store(error) }
        guard let id = own.rows.first?[1].text.flatMap(CaseID.init), let dispute = try await dispute(id) else { return nil }
        return dispute.party(party)?.account.flatMap { AccountReference($0.text) }
    }
}
