import ArgumentParser
import Disputes
import Policies
import RecourseClient
import Wire

/// `case letters`: what went out, or what a letter would say.
struct LettersOfCase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "letters", abstract: "Show the letters that went out, or what one would say now.",
        discussion: "Example: recourse case letters P2P-1001 --preview decision --to other")
    @OptionGroup var act: ActOptions
    @Option(name: .long, help: ArgumentHelp("Shows what this letter of the pack would say now; nothing is sent.", valueName: "letter")) var preview: String?
    @Option(name: .long, help: ArgumentHelp("Whose letter to preview: filer or other.", valueName: "side")) var to = "filer"

    mutating func run() async throws {
        let me = self
        try await Connection.use(act.shared) { desk in
            let letters: [LetterView]
            let asOf: Int64
            if let preview = me.preview {
                guard let side = Side(rawValue: me.to) else { throw Failure("“\(me.to)” is not a side; say filer or other") }
                letters = [try await desk.client.previewLetter(me.act.named, try Typed.code(preview), to: side)]
                asOf = 0
            } else {
                let list = try await desk.client.listLetters(me.act.named)
                (letters, asOf) = (list.letters, list.asOf)
            }
            guard !me.act.shared.json else { return letters.forEach { print(me.preview == nil ? $0.line(asOf: asOf) : $0.line) } }
            if letters.isEmpty { return print("No letter went out yet.") }
            let people = People(try await desk.client.showCase(me.act.named))
            let screen = Screen.standard
            for letter in letters {
                let sent = letter.sequence.map { "event \($0), \(Moments.exact(letter.at)) UTC" } ?? "not sent"
                print(screen.strong(letter.title) + ", to \(people.name(of: letter.to)) in \(letter.language), \(sent)")
                screen.print(harmless(letter.subject), indent: 2)
                for line in letter.body.split(separator: "\n") { screen.print(harmless(String(line)), indent: 2) }
                if !letter.missing.isEmpty { print("  Not known yet: \(letter.missing.joined(separator: ", ")).") }
            }
        }
    }
}
