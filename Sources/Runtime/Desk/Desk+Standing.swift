import Chronicle
import Disputes
import EventStorage
import Policies

/// How somebody stands with this desk, as far as its log and the exchange have said: counts of what is on record, and nothing made of them.
public struct PartyStanding: Sendable {
    /// What the exchange said of them as a merchant, when the newest case of theirs opened.
    public struct AsMerchant: Sendable {
        public let tier: String
        public let deposit: Amount?
        public let said: Instant
    }

    /// A penalty in force.
    public struct Penalised: Sendable {
        public let dispute: CaseID
        public let code: PenaltyCode
        public let title: String
        public let points: Int
    }

    public var merchant: AsMerchant?
    public var open = 0
    public var waiting = 0
    public var closed = 0
    /// Decided, and announced, by whom it went against.
    public var decided: [Survey.Result: Int] = [:]
    public var settled = 0
    public var penalties: [Penalised] = []
    /// Cases that were looked at for it.
    public var cases = 0
    /// There are more than were looked at: the newest are.
    public var isPartial = false
    public var asOf: Int64 = 0
}

extension Desk {
    /// Cases that are looked at for a standing, the newest first.
    public static let standingCasesMax = 2_000

    public func standing(of party: PartyID) async throws(DeskError) -> PartyStanding {
        var standing = PartyStanding()
        var after: [RowValue]?
        repeat {
            let page: RowPage
            do {
                page = try await store.rows(
                    RowQuery(
                        CaseTables.parties, where: [.compare("party", .equal, .text(party.description))], order: [.init("case_id", descending: true)],
                        after: after, limit: 200))
            } catch { throw .store(error) }
            (standing.asOf, after) = (page.asOf, page.next)
            for id in page.rows.compactMap({ $0[1].text.flatMap(CaseID.init) }) {
                guard let dispute = try await dispute(id), let own = dispute.party(party) else { continue }
                standing.count(dispute, own, try await policies.policy(dispute.policy))
            }
        } while after != nil && standing.cases < Desk.standingCasesMax
        standing.isPartial = after != nil
        return standing
    }
}

extension PartyStanding {
    mutating func count(_ dispute: Case, _ own: Party, _ policy: Policy) {
        cases += 1
        if merchant == nil, let said = own.merchant { merchant = AsMerchant(tier: said.tier, deposit: said.deposit, said: dispute.opened) }
        if dispute.isClosed { closed += 1 } else { open += 1 }
        if dispute.waits(for: own, policy) { waiting += 1 }
        switch dispute.result(for: own, policy) {
        case .settled: settled += 1
        case .undecided: break
        case let result: decided[result, default: 0] += 1
        }
        guard let penalty = dispute.announcedRuling?.ruling.penalty, penalty.against == own.id, let code = penalty.code, let rule = policy.penalties[code]
        else { return }
        let step = rule.ladder.isEmpty ? nil : rule.ladder[min(max(0, (penalty.offence ?? 1) - 1), rule.ladder.count - 1)]
        penalties.append(Penalised(dispute: dispute.id, code: code, title: rule.title, points: step?.points ?? 0))
    }
}
