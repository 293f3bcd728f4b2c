import Wire

extension Route {
    /// In which language the pages speak, remembered by this browser. A choice and not an act: nothing at the desk changes.
    static let languages: [Route] = [
        Route(.post, "/language", for: .anyone) { visit in
            let next = Visit.local(visit.request["next"]) ?? "/my"
            guard let wanted = visit.request["language"], visit.console.languages[wanted] != nil else { return .goOn(to: next) }
            return .goOn(to: next, setting: ["language=\(wanted); Path=/; Max-Age=31536000; Secure; HttpOnly; SameSite=Strict"])
        }
    ]
}

extension Visit {
    /// Every language there are words in, by its own name.
    var languageChoices: [Fields] {
        console.languages.values.sorted { $0.language < $1.language }.map { other in
            ["code": .text(other.language), "name": .text(other("language_name")), "on": .flag(other.language == phrases.language)]
        }
    }
}
