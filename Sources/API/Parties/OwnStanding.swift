import Disputes
import Runtime
import Wire

extension Visit<Caller> {
    func ownStanding() async throws -> Answer {
        let party = try asking().party
        let standing = try await counter.desk.standing(of: party)
        let view = StandingView(standing, account: try await counter.desk.account(of: party)?.text)
        return try .of(view, asOf: standing.asOf)
    }
}

extension StandingView {
    fileprivate init(_ standing: PartyStanding, account: String?) {
        func decided(_ result: Survey.Result) -> Int { standing.decided[result] ?? 0 }
        self.init(
            account: account, merchant: standing.merchant.map { AsMerchant(tier: $0.tier, deposit: $0.deposit, said: $0.said) }, open: standing.open,
            waiting: standing.waiting, closed: standing.closed,
            decided: Decided(against: decided(.against), favoured: decided(.favoured), neither: decided(.neither)), settled: standing.settled,
            penalties: standing.penalties.map { Penalised(dispute: $0.dispute, penalty: $0.code, title: $0.title, points: $0.points) },
            partial: standing.isPartial, asOf: standing.asOf)
    }
}
