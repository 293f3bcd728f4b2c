/// A letter the desk sends, in every language the pack speaks.
public struct Letter: Hashable, Sendable {
    public let code: LetterCode
    public let title: String
    /// By language; English is always there.
    public let texts: [Language: Text]

    public struct Text: Hashable, Sendable {
        public let subject: Template
        public let body: Template
        public init(subject: Template, body: Template) { (self.subject, self.body) = (subject, body) }
    }

    public init(code: LetterCode, title: String, texts: [Language: Text]) { (self.code, self.title, self.texts) = (code, title, texts) }
}

/// What a letter can speak of. Closed: a field that does not exist is an error of the pack, not a hole in a letter.
public enum LetterField: String, Hashable, Sendable, CaseIterable {
    case caseNumber = "case-number", caseTitle = "case-title", reason, amount, counterparty, order
    case evidenceList = "evidence-list", due, dueExplained = "due-explained", noticeNumber = "notice-number"
    case outcome, reasons, remedies, penalty, settlement, appealUntil = "appeal-until", externalBodies = "external-bodies"
    case received, contact, regime, nextStep = "next-step", offer, holder, holdReason = "hold-reason", newDate = "new-date"
}

/// Text with typed holes: `Dear customer, your case {case-number} …`.
public struct Template: Hashable, Sendable {
    public enum Part: Hashable, Sendable {
        case text(String)
        case field(LetterField)
    }

    public let parts: [Part]

    public init(parts: [Part]) { self.parts = parts }

    public var fields: Set<LetterField> {
        Set(parts.compactMap { if case .field(let field) = $0 { field } else { nil } })
    }

    /// The text with every hole filled; fields without a value come out as an em dash and are returned for the caller to refuse.
    public func render(_ values: [LetterField: String]) -> (text: String, missing: [LetterField]) {
        var text = ""
        var missing: [LetterField] = []
        for part in parts {
            switch part {
            case .text(let piece): text += piece
            case .field(let field):
                if let value = values[field] {
                    text += value
                } else {
                    missing.append(field)
                    text += "—"
                }
            }
        }
        return (text, missing)
    }
}
