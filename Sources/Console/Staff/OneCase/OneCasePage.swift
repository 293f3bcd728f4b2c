import Chronicle
import Disputes
import Policies
import RecourseClient
import Timekeeping
import Wire

/// The heart of the console: everything about one case on one screen.
struct OneCasePage: Page {
    static let template = "case"
    let detail: CaseDetail
    let messages: [MessageView]
    let clocks: [ClockExplanation]
    let events: [EventView]
    let frame: StaffFrame
    let handles: [StaffID: String]
    let problem: Problem?
    let foreseen: Consequences?
    let secondKey: Consequences?
    /// Asked for only where somebody decides.
    let precedents: PrecedentList?
    let attention: AttentionView

    /// So many decided cases stand beside the case; all that were found on a page of their own.
    private static let precedentsShown = 4

    /// So many events stand on the case's page; all of them on a page of their own.
    private static let eventsShown = 12

    func title(_ visit: Visit) -> String { detail.summary.short + " · " + frame.words.title(of: detail.summary.reason) }

    func fields(_ visit: Visit) -> Fields {
        let names = CaseNames(detail: detail, words: frame.words, phrases: visit.phrases)
        let summary = detail.summary
        let exhibits = detail.exhibits.enumerated().map { ExhibitWords(index: $0, exhibit: $1, names: names) }
        let fields: Fields = [
            "id": .text(summary.id.description), "short": .text(summary.short), "version": .text(String(summary.version)),
            "simulated": .flag(summary.simulated), "legalHold": .flag(detail.legalHold), "tier": .text(frame.words.title(ofTier: summary.tier)),
            "tierTitle": .text(frame.words.tiers.first { $0.rank == summary.tier }?.title ?? ""), "reasonCode": .text(summary.reason.text),
            "reason": .text(frame.words.title(of: summary.reason)), "headline": .text(names.headline), "problem": problemFields(visit),
            "stake": stake(names, visit), "sides": .list([Side.filer, .other].enumerated().compactMap { side($1, number: $0, names, visit) }),
            "anyExhibits": .flag(!exhibits.isEmpty), "exhibitCount": .init(count: exhibits.count), "exhibits": .list(exhibits.map(\.fields)),
            "anyMessages": .flag(!messages.isEmpty), "messageCount": .init(count: messages.count),
            "letterCount": .text(visit.phrases.counted("letters_sent_count", events.count { $0.type.hasPrefix("letter-sent/") })),
            "messages": .list(messages.map { message($0, names, visit) }),
            "precedents": precedentFields(visit), "ruling": ruling(names, visit),
            "appeals": detail.appeals.isEmpty ? .none : .group(["list": .list(detail.appeals.map { appeal($0, names, visit) })]), "order": order(names, visit),
            "facts": .list(facts(names, visit)), "links": links(visit),
            "allEvents": .text(visit.phrases.counted("all_events", events.count)),
            "events": .list(events.suffix(OneCasePage.eventsShown).reversed().map { HistoryPage.fields($0, names, handles, visit) }),
        ]
        let acts = CaseActs(page: self, names: names, visit: visit)
        let reader = CaseAttention(attention: attention, detail: detail, mayWriteNotes: acts.may(.note))
        return fields.with(time(names, visit)).with(acts.fields).with(reader.fields(visit))
    }

    private func precedentFields(_ visit: Visit) -> Field {
        guard let precedents else { return .none }
        let words = PrecedentWords(list: precedents, words: frame.words, visit: visit)
        return .group([
            "finding": .text(words.finding), "any": .flag(!precedents.nearest.isEmpty), "rows": .list(words.rows(OneCasePage.precedentsShown)),
            "more": .flag(precedents.nearest.count > OneCasePage.precedentsShown),
        ])
    }

    private func problemFields(_ visit: Visit) -> Field {
        guard let problem else { return .none }
        var changes: Field = .none
        // What happened since the reader's copy: what they typed still stands below.
        if problem.code == .overtaken, let seen = visit.request["version"].flatMap(Int.init) {
            let names = CaseNames(detail: detail, words: frame.words, phrases: visit.phrases)
            let since = events.filter { $0.version > seen }
            changes = .group(["lines": .list(since.map { ["text": .text("\(names.name($0.actor, handles)): \(HistoryPage.words($0, names, visit.phrases))")] })]
            )
        }
        let title = problem.code == .overtaken ? visit.phrases("overtaken_title") : problem.title + "."
        return .group(["title": .text(title), "detail": .text(problem.code == .overtaken ? visit.phrases("overtaken") : problem.detail), "changes": changes])
    }

    private func stake(_ names: CaseNames, _ visit: Visit) -> Field {
        guard let amount = detail.summary.amount else { return .none }
        func wants(_ side: Side) -> Field {
            guard let party = names.principal(side) else { return .none }
            let claimed = side == .filer ? "wants.claims" : detail.answered ? "wants.answered" : "wants.silent"
            return .group(["who": .text("\(names.name(party)), \(names.chair(party))"), "wants": .text(visit.phrases(claimed))])
        }
        return .group([
            "left": wants(.filer), "right": wants(.other), "amount": .text(amount.written), "where": .text(escrow(visit)),
        ])
    }

    func escrow(_ visit: Visit) -> String {
        guard let order = detail.order, order.escrowHeld else { return visit.phrases("escrow.none") }
        if order.isPaidOut { return visit.phrases("escrow.paid_out") }
        switch detail.hold {
        case .none: return visit.phrases("escrow.free")
        case .requested: return visit.phrases("escrow.asked")
        case .placed: return visit.phrases("escrow.held")
        case .refused: return visit.phrases("escrow.refused")
        case .lifted: return visit.phrases("escrow.lifted")
        }
    }
}
