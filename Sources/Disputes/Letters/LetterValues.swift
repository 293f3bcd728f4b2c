import Chronicle
import Policies
import Timekeeping

/// What a letter says in its holes, for one reader.
struct LetterValues {
    private let writing: LetterWriting
    private let party: Party
    private let phrases: LetterPhrases
    /// What the letter speaks of: “by when” means the request's date in a letter about evidence and the offer's in one about an offer.
    private let fields: Set<LetterField>

    private var dispute: Case { writing.dispute }
    private var policy: Policy { writing.policy }

    init(_ writing: LetterWriting, for party: Party, in phrases: LetterPhrases, speaking fields: Set<LetterField>) {
        (self.writing, self.party, self.phrases, self.fields) = (writing, party, phrases, fields)
    }

    var all: [LetterField: String] {
        var values: [LetterField: String] = [:]
        for field in LetterField.allCases { values[field] = value(field) }
        return values
    }

    private func value(_ field: LetterField) -> String? {
        switch field {
        case .caseNumber: String(dispute.id.crockford.suffix(8))
        case .caseTitle: policy.reasons[dispute.reason]?.title
        case .reason:
            writing.spoken.statement.map { quoted(party.side == .filer ? $0 : Redaction.forTheOtherSide($0)) } ?? policy.reasons[dispute.reason]?.title
        case .amount: (dispute.amount ?? dispute.order?.amount)?.shown
        case .counterparty: dispute.principal(party.side.opposite)?.account?.text
        case .order: dispute.order?.reference
        case .evidenceList: asked.isEmpty ? phrases.nothingAsked : asked.map { "• " + $0 }.joined(separator: "\n")
        case .due: due.map(phrases.moment)
        case .dueExplained: dueExplained
        case .noticeNumber: dispute.notices.last { $0.side == party.side }.map { String($0.number) }
        case .outcome: ruling.flatMap { policy.outcomes[$0.outcome.code]?.title }
        case .reasons: reasons.isEmpty ? nil : reasons.map { "• " + $0 }.joined(separator: "\n")
        case .remedies: ruling == nil ? nil : phrases.remedies(policy.appeals.external)
        case .penalty: ruling.map(penalty)
        case .settlement: ruling.map { _ in settlement }
        case .appealUntil: ClockCode("appeal-window").flatMap(dispute.clock).map { phrases.moment($0.due) }
        case .externalBodies: policy.appeals.external.isEmpty ? nil : policy.appeals.external.map { "• " + $0 }.joined(separator: "\n")
        case .received: phrases.moment(dispute.opened)
        case .contact: policy.contact
        case .regime: regime
        case .nextStep: step?.title
        case .offer: offer.flatMap(\.terms).map(phrases.terms)
        case .holder: step.map { phrases.holder($0.holder, filer: party.side == .filer) }
        case .holdReason: dispute.mostUrgentClock?.running.extensions.last?.reason
        case .newDate: dispute.mostUrgentClock.map { phrases.moment($0.due) }
        }
    }

    private var step: Step? { policy.workflows[dispute.workflow]?.steps[dispute.step] }
    private var ruling: Ruling? { dispute.announcedRuling?.ruling }
    private var request: EvidenceRequest? { dispute.requests.last { $0.side == party.side && $0.isOpen } ?? dispute.requests.last { $0.side == party.side } }
    private var offer: Offer? { dispute.offers.last { $0.isOpen && $0.by != party.id } }

    private var asked: [String] {
        request.map { request in
            let given = dispute.given[request.id, default: []]
            let missing = request.types.filter { !given.contains($0) }
            // A letter of thanks for what is there already would be another letter: this one names what was asked.
            return (missing.isEmpty ? request.types : missing).map { policy.evidenceTypes[$0]?.title ?? $0.text }
        } ?? []
    }

    private var reasons: [String] {
        let isPunished = ruling?.penalty.against == party.id
        return writing.spoken.reasons.filter { !$0.isOfPenalty || isPunished }.map(\.text)
    }

    /// What somebody wrote, inside a sentence of ours.
    private func quoted(_ text: String) -> String { "“\(text)”" }

    private var due: Instant? {
        if fields.contains(.offer), let offer { return offer.expires }
        if fields.contains(.evidenceList) || fields.contains(.noticeNumber), let request { return request.due }
        return dispute.mostUrgentClock?.due
    }

    private var dueExplained: String? {
        if fields.contains(.evidenceList), let request { return phrases.sinceAsked(request.asked) }
        return dispute.mostUrgentClock.map { policy.clocks[$0.code]?.title ?? $0.code.text }
    }

    private var regime: String? {
        dispute.regimes.isEmpty
            ? nil : dispute.regimes.map { code in policy.regimes[code].map { "\(code): \($0.finalText)" } ?? code.text }.joined(separator: "; ")
    }

    /// A measure against somebody else is nobody's business but theirs.
    private func penalty(_ ruling: Ruling) -> String {
        guard let code = ruling.penalty.code, ruling.penalty.against == party.id else { return phrases.noMeasure }
        return policy.penalties[code]?.title ?? code.text
    }

    private var settlement: String {
        let lines = dispute.instructions.map { phrases.instruction($0.kind, dispute) }
        return lines.isEmpty ? phrases.movesNothing : lines.joined(separator: "; ")
    }
}
