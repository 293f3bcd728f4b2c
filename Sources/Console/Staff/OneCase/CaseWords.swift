import Disputes
import Policies
import Wire

/// An exhibit as lists show it.
struct ExhibitWords {
    let index: Int
    let exhibit: ExhibitView
    let names: CaseNames

    var fields: Fields {
        let sha = exhibit.sha256.description
        return [
            "label": .text("E\(index + 1)"), "id": .text(exhibit.id.description), "case": .text(names.detail.summary.short),
            "title": .text(names.title(exhibit.type)),
            "sha": .text(sha), "hash": .text(sha.prefix(16) + " … " + sha.suffix(8)), "from": .text(names.name(exhibit.by)), "kind": .text(exhibit.mediaType),
            "size": .text(exhibit.bytes.asFileSize),
        ]
    }
}

/// What the exchange is told, in words.
struct InstructionWords {
    let names: CaseNames
    let phrases: Phrases

    func text(_ instruction: InstructionView) -> String {
        let amount = instruction.amount?.written ?? names.detail.order?.amount.written ?? ""
        switch instruction.kind {
        case "split": return phrases("do.split", instruction.terms?.toBuyer.written ?? "", instruction.terms?.toSeller.written ?? "")
        case "compensate", "credit", "deduct-deposit": return phrases("do.\(instruction.kind)", amount, names.name(instruction.to))
        case "release", "return-to-seller": return phrases("do.\(instruction.kind)", amount)
        default: return phrases("do.\(instruction.kind)", instruction.reference ?? "")
        }
    }
}

/// What the button that signs says.
struct SigningWords {
    let detail: CaseDetail
    let words: Vocabulary
    let phrases: Phrases

    func button(_ outcome: OutcomeCode?) -> String {
        guard let outcome, let known = words.outcomes.first(where: { $0.code == outcome }) else { return phrases("sign_none") }
        let amount = detail.order?.amount.written ?? detail.summary.amount?.written ?? ""
        switch known.settlement {
        case "release-to-buyer" where !amount.isEmpty: return phrases("sign.release", amount)
        case "return-to-seller" where !amount.isEmpty: return phrases("sign.return", amount)
        case "split" where !amount.isEmpty: return phrases("sign.split", amount)
        default: return phrases("sign.other", known.title)
        }
    }
}
