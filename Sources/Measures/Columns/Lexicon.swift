/// The words of one dimension, each with a small number: the columns hold the numbers.
///
/// Code 0 is “not recorded”: the log says nothing about it for this row. A word keeps the number it got first, so that the same log gives the
/// same numbers. A dimension holds 65,534 words; whatever comes after them is one word, `Lexicon.more`, and never silently another's.
public struct Lexicon: Hashable, Sendable {
    /// The words in the order they were met; the first is that of code 0.
    public private(set) var words: [String] = [Lexicon.notRecorded]
    private var codes: [String: UInt16] = [:]

    public static let notRecorded = "—"
    /// What the words beyond the last number are called together.
    public static let more = "(more)"
    static let wordsMax = 65_535

    public init() {}

    init(words: [String]) {
        for word in words.dropFirst() { _ = code(of: word) }
    }

    public subscript(code: UInt16) -> String { words.indices.contains(Int(code)) ? words[Int(code)] : Lexicon.notRecorded }

    /// The number of a word that was met; `nil` for one that was not.
    public func known(_ word: String) -> UInt16? { word == Lexicon.notRecorded ? 0 : codes[word] }

    mutating func code(of word: String?) -> UInt16 {
        guard let word else { return 0 }
        if let code = codes[word] { return code }
        let met = words.count < Lexicon.wordsMax ? word : Lexicon.more
        if let code = codes[met] { return code }
        let code = UInt16(words.count)
        words.append(met)
        codes[met] = code
        return code
    }
}
