import Mustache

/// What a template is filled with. Only a `markup` comes out as it is, and only our own code makes one; every other text is escaped.
public indirect enum Field: Sendable {
    case text(String)
    case flag(Bool)
    case list([Fields])
    case group(Fields)
    case markup(Markup)
    /// There is none: a section of it is left out.
    case none
}

/// HTML that was made here from parts that were escaped.
public struct Markup: Sendable {
    let html: String
    init(_ html: String) { self.html = html }
}

/// Named fields of a page or a part of one.
public struct Fields: Sendable, ExpressibleByDictionaryLiteral {
    private(set) var named: [String: Field] = [:]

    public init(dictionaryLiteral elements: (String, Field)...) { for (name, field) in elements { named[name] = field } }

    subscript(name: String) -> Field? {
        get { named[name] }
        set { named[name] = newValue }
    }

    func with(_ more: Fields) -> Fields {
        var fields = self
        for (name, field) in more.named { fields.named[name] = field }
        return fields
    }
}

extension Field: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByBooleanLiteral {
    public init(stringLiteral value: String) { self = .text(value) }
    public init(booleanLiteral value: Bool) { self = .flag(value) }
    /// The text, or none.
    init(_ text: String?) { self = text.map { .text($0) } ?? .none }
    /// The number as people write it: 4,812.
    init(count: Int) { self = .text(count.grouped) }
}

extension Int {
    /// 4,812
    var grouped: String {
        let digits = Array(String(magnitude))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return (self < 0 ? "−" : "") + text
    }
}

extension String {
    /// As it may stand in HTML, between tags and between quotation marks. Read scalar by scalar: a quotation mark with an accent on it is one
    /// character to a reader of Unicode, and still ends an attribute for a browser.
    var escaped: String {
        var safe = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar {
            case "<": safe.append(contentsOf: "&lt;".unicodeScalars)
            case ">": safe.append(contentsOf: "&gt;".unicodeScalars)
            case "&": safe.append(contentsOf: "&amp;".unicodeScalars)
            case "\"": safe.append(contentsOf: "&quot;".unicodeScalars)
            case "'": safe.append(contentsOf: "&#39;".unicodeScalars)
            // No browser has a use for it, and some stop reading.
            case "\0": safe.append("\u{FFFD}")
            default: safe.append(scalar)
            }
        }
        return String(safe)
    }
}

/// Notes the names a template asks for and nobody gave.
final class Missing {
    private(set) var names: [String] = []
    func note(_ name: String) { names.append(name) }
}

/// Fields as the template library asks for them.
final class Node: MustacheParent {
    private let fields: Fields
    private let phrases: Phrases?
    /// Of the outermost node: asked last, so what it does not have nobody has.
    private let missing: Missing?

    init(_ fields: Fields, phrases: Phrases? = nil, missing: Missing? = nil) { (self.fields, self.phrases, self.missing) = (fields, phrases, missing) }

    func child(named name: String) -> Any? {
        if let field = fields[name] { return Node.value(of: field) }
        if name == "w", let phrases, let missing { return PhraseNode(phrases, missing) }
        missing?.note(name)
        return nil
    }

    private static func value(of field: Field) -> Any {
        switch field {
        case .text(let text): text.escaped
        case .flag(let flag): flag
        case .list(let list): list.map { Node($0) }
        case .group(let fields): Node(fields)
        case .markup(let markup): markup.html
        case .none: Nothing()
        }
    }

    private struct Nothing: MustacheCustomRenderable {
        var renderText: String { "" }
        var isNull: Bool { true }
    }
}

/// The house's own words, by name: `{{w.queue}}`.
private final class PhraseNode: MustacheParent {
    private let phrases: Phrases
    private let missing: Missing
    init(_ phrases: Phrases, _ missing: Missing) { (self.phrases, self.missing) = (phrases, missing) }

    func child(named name: String) -> Any? {
        if let text = phrases.known(name) { return text.escaped }
        missing.note("w." + name)
        return nil
    }
}
