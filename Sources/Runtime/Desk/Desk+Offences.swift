import Chronicle
import Disputes
import EventStorage
import Policies

extension Desk {
    /// How often whom a draft would punish was punished with each penalty in other cases: which step of its ladder comes next.
    func priorOffences(_ commands: [CaseCommand], before id: CaseID) async throws(DeskError) -> [PartyID: [PenaltyCode: Int]] {
        var offences: [PartyID: [PenaltyCode: Int]] = [:]
        for party in Set(commands.compactMap(\.punishes)) {
            let page: RowPage
            do {
                page = try await store.rows(
                    RowQuery(CaseTables.penalties, where: [.compare("party", .equal, .text(party.description))], limit: 10_000))
            } catch {
                throw .store(error)
            }
            for row in page.rows where row[1].text != id.description {
                guard let penalty = row[2].text.flatMap(PenaltyCode.init) else { continue }
                offences[party, default: [:]][penalty, default: 0] += 1
            }
        }
        return offences
    }
}

extension CaseCommand {
    /// The party a ruling in this command would impose a penalty on.
    fileprivate var punishes: PartyID? {
        switch self {
        case .rule(let draft), .ruleByDefault(_, let draft), .decideAppeal(_, _, _, let draft?):
            draft.penaltiesApplying.isEmpty ? nil : draft.penaltyAgainst
        default: nil
        }
    }
}
