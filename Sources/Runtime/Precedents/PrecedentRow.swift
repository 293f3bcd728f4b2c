import Chronicle
import Disputes
import EventStorage
import Policies

/// A decided case as a row of `CaseTables.precedents`, and back.
enum PrecedentRow {
    /// What the row becomes when a case moves; a function of the case alone, so that rebuilding gives the same.
    static func changes(before: Case?, after: Case) -> [RowChange] {
        let (old, new) = (before.flatMap(DecidedCase.init), DecidedCase(after))
        guard old != new else { return [] }
        return new.map { [.put(CaseTables.precedents, values($0))] } ?? [.delete(CaseTables.precedents, key: [.text(after.id.description)])]
    }

    static func values(_ known: DecidedCase) -> [RowValue] {
        let features = known.features
        let evidence = features.evidence.sorted().map { "\($0.side?.rawValue ?? "") \($0.type)" }.joined(separator: "\n")
        return [
            .text(known.id.description), .integer(known.at.milliseconds), .text(known.outcome.text), .text(known.fault.text), flag(known.deviates),
            .text(features.type.text), .text(features.reason.text), .text(features.rail?.text), .text(features.filedBy?.rawValue), flag(features.answered),
            flag(features.merchant), .text(features.jurisdiction?.text), .integer(features.magnitude.map(Int64.init)), .text(evidence),
            flag(features.simulated),
        ]
    }

    private static func flag(_ value: Bool) -> RowValue { .integer(value ? 1 : 0) }

    /// `nil` for a row that is not one of ours (a read model from another build: rebuild it).
    static func read(_ row: [RowValue]) -> DecidedCase? {
        guard row.count == CaseTables.precedents.columns.count, let id = row[0].text.flatMap(CaseID.init), let at = row[1].integer,
            let outcome = row[2].text.flatMap(OutcomeCode.init), let fault = row[3].text.flatMap(FaultCode.init),
            let type = row[5].text.flatMap(CaseTypeCode.init), let reason = row[6].text.flatMap(ReasonCode.init), let evidence = row[13].text
        else { return nil }
        let shown = evidence.split(separator: "\n").compactMap { line -> CaseFeatures.Shown? in
            let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, let code = EvidenceCode(parts[1]) else { return nil }
            return CaseFeatures.Shown(side: Side(rawValue: parts[0]), type: code)
        }
        let features = CaseFeatures(
            type: type, reason: reason, rail: row[7].text.flatMap(RailCode.init), filedBy: row[8].text.flatMap(Filer.init), answered: row[9].integer == 1,
            merchant: row[10].integer == 1, jurisdiction: row[11].text.flatMap(Jurisdiction.init), magnitude: row[12].integer.map(Int.init),
            evidence: Set(shown), simulated: row[14].integer == 1)
        return DecidedCase(
            id: id, at: Instant(milliseconds: at), outcome: outcome, fault: fault, features: features, deviates: row[4].integer == 1)
    }
}

extension RowChange {
    var isOfPrecedents: Bool {
        switch self {
        case .put(let table, _), .delete(let table, _), .add(let table, _, _, _): table.name == CaseTables.precedents.name
        }
    }
}
