import Chronicle
import Timekeeping

/// One mapping of the pack while it is being read: gives typed values, complains about what is missing or mistyped, and at the end about
/// keys nobody asked for.
final class Row {
    let place: PackPlace
    let reading: PackReading
    private let entries: [String: PackNode.Entry]
    private let order: [PackNode.Entry]
    private var asked: Set<String> = []

    /// `nil`, with a complaint, when `node` is not a mapping.
    init?(_ node: PackNode, _ reading: PackReading) {
        guard case .map(let entries) = node.content else {
            reading.log.error(.wrongType, at: node.place, "a mapping is expected here, not \(node.noun)")
            return nil
        }
        (self.place, self.reading, self.order) = (node.place, reading, entries)
        self.entries = Dictionary(entries.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private var log: DiagnosticLog { reading.log }

    /// The value of `key`; a complaint when it is not there.
    func node(_ key: String) -> PackNode? {
        if let node = optionalNode(key) { return node }
        log.error(.missingKey, at: place, "“\(key)” is missing here")
        return nil
    }

    func optionalNode(_ key: String) -> PackNode? {
        asked.insert(key)
        return entries[key]?.value
    }

    /// Where the value of `key` stands, or else the row.
    func place(of key: String) -> PackPlace { entries[key]?.value.place ?? place }

    /// Complains about every key nobody asked for. Call it last.
    func finish() {
        for entry in order where !asked.contains(entry.key) {
            log.error(.unknownKey, at: entry.keyPlace, "“\(entry.key)” means nothing here", hint: didYouMean(entry.key, among: asked))
        }
    }

    // MARK: texts

    func text(_ key: String) -> String? { node(key).flatMap(reading.text) }
    func optionalText(_ key: String) -> String? { optionalNode(key).flatMap(reading.text) }

    // MARK: values written as a text

    /// A value read from a text by `read`; `expected` says in the complaint what was wanted.
    func value<Value>(_ key: String, _ expected: String, _ read: (String) -> Value?) -> Value? {
        node(key).flatMap { reading.value($0, expected, read) }
    }

    func optionalValue<Value>(_ key: String, _ expected: String, _ read: (String) -> Value?) -> Value? {
        optionalNode(key).flatMap { reading.value($0, expected, read) }
    }

    func int(_ key: String, in range: ClosedRange<Int>) -> Int? {
        value(key, "a whole number from \(range.lowerBound) to \(range.upperBound)") { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }
    }

    func optionalInt(_ key: String, in range: ClosedRange<Int>) -> Int? {
        optionalNode(key) == nil ? nil : int(key, in: range)
    }

    func bool(_ key: String) -> Bool? { value(key, "“true” or “false”", boolean) }
    func optionalBool(_ key: String) -> Bool? { optionalValue(key, "“true” or “false”", boolean) }
    private func boolean(_ text: String) -> Bool? { text == "true" ? true : text == "false" ? false : nil }

    func span(_ key: String) -> Span? { value(key, "a length of time like “15 min”, “4 h” or “7 d”", Span.init(packText:)) }
    func optionalSpan(_ key: String) -> Span? { optionalNode(key) == nil ? nil : span(key) }

    func date(_ key: String) -> CivilDate? { value(key, "a date like 2026-11-22") { CivilDate($0) } }

    /// One of the values of a closed list.
    func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, _ type: Choice.Type = Choice.self) -> Choice? where Choice.RawValue == String {
        node(key).flatMap { reading.choice($0, type) }
    }

    func optionalChoice<Choice: RawRepresentable & CaseIterable>(_ key: String, _ type: Choice.Type = Choice.self) -> Choice? where Choice.RawValue == String {
        optionalNode(key).flatMap { reading.choice($0, type) }
    }

    // MARK: codes of other tables

    /// A code of another table, to be looked up when all tables are read.
    func reference<Kind: Coded>(_ key: String) -> Code<Kind>? { node(key).flatMap { reading.reference($0) } }
    func optionalReference<Kind: Coded>(_ key: String) -> Code<Kind>? { optionalNode(key).flatMap { reading.reference($0) } }

    /// A list of such codes, in its order, each once.
    func references<Kind: Coded>(_ key: String) -> [Code<Kind>] {
        var codes: [Code<Kind>] = []
        for node in list(key) {
            guard let code: Code<Kind> = reading.reference(node) else { continue }
            if codes.contains(code) { log.error(.duplicateRow, at: node.place, "“\(code)” is listed twice") }
            codes.append(code)
        }
        return codes
    }

    // MARK: lists and mappings

    func list(_ key: String) -> [PackNode] { node(key).map(reading.list) ?? [] }
    func optionalList(_ key: String) -> [PackNode] { optionalNode(key).map(reading.list) ?? [] }
    func entries(_ key: String) -> [PackNode.Entry] { node(key).map(reading.entries) ?? [] }

    /// Where a rule comes from and how sure we are; the keys of its sources are looked up later.
    func provenance() -> Provenance? {
        let source = text("source")
        if let source {
            for key in source.split(separator: " ") { reading.refer(SourceKind.noun, String(key), at: place(of: "source")) }
        }
        let confidence = choice("confidence", Provenance.Confidence.self)
        let note = optionalText("note")
        guard let source, let confidence else { return nil }
        reading.checkDoubt(source: source, confidence: confidence, at: place(of: "confidence"))
        return Provenance(source: source, confidence: confidence, note: note)
    }
}
