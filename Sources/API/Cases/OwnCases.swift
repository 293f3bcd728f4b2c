import Chronicle
import Disputes
import EventStorage
import Policies
import Runtime
import Wire

/// The cases of one party, which are all there are for it.
extension Visit<Caller> {
    /// What of them is wanted.
    struct OwnFilter: Sendable {
        var phase: Phase?
        var type: CaseTypeCode?
        var order: String?
        var side: Side?
        /// `true`: only open ones; `false`: only closed ones.
        var open: Bool?
        /// Only those in which the next move is the party's.
        var waiting = false

        func lets(_ dispute: Case, _ party: Party, _ policy: Policy) -> Bool {
            if let phase, dispute.phase != phase { return false }
            if let type, dispute.type != type { return false }
            if let order, dispute.order?.reference != order { return false }
            if let side, party.side != side { return false }
            if let open, dispute.isClosed == open { return false }
            return !waiting || dispute.waits(for: party, policy)
        }
    }

    /// So many cases are looked at for one page; who has more gets a short page with a `next`.
    static var ownLookedAtMax: Int { 1_000 }

    /// Newest first.
    func listOwn(of context: PartyContext, after: [RowValue]?, limit: Int) async throws -> Answer {
        let filter = try await ownFilter()
        var (after, cases, asOf, lookedAt) = (after, [CaseSummary](), Int64(0), 0)
        repeat {
            // At most so many as the page has room for, so that it ends where a page of rows does.
            let page = try await ownRows(of: context, after: after, limit: limit - cases.count)
            (asOf, after, lookedAt) = (page.asOf, page.next, lookedAt + page.rows.count)
            for id in page.rows.compactMap({ $0[1].text.flatMap(CaseID.init) }) {
                guard let dispute = try await counter.desk.dispute(id), let party = dispute.party(context.party) else { continue }
                let policy = try await counter.policy(of: dispute)
                guard filter.lets(dispute, party, policy) else { continue }
                cases.append(CaseSummary(CaseRow(dispute, tierRank: policy.tiers[dispute.tier]?.rank ?? 9)))
            }
        } while after != nil && cases.count < limit && lookedAt < Self.ownLookedAtMax
        return try .of(CasePage(cases: cases, next: after.map { Cursor($0).text }, asOf: asOf), asOf: asOf)
    }

    private func ownRows(of context: PartyContext, after: [RowValue]?, limit: Int) async throws -> RowPage {
        var conditions: [RowQuery.Condition] = [.compare("party", .equal, .text(context.party.description))]
        if let only = context.onlyCase { conditions.append(.compare("case_id", .equal, .text(only.description))) }
        return try await counter.desk.store.rows(
            RowQuery(CaseTables.parties, where: conditions, order: [.init("case_id", descending: true)], after: after, limit: limit))
    }

    private func ownFilter() async throws -> OwnFilter {
        var filter = OwnFilter()
        filter.phase = try arrival.query("phase", "a phase; phases are: \(Phase.allCases.map(\.rawValue).joined(separator: ", "))") { Phase(rawValue: $0) }
        filter.type = try arrival.query("type", "a kind of case") { CaseTypeCode($0) }
        filter.order = arrival.query["order"]
        filter.side = try arrival.query("side", "filer or other") { Side(rawValue: $0) }
        filter.open = try arrival.query("open", "true or false") { Bool($0) }
        filter.waiting = try arrival.query("waiting", "true or false") { Bool($0) } ?? false
        return filter
    }
}
