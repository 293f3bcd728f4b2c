import Disputes
import Policies
import Wire

/// The letters of a case: what went out to whom, word for word, and what each letter of the pack would say now.
struct LettersPage: Page {
    static let template = "letters"
    let names: CaseNames
    let sent: [LetterView]
    let preview: LetterView?
    let problem: Problem?

    func title(_ visit: Visit) -> String { visit.phrases("letters.title", names.detail.summary.short) }

    func fields(_ visit: Visit) -> Fields {
        let chosen = visit.request.query["letter"]
        let side = visit.request.query["to"] ?? Side.filer.rawValue
        return [
            "short": .text(names.detail.summary.short), "headline": .text(names.headline), "any": .flag(!sent.isEmpty),
            "letters": .list(sent.reversed().map { letter($0, visit) }),
            "choices": .list(
                names.words.letters.map { ["code": .text($0.code), "title": .text($0.title), "chosen": .flag($0.code == chosen)] }),
            "sides": .list(
                Side.allCases.compactMap { each in
                    names.principal(each).map {
                        [
                            "code": .text(each.rawValue), "name": .text("\(names.name($0)), \(names.chair($0))"), "chosen": .flag(side == each.rawValue),
                        ]
                    }
                }),
            "preview": preview.map { .group(letter($0, visit)) } ?? .none, "problem": Field(problem?.detail),
        ]
    }

    private func letter(_ letter: LetterView, _ visit: Visit) -> Fields {
        [
            "title": .text(letter.title), "to": .text(names.name(letter.to)), "at": .markup(visit.clock.at(letter.at)), "language": .text(letter.language.text),
            "languageName": .text(visit.phrases.known("language.\(letter.language.text)") ?? letter.language.text), "subject": .text(letter.subject),
            "paragraphs": .list(letter.body.split(separator: "\n").map { ["text": .text(String($0))] }),
            "missing": letter.missing.isEmpty ? .none : .text(visit.phrases("letters.missing", letter.missing.joined(separator: ", "))),
        ]
    }
}
