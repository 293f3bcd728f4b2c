import Chronicle

/// Letters: one file per language and letter, `letters/es/decision.yaml`.
extension PackReading {
    struct LetterText {
        let code: LetterCode
        let language: Language
        let title: String
        let text: Letter.Text
    }

    func letter(_ node: PackNode, in language: Language) -> LetterText? {
        guard let row = Row(node, self) else { return nil }
        defer { row.finish() }
        let codeNode = row.node("code")
        let code: LetterCode? = codeNode.flatMap { node in text(node).flatMap { self.code($0, at: node.place) } }
        let title = row.text("title")
        let subject = row.node("subject").flatMap(template)
        let body = row.node("body").flatMap(template)
        guard let code, let codeNode else { return nil }
        mark("letter \(code) \(language)", codeNode.place)
        guard let title, let subject, let body else { return nil }
        return LetterText(code: code, language: language, title: title, text: Letter.Text(subject: subject, body: body))
    }

    /// The texts of one letter in all its languages together.
    func letters(_ texts: [LetterText]) -> [LetterCode: Letter] {
        let english = Language("en")
        var letters: [LetterCode: Letter] = [:]
        for (code, versions) in Dictionary(grouping: texts, by: \.code).sorted(by: { $0.key < $1.key }) {
            let ordered = versions.sorted { $0.language < $1.language }
            for (one, next) in zip(ordered, ordered.dropFirst()) where one.language == next.language {
                log.error(.duplicateRow, at: place("letter \(code) \(one.language)"), "the letter “\(code)” is written twice in \(one.language)")
            }
            let main = ordered.first { $0.language == english } ?? ordered[0]
            define(code, at: place("letter \(code) \(main.language)"))
            letters[code] = Letter(
                code: code, title: main.title, texts: Dictionary(ordered.map { ($0.language, $0.text) }, uniquingKeysWith: { first, _ in first }))
        }
        return letters
    }

    /// `Your case {case-number} …`; a hole for a field that does not exist is refused here, not found by a customer.
    private func template(_ node: PackNode) -> Template? {
        guard let text = text(node), case .scalar(_, let isBlock) = node.content else { return nil }
        var parts: [Template.Part] = []
        var rest = text[...]
        while rest.hasSuffix("\n") { rest.removeLast() }
        let whole = rest
        func place(_ index: Substring.Index) -> PackPlace {
            guard isBlock else { return node.place }
            let line = whole[..<index].reduce(node.place.line + 1) { $1 == "\n" ? $0 + 1 : $0 }
            return PackPlace(file: node.place.file, line: line, column: 1)
        }
        while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            guard rest[open] == "{", let close = rest[open...].firstIndex(of: "}") else {
                log.error(.badTemplate, at: place(open), "a brace stands alone", hint: "a field is written {case-number}")
                return nil
            }
            let name = String(rest[rest.index(after: open)..<close])
            guard let field = LetterField(rawValue: name) else {
                log.error(.badTemplate, at: place(open), "letters have no field “\(name)”", hint: didYouMean(name, among: LetterField.allCases.map(\.rawValue)))
                return nil
            }
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            parts.append(.field(field))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        return Template(parts: parts)
    }
}
