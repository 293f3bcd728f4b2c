import Mustache

/// The templates, read once. They are strict: what a template asks for and does not get, or a part it names that is not there, is an error and not a
/// gap on the page.
struct Templates: Sendable {
    struct Fault: Error, CustomStringConvertible {
        let template: String
        let reason: String
        var description: String { "the template “\(template)” \(reason)" }
    }

    private let library: MustacheLibrary

    /// - Parameter texts: by name.
    init(_ texts: [String: String]) throws {
        var library = MustacheLibrary()
        for (name, text) in texts {
            for part in Templates.parts(of: text) where texts[part] == nil { throw Fault(template: name, reason: "has a part “\(part)” that is not there") }
            library.register(try MustacheTemplate(string: try Templates.typed(text, name)), named: name)
        }
        self.library = library
    }

    func render(_ name: String, _ fields: Fields, _ phrases: Phrases) throws -> Markup {
        guard let template = library.getTemplate(named: name) else { throw Fault(template: name, reason: "is not there") }
        let missing = Missing()
        let html = template.render(Node(fields, phrases: phrases, missing: missing), library: library)
        guard missing.names.isEmpty else {
            throw Fault(template: name, reason: "asks for what the page does not give: \(Set(missing.names).sorted().joined(separator: ", "))")
        }
        return Markup(html)
    }

    /// Escaping is the value's own affair (`Field`), not the tag's: every tag is made one that takes its value as it is. So nobody can write a tag that
    /// forgets to escape; one that tries is refused.
    private static func typed(_ text: String, _ name: String) throws -> String {
        guard !text.contains("{{{"), !text.contains("{{&") else { throw Fault(template: name, reason: "has a tag that would not escape") }
        var typed = ""
        var rest = Substring(text)
        while let open = rest.firstRange(of: "{{") {
            typed += rest[..<open.lowerBound]
            let after = rest[open.upperBound...]
            guard let close = after.firstRange(of: "}}") else { throw Fault(template: name, reason: "has a tag that does not end") }
            let tag = after[..<close.lowerBound]
            typed += "#^/>!<$=%".contains(tag.first ?? " ") ? "{{\(tag)}}" : "{{{\(tag)}}}"
            rest = after[close.upperBound...]
        }
        return typed + rest
    }

    private static func parts(of text: String) -> [String] {
        text.split(separator: "{{").compactMap { piece in
            guard piece.first == ">", let end = piece.firstRange(of: "}}") else { return nil }
            return piece[piece.index(after: piece.startIndex)..<end.lowerBound].filter { $0 != " " }
        }
    }
}
