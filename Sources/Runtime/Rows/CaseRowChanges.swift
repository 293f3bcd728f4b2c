import Chronicle
import Disputes
import EventStorage
import Policies

/// What a change of one case does to the read models. Pure: a function of the case before and after and of the events between,
/// so that rebuilding from the log gives the very same rows.
public enum CaseRowChanges {
    public static func of(_ events: [CaseEvent], before: Case?, after: Case, tierRank: (TierCode) -> Int) -> [RowChange] {
        var changes: [RowChange] = [.put(CaseTables.cases, CaseRow(after, tierRank: tierRank(after.tier)).values)]
        changes += tallies(before: before, after: after, tierRank)
        changes += penalties(before: before, after: after)
        changes += PrecedentRow.changes(before: before, after: after)
        changes += SurveyTally.changes(before: before, after: after)
        changes += snoozes(before: before, after: after)
        for (index, event) in events.enumerated() { changes += self.changes(for: event, after, version: after.version - (events.count - 1 - index)) }
        return changes
    }

    private static func tallies(before: Case?, after: Case, _ tierRank: (TierCode) -> Int) -> [RowChange] {
        func key(_ dispute: Case) -> [RowValue] {
            [
                .text(dispute.phase.rawValue), .integer(Int64(tierRank(dispute.tier))), .text(dispute.type.text), .text(dispute.language.text),
                .integer(dispute.owner == nil ? 0 : 1), .integer(dispute.simulated ? 1 : 0),
            ]
        }
        let new = key(after)
        guard let before else { return [.add(CaseTables.tally, key: new, column: "cases", by: 1)] }
        let old = key(before)
        guard old != new else { return [] }
        return [.add(CaseTables.tally, key: old, column: "cases", by: -1), .add(CaseTables.tally, key: new, column: "cases", by: 1)]
    }

    /// A penalty is in force once the ruling that imposes it is signed, and no longer when a later ruling imposes another or none.
    private static func penalties(before: Case?, after: Case) -> [RowChange] {
        func imposed(_ dispute: Case?) -> Ruling.PenaltyPart? { dispute?.announcedRuling?.ruling.penalty }
        let (old, new) = (imposed(before), imposed(after))
        guard old?.code != new?.code || old?.against != new?.against else { return [] }
        let id = RowValue.text(after.id.description)
        var changes: [RowChange] = []
        if let party = old?.against { changes.append(.delete(CaseTables.penalties, key: [.text(party.description), id])) }
        if let party = new?.against, let code = new?.code {
            changes.append(.put(CaseTables.penalties, [.text(party.description), id, .text(code.text)]))
        }
        return changes
    }

    private static func snoozes(before: Case?, after: Case) -> [RowChange] {
        let (old, new) = (before?.snoozes ?? [:], after.snoozes)
        guard old != new else { return [] }
        let id = RowValue.text(after.id.description)
        return old.keys.filter { new[$0] == nil }.map { .delete(AttentionTables.snoozes, key: [.text($0.description), id]) }
            + new.filter { old[$0.key] != $0.value }.map { .put(AttentionTables.snoozes, [.text($0.key.description), id, .integer($0.value.milliseconds)]) }
    }

    /// - Parameter version: of the case, after this event.
    private static func changes(for event: CaseEvent, _ dispute: Case, version: Int) -> [RowChange] {
        let id = RowValue.text(dispute.id.description)
        switch event.body {
        case let opened as CaseOpened:
            return opened.parties.map { .put(CaseTables.parties, [.text($0.id.description), id, .text($0.side.rawValue)]) }
        case let submitted as ExhibitSubmitted:
            let exhibit = submitted.exhibit
            let party: PartyID? = if case .party(let party) = exhibit.by { party } else { nil }
            return [
                .put(CaseTables.exhibits, [.text(exhibit.sha256.description), id, .text(exhibit.id.description), .text(party?.description)])
            ]
        case let instructed as SettlementInstructed where !instructed.instruction.kind.isCarriedOutByHand:
            return [outbox(instructed.instruction.id, id, "settle")]
        case let hold as HoldRequested: return [outbox(hold.instruction, id, "hold")]
        case let called as StaffMentioned:
            return called.staff.map {
                .put(
                    AttentionTables.mentions,
                    [.text($0.description), .text(called.note.description), id, .integer(Int64(version)), .text(called.by.description)])
            }
        case let lift as HoldLifted: return [outbox(lift.instruction, id, "lift")]
        default: return []
        }
    }

    private static func outbox(_ instruction: InstructionID, _ id: RowValue, _ kind: String) -> RowChange {
        .put(CaseTables.outbox, [.text(instruction.description), id, .text(kind), .text("pending"), .integer(0), .integer(0), .null])
    }
}
