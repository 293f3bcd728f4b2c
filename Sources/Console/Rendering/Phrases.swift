/// The house's own words in one language: what stands on buttons, over lists, and in sentences with a place for a value.
///
/// One file a language, `name = words` a line; `{}` is where the value goes. What is counted has a line for each plural form: `cases.one`, `cases.other`.
public struct Phrases: Sendable {
    public let language: String
    private let words: [String: String]

    struct Fault: Error, CustomStringConvertible {
        let line: Int
        let reason: String
        var description: String { "line \(line) \(reason)" }
    }

    init(language: String, text: String) throws {
        var words: [String: String] = [:]
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() where !line.isEmpty && line.first != "#" {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw Fault(line: index + 1, reason: "is not “name = words”") }
            let name = String(parts[0].filter { $0 != " " })
            guard words.updateValue(String(parts[1].drop { $0 == " " }), forKey: name) == nil else {
                throw Fault(line: index + 1, reason: "says “\(name)” again")
            }
        }
        (self.language, self.words) = (language, words)
    }

    var names: Set<String> { Set(words.keys) }

    func known(_ name: String) -> String? { words[name] }

    /// The words of a name; the name itself where there are none, so that a gap is seen and not silent.
    func callAsFunction(_ name: String) -> String { words[name] ?? "[\(name)]" }

    /// With a value in its place.
    func callAsFunction(_ name: String, _ values: String...) -> String {
        var text = self(name)
        for value in values { if let place = text.firstRange(of: "{}") { text.replaceSubrange(place, with: value) } }
        return text
    }

    /// In the plural form of the count: English and Spanish have two.
    func counted(_ name: String, _ count: Int) -> String { self(name + (count == 1 ? ".one" : ".other"), count.grouped) }
}
