import Chronicle
import Timekeeping

/// The second stage of loading: from YAML to typed rows. It knows which codes are defined, which are referred to, and where everything
/// stands, so that later stages can point at it.
///
/// A class, because the rows of all files report into it; it never leaves the call of `PolicyLoader.load`.
final class PackReading {
    let log: DiagnosticLog

    /// Codes each table defines, by the noun of their kind.
    private var defined: [String: Set<String>] = [:]
    private var references: [(noun: String, text: String, place: PackPlace)] = []
    /// Where a row, or a part of one, stands: `reason P2P-B01`, `workflow p2p-live step filed`.
    private var places: [String: PackPlace] = [:]

    init(_ log: DiagnosticLog) { self.log = log }

    // MARK: what is defined and what is referred to

    /// Notes that a table has this row; a complaint when it has it twice.
    func define<Kind: Coded>(_ code: Code<Kind>, at place: PackPlace) {
        if !defined[Kind.noun, default: []].insert(code.text).inserted {
            log.error(.duplicateRow, at: place, "the \(Kind.noun) “\(code)” is defined twice")
        }
        mark("\(Kind.noun) \(code)", place)
    }

    func refer(_ noun: String, _ text: String, at place: PackPlace) { references.append((noun, text, place)) }

    /// The third stage: every code that one table names must be a row of another.
    func resolveReferences() {
        for reference in references {
            let known = defined[reference.noun] ?? []
            guard !known.contains(reference.text) else { continue }
            log.error(
                .unknownCode, at: reference.place, "the pack has no \(reference.noun) “\(reference.text)”", hint: didYouMean(reference.text, among: known))
        }
    }

    func mark(_ name: String, _ place: PackPlace) { places[name] = place }

    /// Where something stands; the pack as a whole when nobody marked it.
    func place(_ name: String) -> PackPlace { places[name] ?? PackPlace(file: "pack.yaml") }

    func place<Kind: Coded>(of code: Code<Kind>) -> PackPlace { place("\(Kind.noun) \(code)") }

    // MARK: single values

    func text(_ node: PackNode) -> String? {
        guard case .scalar(let text, _) = node.content else {
            log.error(.wrongType, at: node.place, "a text is expected here, not \(node.noun)")
            return nil
        }
        guard !text.isEmpty else {
            log.error(.badValue, at: node.place, "nothing is written here")
            return nil
        }
        return text
    }

    func value<Value>(_ node: PackNode, _ expected: String, _ read: (String) -> Value?) -> Value? {
        guard let text = text(node) else { return nil }
        if let value = read(text) { return value }
        log.error(.badValue, at: node.place, "“\(text)” is not \(expected)")
        return nil
    }

    func choice<Choice: RawRepresentable & CaseIterable>(_ node: PackNode, _: Choice.Type = Choice.self) -> Choice? where Choice.RawValue == String {
        guard let text = text(node) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let all = Choice.allCases.map(\.rawValue)
        log.error(.badValue, at: node.place, "“\(text)” is none of \(all.joined(separator: ", "))", hint: didYouMean(text, among: all))
        return nil
    }

    /// A code as a text, without looking it up.
    func code<Kind: Coded>(_ text: String, at place: PackPlace) -> Code<Kind>? {
        if let code = Code<Kind>(text) { return code }
        log.error(.badCode, at: place, "“\(text)” is not a \(Kind.noun) code: 1 to \(Code<Kind>.lengthMax) of letters, digits and - . / _")
        return nil
    }

    func reference<Kind: Coded>(_ node: PackNode) -> Code<Kind>? {
        guard let text = text(node), let code: Code<Kind> = code(text, at: node.place) else { return nil }
        refer(Kind.noun, text, at: node.place)
        return code
    }

    func list(_ node: PackNode) -> [PackNode] {
        if case .list(let items) = node.content { return items }
        log.error(.wrongType, at: node.place, "a list is expected here, not \(node.noun)")
        return []
    }

    func entries(_ node: PackNode) -> [PackNode.Entry] {
        if case .map(let entries) = node.content { return entries }
        log.error(.wrongType, at: node.place, "a mapping is expected here, not \(node.noun)")
        return []
    }

    // MARK: tables

    /// Reads a table: a mapping from codes to rows. A row that cannot be read is left out, with its complaints.
    func table<Kind: Coded, Value>(_ node: PackNode?, _ read: (Code<Kind>, Row) -> Value?) -> [Code<Kind>: Value] {
        guard let node else { return [:] }
        var rows: [Code<Kind>: Value] = [:]
        for entry in entries(node) {
            guard let code: Code<Kind> = code(entry.key, at: entry.keyPlace) else { continue }
            define(code, at: entry.keyPlace)
            guard let row = Row(entry.value, self) else { continue }
            let value = read(code, row)
            row.finish()
            if let value { rows[code] = value }
        }
        return rows
    }

    /// What is only known or was not found must not look like more.
    func checkDoubt(source: String, confidence: Provenance.Confidence, at place: PackPlace) {
        let keys = source.split(separator: " ").map(String.init)
        if keys.contains("NF"), confidence != .notFound {
            log.error(.doubtHidden, at: place, "the source says “not found” and the confidence says “\(confidence.rawValue)”", hint: "write “not-found”")
        } else if keys == ["K"], confidence != .unverified, confidence != .proposal, confidence != .low {
            log.error(.doubtHidden, at: place, "a rule known only by heart cannot have the confidence “\(confidence.rawValue)”", hint: "write “unverified”")
        } else if keys == ["PROP"], confidence != .proposal {
            log.error(.doubtHidden, at: place, "our own proposal cannot have the confidence “\(confidence.rawValue)”", hint: "write “proposal”")
        }
    }
}

extension Span {
    /// `90 s`, `15 min`, `4 h`, `7 d`: a stopwatch's time as packs write it.
    init?(packText text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, let count = Int64(words[0]), 0...10_000_000 ~= count else { return nil }
        switch words[1] {
        case "s": self = .seconds(count)
        case "min": self = .minutes(count)
        case "h": self = .hours(count)
        case "d": self = .days(count)
        default: return nil
        }
    }
}
