import Disputes
import Policies
import Wire

/// The ruling and the appeals against it.
extension OneCasePage {
    func ruling(_ names: CaseNames, _ visit: Visit) -> Field {
        guard let made = detail.ruling else { return .none }
        let phrases = visit.phrases
        func why(_ part: String) -> Field { Field(names.spoken(made.reasons[part])) }
        var parts: [Fields] = [
            ["name": .text(phrases("part.outcome")), "what": .text(names.title(made.outcome)), "why": why("outcome")],
            ["name": .text(phrases("part.fault")), "what": .text(names.title(made.fault)), "why": why("fault")],
        ]
        if let terms = made.terms {
            parts.append([
                "name": .text(phrases("part.split")), "what": .text(phrases("split_terms", terms.toBuyer.written, terms.toSeller.written)), "why": .none,
            ])
        }
        if let penalty = made.penalty {
            parts.append([
                "name": .text(phrases("part.penalty")), "what": .text("\(names.title(penalty)), \(names.name(made.penaltyAgainst))"), "why": why("penalty"),
            ])
        }
        if let amount = made.compensation {
            parts.append([
                "name": .text(phrases("part.compensation")), "what": .text("\(amount.written), \(names.name(made.compensationTo))"), "why": why("compensation"),
            ])
        }
        if let deviation = names.spoken(made.reasons["deviation"]) {
            parts.append([
                "name": .text(phrases("part.deviation")), "what": .text(phrases("deviates_from", String(made.precedents.count))), "why": .text(deviation),
            ])
        }
        for answer in made.answers {
            parts.append([
                "name": .text(phrases("point", String(answer.point))), "what": .text(phrases(answer.accepted ? "accepted" : "not_accepted")),
                "why": why("point \(answer.point)"),
            ])
        }
        let key = made.needsSecondKey ? made.approvedBy.map { phrases("approved_by", names.name(.staff($0), handles)) } ?? phrases("waits_second_key") : nil
        let by = [phrases("ruled_by", names.name(made.by, handles), visit.clock.short(made.at)), key].compactMap(\.self).joined(separator: " · ")
        return .group([
            "by": .text(by), "parts": .list(parts),
            "instructions": .list(
                detail.instructions.map { instruction in
                    [
                        "text": .text(InstructionWords(names: names, phrases: phrases).text(instruction)),
                        "state": .text(phrases("progress.\(instruction.progress.rawValue)")),
                        "meaning": .text(instruction.progress == .confirmed ? "is-good" : instruction.progress == .failed ? "is-late" : ""),
                    ]
                }),
        ])
    }

    func appeal(_ appeal: AppealView, _ names: CaseNames, _ visit: Visit) -> Fields {
        let phrases = visit.phrases
        let state = appeal.result.map { phrases("appeal.\($0.rawValue)") } ?? phrases("appeal.open", String(appeal.votesIn), String(appeal.panelSize))
        let cause = appeal.cause.map { code in frame.words.causes.first { $0.code == code.text }?.title ?? code.text }
        return [
            "by": .text(names.name(appeal.by)), "at": .markup(visit.clock.at(appeal.filed)), "level": .text(phrases("appeal_to", appeal.level.rawValue)),
            "grounds": .text(names.spoken(appeal.grounds) ?? ""), "new": .flag(appeal.newEvidence), "state": .text(state), "cause": Field(cause),
            "decided": Field(appeal.decidedBy.map { names.name(.staff($0), handles) }),
        ]
    }
}
