import Chronicle
import Policies
import Timekeeping

/// A letter of the pack, filled for one reader.
public struct WrittenLetter: Hashable, Sendable {
    public let code: LetterCode
    public let title: String
    /// The reader's own, or English where the pack has no translation.
    public let language: Language
    public let subject: String
    public let body: String
    /// What the letter speaks of and the case does not know yet; a dash stands for it.
    public let missing: [LetterField]
}

/// Fills letters from a case as it stands: what went out at an event is written from the case folded up to it, so that a letter needs no copy of its own and
/// says for ever what it said.
public struct LetterWriting: Sendable {
    let dispute: Case
    let policy: Policy
    let spoken: Spoken

    /// Words of the case that had to be opened with a key.
    public struct Spoken: Sendable {
        public var statement: String?
        /// The ruling's reasons, in the order in which they are read.
        public var reasons: [Reason]
        public init(statement: String? = nil, reasons: [Reason] = []) { (self.statement, self.reasons) = (statement, reasons) }
    }

    /// Why one part of the ruling is as it is.
    public struct Reason: Sendable {
        /// Is it about the measure against somebody, and so theirs alone to read?
        public let isOfPenalty: Bool
        public let text: String
        public init(isOfPenalty: Bool, text: String) { (self.isOfPenalty, self.text) = (isOfPenalty, text) }
    }

    public init(_ dispute: Case, _ policy: Policy, spoken: Spoken) { (self.dispute, self.policy, self.spoken) = (dispute, policy, spoken) }

    /// - Returns: `nil` when the pack has no such letter.
    public func letter(_ code: LetterCode, to party: Party) -> WrittenLetter? {
        guard let letter = policy.letters[code] else { return nil }
        let wanted = party.language
        guard let language = [wanted, .english].first(where: { letter.texts[$0] != nil }), let text = letter.texts[language] else { return nil }
        let values = LetterValues(self, for: party, in: LetterPhrases(language), speaking: text.body.fields).all
        let (subject, body) = (text.subject.render(values), text.body.render(values))
        let missing = Set(subject.missing + body.missing)
        return WrittenLetter(
            code: code, title: letter.title, language: language, subject: subject.text, body: body.text,
            missing: LetterField.allCases.filter(missing.contains))
    }
}

extension Language {
    static let english: Language = {
        guard let english = Language("en") else { preconditionFailure("“en” is a language") }
        return english
    }()
}
