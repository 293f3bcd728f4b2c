import Chronicle
import Disputes
import Wire

/// Everything that happened to a case, as the log has it.
struct HistoryPage: Page {
    static let template = "history"
    let names: CaseNames
    let events: [EventView]
    let handles: [StaffID: String]

    func title(_ visit: Visit) -> String { visit.phrases("history_of", names.detail.summary.short) }

    func fields(_ visit: Visit) -> Fields {
        [
            "short": .text(names.detail.summary.short), "heading": .text(visit.phrases.counted("all_events", events.count)),
            "events": .list(events.reversed().map { HistoryPage.fields($0, names, handles, visit) }),
        ]
    }

    static func fields(_ event: EventView, _ names: CaseNames, _ handles: [StaffID: String], _ visit: Visit) -> Fields {
        [
            "sequence": .init(count: Int(event.sequence)), "what": .text(words(event, names, visit.phrases)), "by": .text(names.name(event.actor, handles)),
            "at": .markup(visit.clock.at(event.occurred)),
        ]
    }

    /// In words, with the code that matters.
    static func words(_ event: EventView, _ names: CaseNames, _ phrases: Phrases) -> String {
        let kind = String(event.type.prefix { $0 != "/" })
        let text = phrases.known("event.\(kind)") ?? kind.replacing("-", with: " ").firstUpper
        let code = ["clock", "step", "tier", "level", "number"].lazy.compactMap { event.body.word($0) }.first
        return code.map { "\(text): \(names.title($0))" } ?? text
    }
}

/// One exhibit: who brought it, what it is, and, once somebody has said why they must see it, the thing itself.
struct ExhibitPage: Page {
    static let template = "exhibit"
    let names: CaseNames
    let index: Int
    var pass: ExhibitPass?
    var problem: String?

    private var exhibit: ExhibitView { names.detail.exhibits[index] }

    func title(_ visit: Visit) -> String { "E\(index + 1) · \(names.detail.summary.short)" }

    func fields(_ visit: Visit) -> Fields {
        func fact(_ name: String, _ value: String, _ kind: String = "") -> Fields {
            ["name": .text(visit.phrases(name)), "value": .text(value), "kind": .text(kind)]
        }
        let isImage = exhibit.mediaType.hasPrefix("image/"), isVideo = exhibit.mediaType.hasPrefix("video/")
        return [
            "short": .text(names.detail.summary.short), "id": .text(exhibit.id.description), "label": .text("E\(index + 1)"),
            "title": .text(names.title(exhibit.type)), "problem": Field(problem),
            "content": pass.map {
                .group(["address": .text($0.content), "image": .flag(isImage), "video": .flag(isVideo), "other": .flag(!isImage && !isVideo)])
            } ?? .none,
            "facts": .list([
                fact("from", names.name(exhibit.by)), fact("kind", exhibit.mediaType), fact("size", exhibit.bytes.asFileSize),
                fact("sha", exhibit.sha256.description, "hash"),
            ]),
        ]
    }
}

extension JSONValue {
    /// A field that is a word or a number.
    fileprivate func word(_ name: String) -> String? {
        guard case .object(let fields) = self else { return nil }
        switch fields[name] {
        case .text(let text)?: return text
        case .integer(let number)?: return String(number)
        default: return nil
        }
    }
}
