import Disputes
import Policies
import Wire

/// What each side says and shows, what is still missing, and what was written.
extension OneCasePage {
    func side(_ side: Side, number: Int, _ names: CaseNames, _ visit: Visit) -> Fields? {
        guard let party = names.principal(side) else { return nil }
        let exhibits = detail.exhibits.enumerated().filter { $0.element.side == side }
        let open = detail.requests.filter { $0.side == side && $0.ending == nil }
        let given = Set(exhibits.map(\.element.type))
        let gaps = open.flatMap { request in request.types.filter { !given.contains($0) }.map { (request, $0) } }
        let about = [
            visit.phrases.known("language.\(party.language.text)") ?? party.language.text, party.jurisdiction?.text,
            party.merchantTier.map { visit.phrases("merchant_tier", $0) }, party.deposit.map { visit.phrases("deposit", $0.written) },
        ].compactMap(\.self).joined(separator: " · ")
        let told = detail.notices.filter { $0.to == party.id }
        let said = side == .filer ? names.spoken(detail.statement) : messages.first { $0.by == .party(party.id) }.flatMap { names.spoken($0.text) }
        return [
            "n": .text(String(number)), "name": .text(names.name(party)),
            "role": .text(names.chair(party) + (side == .filer ? ", " + visit.phrases("filed") : "")), "about": .text(about), "says": Field(said),
            "silence": .text(visit.phrases(side == .filer ? "no_statement" : detail.answered ? "answered_no_words" : "silent")),
            "shows": .text(
                exhibits.count + gaps.count == 0
                    ? visit.phrases("shows_nothing") : visit.phrases("shows", String(exhibits.count), String(exhibits.count + gaps.count))),
            "papers": .list(
                exhibits.map { index, exhibit in
                    let words = frame.words.evidence.first { $0.code == exhibit.type }
                    return [
                        "id": .text(exhibit.id.description), "case": .text(detail.summary.short), "title": .text(names.title(exhibit.type)),
                        "detail": .text("E\(index + 1) · \(exhibit.bytes.asFileSize)"), "good": .flag(words?.sufficientAlone ?? false),
                    ]
                }),
            "gaps": .list(
                gaps.map { request, type in
                    [
                        "title": .text(visit.phrases("missing", names.title(type).firstLower)),
                        "asked": .text(visit.phrases("asked_at", visit.clock.short(request.asked))),
                        "due": .flag(true), "meaning": .text(visit.clock.meaning(request.due)), "until": .markup(visit.clock.until(request.due)),
                        "at": .text(visit.clock.short(request.due)),
                    ]
                }),
            "notices": .text(
                told.isEmpty
                    ? visit.phrases("no_notices")
                    : visit.phrases(
                        "notices_given", String(told.count), String(detail.noticesNeeded), told.map { visit.clock.short($0.at) }.joined(separator: ", "))),
        ]
    }

    func message(_ message: MessageView, _ names: CaseNames, _ visit: Visit) -> Fields {
        [
            "by": .text(names.name(message.by, handles)), "at": .markup(visit.clock.at(message.at)), "to": .text(names.audience(message.to)),
            "private": .flag(message.to == .staff), "text": .text(names.spoken(message.text) ?? ""),
        ]
    }
}
