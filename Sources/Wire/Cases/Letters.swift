import Chronicle
import Disputes
import Policies

/// A letter as one reader has it.
public struct LetterView: WireBody {
    public let letter: LetterCode
    public let title: String
    public let to: PartyID
    /// When it went out; for a preview, now.
    public let at: Instant
    /// The event with which it went; a preview has none.
    public let sequence: Int64?
    public let language: Language
    public let subject: String
    public let body: String
    /// What it speaks of and the case does not know; a dash stands for it.
    public let missing: [String]

    public init(_ letter: WrittenLetter, to party: PartyID, at: Instant, sequence: Int64?) {
        (self.letter, title, to, self.at, self.sequence) = (letter.code, letter.title, party, at, sequence)
        (language, subject, body, missing) = (letter.language, letter.subject, letter.body, letter.missing.map(\.rawValue))
    }
}

public struct LetterList: WireBody {
    public let letters: [LetterView]
    public let asOf: Int64

    enum CodingKeys: String, CodingKey {
        case letters
        case asOf = "as_of"
    }

    public init(letters: [LetterView], asOf: Int64) { (self.letters, self.asOf) = (letters, asOf) }
}
